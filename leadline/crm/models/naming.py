"""Short lists that a company edits: sources with campaigns, lost reasons, labels.

What is in use can be deleted all the same: it is offered no more, and old records keep its name.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from leadline.accounts.actors import By, actor
from leadline.accounts.permissions import require
from leadline.crm.models.finding import ListHolds
from leadline.history.bulk import change_each
from leadline.history.recorded import Recorded
from leadline.history.registry import recorded_models
from leadline.history.writing import writing


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
    """The stream a lead came from: outreach, referral, inbound, partner ...

    Its leads should be answered within `answer_within` minutes of working time (R39); `escalate_after` as many, whoever
    leads hears of it. None: nothing is promised.
    """

    ENTITY: ClassVar[str] = "source"
    TRACKED: ClassVar[tuple[str, ...]] = ("name", "answer_within", "escalate_after", "external_id", "deleted_at")
    EDITABLE: ClassVar[frozenset[str]] = frozenset({"name", "answer_within", "escalate_after"})

    answer_within = models.PositiveIntegerField(_("answer within minutes"), null=True, blank=True)
    escalate_after = models.PositiveIntegerField(_("tell who leads after minutes"), null=True, blank=True)


class Campaign(Named):
    """An effort within a source."""

    ENTITY: ClassVar[str] = "campaign"
    TRACKED: ClassVar[tuple[str, ...]] = ("name", "source_id", "external_id", "deleted_at")
    EDITABLE: ClassVar[frozenset[str]] = frozenset({"name", "source_id"})

    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, related_name="campaigns")


class LostReason(Named):
    """Why a deal was lost."""

    ENTITY: ClassVar[str] = "lost_reason"


class DiscardReason(Named):
    """Why a lead was discarded."""

    ENTITY: ClassVar[str] = "discard_reason"


class Lack(Named):
    """What a lead lacked that was handed over and came back (R39)."""

    ENTITY: ClassVar[str] = "lack"


class Label(Named):
    """A coloured word on a record; `colour` is the name of a design token."""

    ENTITY: ClassVar[str] = "label"
    TRACKED: ClassVar[tuple[str, ...]] = ("name", "colour", "external_id", "deleted_at")
    EDITABLE: ClassVar[frozenset[str]] = frozenset({"name", "colour"})

    colour = models.CharField(_("colour"), max_length=16, blank=True, default="")

    def trash(self, *, by: By, at: dt.datetime | None = None) -> Self:
        """Into the trash, and off every record that bears it; one act, to be undone as one."""
        doer = actor(by).together()
        require(doer, "delete", self)
        with writing():
            for model in recorded_models().values():
                if "label_ids" in model.TRACKED:
                    bearers = model.objects.filter(ListHolds("label_ids", self.pk))
                    change_each(bearers, self._take_off, by=doer.by_rule())
            return super().trash(by=doer, at=at)  # last, so that an undo puts the label back before it puts it on

    def _take_off(self, record: Any) -> None:
        record.label_ids = [pk for pk in record.label_ids if pk != self.pk]
