"""How somebody wants to work: what calls them, how long their lists are, whether they are on the leader board."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

IDEAS_FLOOR, TEN = 20, 10  # R34, R33
REMIND_BEFORE = 10  # minutes


class Habits(models.Model):
    """One row a person, made when they first change something; habits, not in the log.

    `ten_rules` lists {"rule", "on", and what the rule takes} in their order; empty: the usual ones.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="habits")
    ideas_floor = models.PositiveIntegerField(_("floor of ideas"), default=IDEAS_FLOOR)
    ten_size = models.PositiveSmallIntegerField(
        _("people a day"), default=TEN, validators=[MinValueValidator(1), MaxValueValidator(50)]
    )
    ten_rules: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)
    on_leader_board = models.BooleanField(_("on the leader board"), default=False)
    reminders = models.BooleanField(_("reminders"), default=True)
    remind_before = models.PositiveIntegerField(_("minutes before"), default=REMIND_BEFORE)

    class Meta:
        verbose_name_plural: ClassVar[str] = "habits"

    def __str__(self) -> str:
        return str(self.user)

    @classmethod
    def of(cls, user: Any) -> Habits:
        """Theirs, or the usual ones, unsaved."""
        return cls.objects.filter(user=user).first() or cls(user=user)
