"""Who follows which record, to hear of others' changes to it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone


class Follow(models.Model):
    """One person follows one record. A habit of reading, not a fact of the sale: it is not in the log."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="follows")
    kind = models.CharField(max_length=32)
    record_id = models.PositiveBigIntegerField()
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "kind", "record_id"], name="follow_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["kind", "record_id"], name="followers")]

    def __str__(self) -> str:
        return f"{self.user} follows {self.kind} {self.record_id}"
