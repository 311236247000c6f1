"""The outbox: what is to go out, with what is attached to it."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from leadline.accounts.models import User
from leadline.mail.models.run import Run


class LetterQuerySet(models.QuerySet[Any]):
    """Reading letters: `visible_to` is the one way to see them."""

    def visible_to(self, user: User) -> Self:
        """One's own; an administrator's are all."""
        if not user.is_active:
            return self.none()
        return self if user.is_administrator else self.filter(owner=user)


class Letter(models.Model):
    """A letter to one address. `owner` is the person with whose eyes it was written, and whose it is to read.

    Of a schedule that is who gets it, not who set it up: the numbers in it are those that the recipient may see.
    Operational, like an import's row: in no log, and gone after `keeping.KEPT`. `html` is the same in another dress, ""
    for text alone; `stop_at` is the address by which its reader wants no more of them.

    `try_at` is when it is next looked at, `queued_at` since when it is to go out. `handed_at` is set just before a
    server is given its text: a letter with neither `sent_at` nor `failed_at` beside it may have gone out (decision
    0035). `failed_at` with `error`: it will not go out unless somebody asks again.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="letters")
    run = models.ForeignKey(Run, models.SET_NULL, null=True, blank=True, related_name="letters")
    to = models.EmailField()
    subject = models.CharField(max_length=255)
    text = models.TextField()
    html = models.TextField(blank=True, default="")
    stop_at = models.CharField(max_length=500, blank=True, default="")
    created_at = models.DateTimeField(default=timezone.now, db_index=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    queued_at = models.DateTimeField(default=timezone.now)
    try_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveIntegerField(default=0)
    handed_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True, default="")

    objects: ClassVar[Any] = LetterQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["run", "owner"], name="one_letter_a_run")]
        indexes: ClassVar = [
            models.Index(fields=["try_at"], name="letter_to_send", condition=models.Q(sent_at=None, failed_at=None))
        ]

    def __str__(self) -> str:
        return self.subject


class Attachment(models.Model):
    """A file that goes along. Lists leave its content where it is: `defer("content")`."""

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=127)
    size = models.PositiveBigIntegerField()
    content = models.BinaryField()

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return self.name
