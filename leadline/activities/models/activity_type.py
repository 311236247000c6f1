"""Kinds of activity: call, e-mail, meeting, demo ... (editable)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from leadline.history.recorded import Recorded


class ActivityType(Recorded):
    """A kind of activity; `icon` names one of the icon set."""

    ENTITY: ClassVar[str] = "activity_type"
    TRACKED: ClassVar[tuple[str, ...]] = ("name", "icon", "position", "external_id", "deleted_at")
    EDITABLE: ClassVar[frozenset[str]] = frozenset({"name", "icon", "position"})

    name = models.CharField(_("name"), max_length=120)
    icon = models.CharField(_("icon"), max_length=40, blank=True, default="")
    position = models.PositiveIntegerField(default=0)
    external_id = models.CharField(max_length=255, blank=True, default="")

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name
