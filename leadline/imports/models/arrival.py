"""One import: what was brought in, by whom, how far it has come."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """How far an import has come."""

    PLANNED = "planned", _("Planned")
    WRITING = "writing", _("Being written")
    DONE = "done", _("Done")
    CANCELLED = "cancelled", _("Cancelled")
    FAILED = "failed", _("Failed")
    UNDOING = "undoing", _("Being undone")
    UNDONE = "undone", _("Undone")


class Import(models.Model):
    """An import. Everything it wrote carries its `act` in the change log; that is how it is taken back.

    `files` is a list of {name, sha256, size, tables: [{label, kind, rows, headings, dates, decimal}]}; `counts` holds
    read, created, updated, unchanged, failed, and the same by kind; `decisions` are those of the page
    (`drafts.decisions`); `kept` lists what an undo had to leave, in words. While it is written, its process holds a
    lock on a file of its own: an import in state "writing" without that lock has died.
    On another `host` of the same database only the silence of its heart can tell.
    """

    act = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    files: models.JSONField[Any, Any] = models.JSONField(default=list)
    options: models.JSONField[Any, Any] = models.JSONField(default=dict)
    decisions: models.JSONField[Any, Any] = models.JSONField(default=dict)
    counts: models.JSONField[Any, Any] = models.JSONField(default=dict)
    notes: models.JSONField[Any, Any] = models.JSONField(default=list)
    kept: models.JSONField[Any, Any] = models.JSONField(default=list)
    error = models.TextField(blank=True, default="")
    total = models.PositiveBigIntegerField(default=0)
    written = models.PositiveBigIntegerField(default=0)
    host = models.CharField(max_length=255, blank=True, default="")
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    stop = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["state"], name="import_state")]

    def __str__(self) -> str:
        if self.decisions.get("example"):
            return gettext("Example company")
        return ", ".join(file["name"] for file in self.files)

    @property
    def can_be_taken_back(self) -> bool:
        """Done; or undone but for what had to be left, which may be free to go by now."""
        return self.state == State.DONE or (self.state == State.UNDONE and bool(self.kept))
