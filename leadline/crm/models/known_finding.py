"""A finding of the diagnosis as it is known from one day to the next: when it was seen, what people did about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.accounts.actors import Actor, By, actor
from leadline.accounts.models import Team, User
from leadline.accounts.permissions import NOTHING, owners_seen_by, refusal
from leadline.crm.models.pipeline import Pipeline
from leadline.history.recorded import Recorded, RecordedQuerySet

SEEN = ("deal", "lead", "activity")
PLACES = frozenset({"stage", "source", "person", "team", "pipeline"})
KINDS = {
    "fewer_leads": gettext_lazy("fewer leads"),
    "slow_response": gettext_lazy("slow response to leads"),
    "stage_conversion": gettext_lazy("low conversion of a stage"),
    "stage_time": gettext_lazy("a slow stage"),
    "weak_person": gettext_lazy("one person's conversion"),
    "mix": gettext_lazy("the mix of deals given to one person"),
    "unqualified": gettext_lazy("deals passed on unqualified"),
    "fluff": gettext_lazy("fluff in the pipeline"),
    "whale": gettext_lazy("dependence on the largest deals"),
    "attribution": gettext_lazy("sources recorded against the evidence"),
    "one_stream": gettext_lazy("one stream of leads"),
    "slow_ramp": gettext_lazy("slow ramp of new sellers"),
    "player_coach": gettext_lazy("a leader who sells too much"),
    "small_deals": gettext_lazy("smaller deals"),
}


@dataclass(frozen=True)
class Standing:
    """How a finding stands at a diagnosis: its worth per quarter, its number with its interval, how sure it is."""

    worth: Decimal | None
    worth_low: Decimal | None
    worth_high: Decimal | None
    measure: float | None
    measure_low: float | None
    measure_high: float | None
    certainty: float
    effect: float  # the size of the departure on the check's own scale


class KnownFindingQuerySet(RecordedQuerySet):
    """What was found in all records is seen by whoever sees them all; what was found in one's own, by oneself."""

    def visible_to(self, user: User) -> Self:
        if not user.is_active:
            return self.filter(NOTHING)
        seen = models.Q(owner=user)
        if all(owners_seen_by(user, kind) is None for kind in SEEN):
            seen |= models.Q(owner=None)
        return self.filter(seen)


