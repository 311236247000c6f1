"""A rule: when something happens, to records that meet a filter, do these things."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from leadline.history.recorded import Recorded


class When(models.TextChoices):
    """What sets a rule off."""

    ADDED = "added", _("is added")
    ENTERED = "entered", _("enters a stage")
    CHANGED = "changed", _("gets a value")
    WON = "won", _("is won")
    LOST = "lost", _("is lost")
    IDLE = "idle", _("is idle for some days")
    NEAR = "near", _("has a date coming near")
    DONE = "done", _("has an activity done")


class Rule(Recorded):
    """`when` with its `details` sets it off for records of `kind` that meet `query` (a filter as lists have it).

    `details` by `when`: entered {stage_id}; changed {field, value}; idle {days}; near {field, days}; done {type_id,
    outcome}. `acts` is a list of objects with a `do` (activity, assign, label, set, notify, park, checklist) and what
    that needs. It acts on what happens from `since` on, which is when it was switched on last.
    """

    ENTITY: ClassVar[str] = "rule"
    TRACKED: ClassVar[tuple[str, ...]] = (
        "name", "kind", "when", "details", "query", "acts", "active", "since", "position", "deleted_at",
    )  # fmt: skip
    EDITABLE: ClassVar[frozenset[str]] = frozenset(
        {"name", "kind", "when", "details", "query", "acts", "active", "since", "position"}
    )

    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind of record"), max_length=12, default="deal")
    when = models.CharField(_("when"), max_length=8, choices=When.choices, default=When.ADDED)
    details: models.JSONField[Any, Any] = models.JSONField(default=dict, blank=True)
    query = models.TextField(_("condition"), blank=True, default="")
    acts: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)
    active = models.BooleanField(_("active"), default=False)
    since = models.DateTimeField(null=True, blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        return self.name
