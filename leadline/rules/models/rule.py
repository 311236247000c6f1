"""A rule: when something happens, to records that meet a filter, do these things."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.history.recorded import Done, Recorded
from leadline.rules import checking
from leadline.rules.models.reader import RuleReader
from leadline.rules.whens import KINDS, When

# What decides on which causes a rule acts: changed, it begins anew.
DECIDING = ("kind", "when", "details", "query")


class Rule(Recorded):
    """`when` with its `details` sets it off for records of `kind` that meet `query` (a filter as lists have it).

    `details` by `when`: entered {stage_id}, of leads {stage}; changed {field, value}, value "" for any; idle {days};
    near {field, days}; done {type_id, outcome}, each null or "" for any. `acts` is a list of objects with a `do`
    (`leadline.rules.acts`) and what that needs. It acts on what happens from `since` on, which is when it was switched
    on last, or was given another cause or condition.
    """

    ENTITY: ClassVar[str] = "rule"
    TRACKED: ClassVar[tuple[str, ...]] = (
        "name", "kind", "when", "details", "query", "acts", "active", "since", "position", "deleted_at",
    )  # fmt: skip
    EDITABLE: ClassVar[frozenset[str]] = frozenset(
        {"name", "kind", "when", "details", "query", "acts", "active", "position"}
    )

    name = models.CharField(gettext_lazy("name"), max_length=120)
    kind = models.CharField(gettext_lazy("kind of record"), max_length=12, default="deal")
    when = models.CharField(gettext_lazy("when"), max_length=8, choices=When.choices, default=When.ADDED)
    details: models.JSONField[Any, Any] = models.JSONField(default=dict, blank=True)
    query = models.TextField(gettext_lazy("condition"), blank=True, default="")
    acts: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)
    active = models.BooleanField(gettext_lazy("active"), default=False)
    since = models.DateTimeField(null=True, blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        return self.name

    def derive(self, before: Mapping[str, Any], when: dt.datetime) -> None:
        """Raises ValidationError for a cause, a condition or an act that is none; sets `since`."""
        super().derive(before, when)
        if self.kind not in KINDS or self.when not in KINDS[self.kind]:
            raise ValidationError({"when": _("Choose what sets the rule off.")})
        if any(before.get(name) != getattr(self, name) for name in (*DECIDING, "acts")):
            self.details = checking.details(self.kind, self.when, self.details)
            self.query = checking.query(self.kind, self.query)
            self.acts = checking.acts(self.kind, self.acts)
        if self.active and (not _running(before) or any(before[name] != getattr(self, name) for name in DECIDING)):
            self.since = when

    @classmethod
    def followed(cls, done: Sequence[Done]) -> None:
        """From the first rule that is switched on the log is read for rules."""
        if any(part.record.active for part in done):
            RuleReader.begin()


def _running(before: Mapping[str, Any]) -> bool:
    """Whether it was on, and not in the trash."""
    return bool(before.get("active")) and before.get("deleted_at") is None
