"""Which colleagues take part in which activity: follows from `Activity.colleague_ids`, so that it can be asked."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from leadline.activities.models.activity import Activity


class Attendance(models.Model):
    """One colleague of one activity. Kept by `Activity.followed`, in no log."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="attendances")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["activity", "user"], name="attendance_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} at {self.activity_id}"
