"""The digest: who has it by mail and when, and what it said to whom on which day (R38)."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leadline.mail.models.letter import Letter

USUAL = dt.time(7, 30)


class Cover(models.TextChoices):
    """What a digest tells of."""

    DAY = "day", _("Daily digest")
    WEEK = "week", _("Weekly digest")


class DigestWish(models.Model):
    """One row a person, made when they first say something: by mail or not, at which hour of their clock.

    `since`: what was due before it is not sent. It moves when a digest is switched on. A wish, in no log.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="digest_wish")
    daily = models.BooleanField(_("every working day"), default=False)
    weekly = models.BooleanField(_("every week"), default=False)
    at = models.TimeField(_("at"), default=USUAL)
    since = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.user)

    @classmethod
    def of(cls, user: Any) -> DigestWish:
        """Theirs, or the usual one, unsaved."""
        return cls.objects.filter(user=user).first() or cls(user=user)


class Edition(models.Model):
    """What a digest said to one person on one day of theirs: one row, however many processes see the day.

    `said` is as `web.digests` writes it: for its reader alone. Whoever makes it to be mailed puts `try_at` ahead; that
    is their lease. `mailed_at`: the letter has been filed, or there was nothing to say.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="editions")
    cover = models.CharField(max_length=8, choices=Cover.choices)
    on_day = models.DateField()
    said: models.JSONField[Any, Any] = models.JSONField(default=dict)
    made_at = models.DateTimeField(default=timezone.now)
    letter = models.OneToOneField(Letter, models.SET_NULL, null=True, blank=True, related_name="edition")
    attempts = models.PositiveIntegerField(default=0)
    try_at = models.DateTimeField(default=timezone.now)
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-on_day"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "cover", "on_day"], name="one_edition_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.cover} {self.on_day} {self.user_id}"
