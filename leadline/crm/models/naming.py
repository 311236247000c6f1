"""Short lists that a company edits: sources with campaigns, lost reasons, labels."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from leadline.history.recorded import Recorded


class Named(Recorded):
    """A row that is little more than its name."""

    TRACKED: ClassVar[tuple[str, ...]] = ("name", "external_id", "deleted_at")
    EDITABLE: ClassVar[frozenset[str]] = frozenset({"name"})

    name = models.CharField(_("name"), max_length=255)
    external_id = models.CharField(max_length=255, blank=True, default="")

    class Meta:
        abstract = True
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class Source(Named):
    """The stream a lead came from: outreach, referral, inbound, partner ..."""

    ENTITY: ClassVar[str] = "source"


class Campaign(Named):
    """An effort within a source."""

    ENTITY: ClassVar[str] = "campaign"
    TRACKED: ClassVar[tuple[str, ...]] = ("name", "source_id", "external_id", "deleted_at")
    EDITABLE: ClassVar[frozenset[str]] = frozenset({"name", "source_id"})

    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, related_name="campaigns")


class LostReason(Named):
    """Why a deal was lost."""

    ENTITY: ClassVar[str] = "lost_reason"


class Label(Named):
    """A coloured word on a record; `colour` is the name of a design token."""

    ENTITY: ClassVar[str] = "label"
    TRACKED: ClassVar[tuple[str, ...]] = ("name", "colour", "external_id", "deleted_at")
    EDITABLE: ClassVar[frozenset[str]] = frozenset({"name", "colour"})

    colour = models.CharField(_("colour"), max_length=16, blank=True, default="")
