"""What became of one due time of a schedule."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.db import models

from leadline.mail.models.schedule import Schedule


class Run(models.Model):
    """One due time; there is one row of it, however many processes see that it has come.

    Whoever takes it puts `try_at` ahead, and before then nobody else does: that is its lease while it is worked at and
    its pause after a failure. `skipped` lists {user, why} of those who got none, `filed` counts letters. No record: it
    stands in no log.
    """

    schedule = models.ForeignKey(Schedule, models.CASCADE, related_name="runs")
    due_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    try_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    filed = models.PositiveIntegerField(default=0)
    skipped: models.JSONField[Any, Any] = models.JSONField(default=list)
    error = models.TextField(blank=True, default="")

    class Meta:
        ordering: ClassVar[list[str]] = ["-due_at"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["schedule", "due_at"], name="one_run_a_due_time")]

    def __str__(self) -> str:
        return f"{self.schedule_id} {self.due_at:%Y-%m-%d %H:%M}"

    def waits(self, now: dt.datetime) -> bool:
        """Whether there is something to do at this moment."""
        return self.finished_at is None and self.try_at <= now