class KnownFinding(Recorded):
    """A finding by its `key`, of a pipeline and a team (none: all), seen through the eyes of `owner` (none: of all).

    The log has how it stood on each day on which it was seen. Who leads dismisses the company's findings and says what
    was done about them; anybody their own.
    """

    ENTITY: ClassVar[str] = "finding"
    STANDING: ClassVar[tuple[str, ...]] = tuple(Standing.__dataclass_fields__)
    TRACKED: ClassVar[tuple[str, ...]] = (
        "key", "kind", "place", "metric", "owner_id", "pipeline_id", "team_id", "first_seen_on", "last_seen_on",
        *STANDING,
        "dismissed_on", "dismissed_by_id", "reason", "worth_then", "effect_then", "came_back_on",
        "acted_on", "acted_by_id", "done", "deleted_at",
    )  # fmt: skip

    key = models.CharField(max_length=200, db_index=True)
    kind = models.CharField(max_length=64)
    place: models.JSONField[Any, Any] = models.JSONField(default=dict, blank=True)  # ids of records by a word of PLACES
    metric = models.CharField(max_length=64, blank=True, default="")  # of the catalogue: what acting should move
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+")
    pipeline = models.ForeignKey(Pipeline, models.PROTECT, null=True, blank=True, related_name="+")
    # As of a target: a team that ends leaves it behind under its number.
    team = models.ForeignKey(Team, models.DO_NOTHING, null=True, blank=True, related_name="+", db_constraint=False)
    first_seen_on = models.DateField()
    last_seen_on = models.DateField()
    worth = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    worth_low = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    worth_high = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    measure = models.FloatField(null=True, blank=True)
    measure_low = models.FloatField(null=True, blank=True)
    measure_high = models.FloatField(null=True, blank=True)
    certainty = models.FloatField(default=0.0)
    effect = models.FloatField(default=0.0)
    dismissed_on = models.DateField(null=True, blank=True)
    dismissed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    reason = models.TextField(gettext_lazy("reason"), max_length=2000, blank=True, default="")
    worth_then = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)  # its upper end
    effect_then = models.FloatField(null=True, blank=True)
    came_back_on = models.DateField(null=True, blank=True)
    acted_on = models.DateField(gettext_lazy("done on"), null=True, blank=True)
    acted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    done = models.TextField(gettext_lazy("what was done"), max_length=2000, blank=True, default="")

    objects: ClassVar[Any] = KnownFindingQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-last_seen_on", "pk"]

    def __str__(self) -> str:
        return str(KINDS.get(self.kind, self.kind))

    # --- questions ---

    def worse_than_dismissed(self, now: Standing) -> bool:
        """Whether it is worth more than the upper end of what it was worth when it was dismissed.

        Where it has no worth: whether its departure has grown by half.
        """
        if self.worth_then is not None and now.worth is not None:
            return now.worth > self.worth_then
        return self.effect_then is not None and abs(now.effect) > 1.5 * abs(self.effect_then)

    def dismissed_at(self, now: Standing) -> bool:
        """Whether it is dismissed, and stands no worse than then."""
        return self.dismissed_on is not None and not self.worse_than_dismissed(now)

    # --- verbs ---

    def see(self, now: Standing, on: dt.date, *, by: By) -> KnownFinding:
        """It was found again. A dismissed one that has become worse comes back."""
        with self.changing(by):
            self.last_seen_on = max(self.last_seen_on, on)
            self._stands(now)
            if self.dismissed_on and self.worse_than_dismissed(now):
                self._take_up()
                self.came_back_on = on
        return self

    def dismiss(self, reason: str, on: dt.date, *, by: By, seen: Standing | None = None) -> KnownFinding:
        """Put aside until it becomes worse than it was `seen` (None: than it is recorded).

        Raises ValidationError without a reason, PermissionDenied.
        """
        if not reason.strip():
            raise ValidationError({"reason": _("Write why: whoever sees it later wants to know.")})
        with self.changing(by):
            self._stands(seen)
            self.dismissed_on, self.dismissed_by, self.reason = on, actor(by).user, reason.strip()
            self.worth_then, self.effect_then, self.came_back_on = self.worth_high, self.effect, None
        return self

    def take_up(self, *, by: By) -> KnownFinding:
        """No longer dismissed."""
        with self.changing(by):
            self._take_up()
        return self

    def act(self, done: str, on: dt.date, *, by: By) -> KnownFinding:
        """Something was done about it on a day; what follows is held against what was before.

        Raises ValidationError, PermissionDenied.
        """
        if not done.strip():
            raise ValidationError({"done": _("Write what was done.")})
        with self.changing(by):
            self.acted_on, self.acted_by, self.done = on, actor(by).user, done.strip()
        return self

    # --- how ---

    def _stands(self, now: Standing | None) -> None:
        for name, value in asdict(now).items() if now else ():
            setattr(self, name, value)

    def _take_up(self) -> None:
        self.dismissed_on = self.dismissed_by = self.worth_then = self.effect_then = None
        self.reason = ""

    def checked(self, before: Mapping[str, Any], when: dt.datetime, doer: Actor) -> None:
        """Raises PermissionDenied where somebody who does not lead would judge for the company."""
        super().checked(before, when, doer)
        if doer.user is not None and self.owner_id != doer.user.pk and not (self.owner_id is None and doer.user.leads):
            raise PermissionDenied(refusal("change", self.ENTITY))

    def derive(self, before: Mapping[str, Any], when: dt.datetime) -> None:
        """Raises ValidationError for a place that is none."""
        super().derive(before, when)
        if not isinstance(self.place, dict) or not self.place.keys() <= PLACES:
            raise ValidationError({"place": _("A finding is about a stage, a source, a person, a team or a pipeline.")})
