"""What is known of a deal: fields, questions, and the clocks that make it rot."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.accounts.actors import Actor, By
from leadline.crm.models.clocks import read_clocks, touches
from leadline.crm.models.currency import base_currency, in_base, iso_code
from leadline.crm.models.fit import refit
from leadline.crm.models.letting_go import let_go
from leadline.crm.models.naming import Campaign, LostReason, Source
from leadline.crm.models.organization import Organization
from leadline.crm.models.person import Person
from leadline.crm.models.pipeline import Pipeline, Stage
from leadline.crm.models.qualifying import requalify, unscored
from leadline.crm.models.record import COMMON, Record, RecordQuerySet
from leadline.history.recorded import Done


class Status(models.TextChoices):
    """Where a deal stands in its life."""

    OPEN = "open", gettext_lazy("Open")
    WON = "won", gettext_lazy("Won")
    LOST = "lost", gettext_lazy("Lost")
    NURTURE = "nurture", gettext_lazy("Nurture")


class RevenueType(models.TextChoices):
    """What kind of money it is (R12)."""

    NEW = "new", gettext_lazy("New business")
    ADD_ON = "add_on", gettext_lazy("Add-on")
    RENEWAL = "renewal", gettext_lazy("Renewal")


# The clock by which a deal rots; an imported one that nobody has touched counts from its stage, or its beginning.
IDLE_SINCE = ("last_touch_at", "stage_entered_at", "created_at")


class DealQuerySet(RecordQuerySet):
    """Deals by what people ask of them."""

    def open(self) -> Self:
        return self.kept().filter(status=Status.OPEN)

    def rotten(self, now: dt.datetime | None = None) -> Self:
        """Open and untouched for longer than their stage allows (R3)."""
        moment, idle = now or timezone.now(), models.Q(pk__in=[])
        for pk, days in Stage.objects.filter(rot_days__isnull=False).values_list("pk", "rot_days"):
            idle |= models.Q(stage_id=pk, idle_since__lt=moment - dt.timedelta(days=days))
        return self.open().alias(idle_since=Coalesce(*IDLE_SINCE)).filter(idle)

    def untouched_until(self, when: dt.datetime) -> Self:
        """Those whose last touch lies before, or is not known."""
        return self.filter(models.Q(last_touch_at__lt=when) | models.Q(last_touch_at=None))


class DealFacts(Record):
    """A sale that may come about.

    `stage` is null only where a file told of a closed deal without its stage. `value` null is unknown, which is not 0.
    `value_base` is the value in the base currency at the rate of the day it was set. Two clocks: `last_touch_at`
    (R3) and `stage_entered_at`; they follow from the log and are not logged themselves. Nor are `fit` (R44) and `score`
    (how far the deal is qualified by the answers to its playbooks, R2), both 0 to 100, null where nothing can be said.
    """

    ENTITY: ClassVar[str] = "deal"
    OWN: ClassVar[tuple[str, ...]] = (
        "title",
        "originator_id",
        "organization_id",
        "person_id",
        "source_id",
        "campaign_id",
        "revenue_type",
        "value",
        "currency",
        "expected_close_on",
        "competitor",
    )
    TRACKED: ClassVar[tuple[str, ...]] = (
        *OWN,
        "value_base",
        "pipeline_id",
        "stage_id",
        "status",
        "closed_at",
        "lost_reason_id",
        "lost_note",
        "revisit_on",
        "come_back_on",
        "come_back_event",
        "parked_reason",
        "merged_into_id",
        *COMMON,
    )
    QUALIFIES: ClassVar[frozenset[str]] = frozenset({"pipeline_id", "stage_id", "status", "person_id"})
    EDITABLE: ClassVar[frozenset[str]] = Record.EDITABLE | frozenset(OWN) | {"revisit_on", "come_back_on"}

    title = models.CharField(gettext_lazy("title"), max_length=255)
    pipeline = models.ForeignKey(Pipeline, models.PROTECT, related_name="deals")
    stage = models.ForeignKey(Stage, models.PROTECT, null=True, blank=True, related_name="deals")
    status = models.CharField(gettext_lazy("status"), max_length=8, choices=Status.choices, default=Status.OPEN)
    originator = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    organization = models.ForeignKey(Organization, models.SET_NULL, null=True, blank=True, related_name="deals")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="deals")
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, related_name="+")
    campaign = models.ForeignKey(Campaign, models.PROTECT, null=True, blank=True, related_name="+")
    revenue_type = models.CharField(max_length=8, choices=RevenueType.choices, default=RevenueType.NEW)
    value = models.DecimalField(gettext_lazy("value"), max_digits=18, decimal_places=2, null=True, blank=True)
    currency = models.CharField(gettext_lazy("currency"), max_length=3, blank=True, default="", validators=[iso_code])
    value_base = models.DecimalField(max_digits=20, decimal_places=2, null=True, blank=True, editable=False)
    expected_close_on = models.DateField(gettext_lazy("expected close"), null=True, blank=True)
    closed_at = models.DateTimeField(gettext_lazy("closed"), null=True, blank=True)
    lost_reason = models.ForeignKey(LostReason, models.PROTECT, null=True, blank=True, related_name="+")
    lost_note = models.TextField(blank=True, default="")
    competitor = models.CharField(gettext_lazy("competitor"), max_length=255, blank=True, default="")
    revisit_on = models.DateField(gettext_lazy("revisit on"), null=True, blank=True)
    come_back_on = models.DateField(gettext_lazy("comes back on"), null=True, blank=True)
    come_back_event = models.CharField(gettext_lazy("comes back when"), max_length=255, blank=True, default="")
    parked_reason = models.CharField(max_length=255, blank=True, default="")
    last_touch_at = models.DateTimeField(null=True, blank=True, editable=False)
    stage_entered_at = models.DateTimeField(null=True, blank=True, editable=False)
    fit = models.SmallIntegerField(null=True, blank=True, editable=False)
    score = models.SmallIntegerField(null=True, blank=True, editable=False)

    objects: ClassVar[Any] = DealQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.status == Status.OPEN and self.deleted_at is None

    def idle_days(self, now: dt.datetime) -> float | None:
        """Days since the last touch, or since it entered its stage or began; None where none of them is known."""
        since = next((at for at in (getattr(self, name) for name in IDLE_SINCE) if at), None)
        return (now - since) / dt.timedelta(days=1) if since else None

    def is_rotten(self, now: dt.datetime | None = None) -> bool:
        """R3: open, and untouched for more days than its stage allows."""
        idle = self.idle_days(now or timezone.now())
        limit = self.stage.rot_days if self.stage else None
        return self.is_open and idle is not None and limit is not None and idle > limit

    def derive(self, before: Mapping[str, Any], when: dt.datetime) -> None:
        """A place that fits, a value that can be, its worth in the base currency, the clock of its stage."""
        super().derive(before, when)
        was = (before.get("pipeline_id"), before.get("stage_id"), before.get("status"))
        if was != (self.pipeline_id, self.stage_id, self.status):
            self._fit_into_stage()
            if was[1] != self.stage_id or self.status == Status.OPEN:
                self.stage_entered_at = when if self.stage_id else None
        if self.value is not None and self.value < 0:
            raise ValidationError({"value": _("A value cannot be below 0. Leave it empty where it is unknown.")})
        self.currency = self.currency or base_currency()
        if (before.get("value"), before.get("currency")) != (self.value, self.currency):
            self.value_base = in_base(self.value, self.currency, when.date())

    def _fit_into_stage(self) -> None:
        if self.stage is None and self.status == Status.OPEN:
            raise ValidationError({"stage": _("An open deal stands in a stage. Name one.")})
        if self.stage is not None and self.stage.pipeline_id != self.pipeline_id:
            raise ValidationError({"stage": _("This stage belongs to another pipeline.")})

    def add(self, *, by: By, at: dt.datetime | None = None) -> Self:
        """A new deal; without a stage it goes to the first one of its, or of the default, pipeline."""
        self._find_a_place()
        if at is None:
            self.created_at = self.created_at or timezone.now()
        return super().add(by=by, at=at)

    def touched(self, old: Mapping[str, Any], when: dt.datetime, doer: Actor) -> None:
        if touches(old, doer.user is not None, doer.via):
            self.last_touch_at = max(self.last_touch_at or when, when)  # never back

    @classmethod
    def followed(cls, done: Sequence[Done]) -> None:
        cls.wind_clocks(part.record.pk for part in done if part.undoing)
        moved = [part.record for part in done if not part.old or part.old.keys() & cls.QUALIFIES]
        requalify(deal.pk for deal in moved if not unscored(deal))
        refit(done)
        let_go(done)

    @classmethod
    def touch(cls, deal_id: int, when: dt.datetime) -> None:
        """Something on the deal touched it; for what hangs on deals."""
        cls.objects.filter(pk=deal_id).untouched_until(when).update(last_touch_at=when)

    @classmethod
    def wind_clocks(cls, deal_ids: Iterable[int | None]) -> None:
        """Set both clocks of these deals to what the log says: after something on them was taken back."""
        wanted = sorted({pk for pk in deal_ids if pk})
        for start in range(0, len(wanted), 500):
            deals = list(cls.objects.filter(pk__in=wanted[start : start + 500]))
            clocks = read_clocks({deal.pk: deal.stage_id for deal in deals})
            for deal in deals:
                deal.last_touch_at, deal.stage_entered_at = clocks[deal.pk]
            cls.objects.bulk_update(deals, ["last_touch_at", "stage_entered_at"], batch_size=200)

    def _find_a_place(self) -> None:
        if self.stage is not None:
            self.pipeline_id = self.stage.pipeline_id
            return
        pipeline = self.pipeline if self.pipeline_id else Pipeline.default()
        if pipeline is None:
            raise ValidationError({"pipeline": _("There is no pipeline yet. Add one first.")})
        self.pipeline = pipeline
        if self.status == Status.OPEN:
            self.stage = pipeline.first_stage()
