"""Files that somebody has put down, on their way to being an import: read, understood, decided upon, then written."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from leadline.imports.models.arrival import Import


class Stand(models.TextChoices):
    """How far a draft has come."""

    NEW = "new", _("Files are coming")
    READING = "reading", _("Being read")
    READY = "ready", _("Read")
    BROKEN = "broken", _("Cannot be read")
    WRITING = "writing", _("Being written")


class Draft(models.Model):
    """One person's files and decisions; nobody else sees them. It lies for a day at most.

    `files` is a list of {name, size}; `decisions` is what the person has decided (`drafts.decisions`), `revision`
    counts how often. `found` is what was understood and would be done, as plain JSON (`drafts.looking`,
    `drafts.trying`), and `found_at` the revision it holds for. `done` of `total` rows are read; `errors` lists
    {file, reason, mend}.
    """

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    stand = models.CharField(max_length=10, choices=Stand.choices, default=Stand.NEW)
    example = models.BooleanField(default=False)
    files: models.JSONField[Any, Any] = models.JSONField(default=list)
    decisions: models.JSONField[Any, Any] = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    found: models.JSONField[Any, Any] = models.JSONField(default=dict)
    found_at = models.PositiveIntegerField(null=True, blank=True)
    errors: models.JSONField[Any, Any] = models.JSONField(default=list)
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(default=0)
    arrival = models.ForeignKey(Import, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    touched_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]

    def __str__(self) -> str:
        return ", ".join(file["name"] for file in self.files)

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(file["size"] for file in self.files)

    @property
    def is_checked(self) -> bool:
        """Whether what was found holds for what is decided now, to the last row."""
        return self.stand == Stand.READY and self.found_at == self.revision and "trial" in self.found
