"""What somebody should hear of: they were named, given a record, take part, or one that they follow was changed."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Why(models.TextChoices):
    """Why somebody hears of a change."""

    NAMED = "named", _("You were named")
    GIVEN = "given", _("It became yours")
    JOINED = "joined", _("You take part")
    FOLLOWED = "followed", _("You follow it")
    OFFERED = "offered", _("It was handed to you")
    ANSWERED = "answered", _("Your hand-off was answered")
    LATE = "late", _("Nobody has answered it")
    TOLD = "told", _("A rule told you")


class Notice(models.Model):
    """One person hears of one act of somebody else; `change_id` is its first change in the log, `others` how many more.

    `kind` and `record_id` name the record to open. Follows from the log (`crm.noticing`) and is not in it.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    why = models.CharField(max_length=8, choices=Why.choices)
    change_id = models.BigIntegerField()
    kind = models.CharField(max_length=32)
    record_id = models.PositiveBigIntegerField()
    others = models.PositiveIntegerField(default=0)
    text = models.CharField(max_length=500, blank=True, default="")  # what a rule says
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-change_id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "change_id"], name="notice_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["user"], name="notice_unread", condition=models.Q(read_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.kind} {self.record_id} ({self.why})"


class NoticeReader(models.Model):
    """How far the log has been read for notices: one row, a cursor as in `history.reading`."""

    txn = models.BigIntegerField(default=0)
    change_id = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"({self.txn}, {self.change_id})"
