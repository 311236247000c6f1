"""Which columns somebody has chosen for a list."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models


class ChosenColumns(models.Model):
    """The columns of one kind's list, by the fields' names in order. A habit, not in the log."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="chosen_columns")
    kind = models.CharField(max_length=16)
    names: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "kind"], name="one_choice_of_columns")]

    def __str__(self) -> str:
        return f"{self.user}: {self.kind}"
