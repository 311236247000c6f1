"""A lead: somebody who may become a deal (R14, R39)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.accounts.actors import Actor, By
from leadline.crm.models.currency import base_currency, iso_code
from leadline.crm.models.deal import Deal
from leadline.crm.models.fit import refit
from leadline.crm.models.lead_clocks import LeadClocks
from leadline.crm.models.letting_go import let_go
from leadline.crm.models.naming import Campaign, DiscardReason, Source
from leadline.crm.models.organization import Organization
from leadline.crm.models.origins import require_fixed
from leadline.crm.models.parking import wait, wait_no_more
from leadline.crm.models.person import Person
from leadline.crm.models.record import COMMON, Record
from leadline.history.recorded import Done


class LeadStage(models.TextChoices):
    """How far a lead is qualified."""

    TARGET = "target", gettext_lazy("Target")
    MQL = "mql", gettext_lazy("Marketing-qualified")
    SQL = "sql", gettext_lazy("Sales-qualified")
    SAL = "sal", gettext_lazy("Sales-accepted")


class LeadStatus(models.TextChoices):
    """What became of a lead."""

    OPEN = "open", gettext_lazy("Open")
    CONVERTED = "converted", gettext_lazy("Converted")
    DISCARDED = "discarded", gettext_lazy("Discarded")
    NURTURE = "nurture", gettext_lazy("Nurture")


class Lead(LeadClocks, Record):
    """A person or organization that may become a deal; `deal` is what it became.

    A parked one waits for `come_back_on`, for `come_back_event` ("when they have hired"), or for both. `origin` tells
    how it came by a form or webhook: page, referrer, UTM words, consent. Its clocks are those of `LeadClocks`. `fit` is
    0 to 100 by the criteria of the ideal client (R44), null where nothing can be said.
    """

    ENTITY: ClassVar[str] = "lead"
    OWN: ClassVar[tuple[str, ...]] = (
        "title",
        "originator_id",
        "organization_id",
        "person_id",
        "source_id",
        "campaign_id",
        "stage",
        "value",
        "currency",
    )
    TRACKED: ClassVar[tuple[str, ...]] = (
        *OWN,
        "status",
        "closed_at",
        "discard_reason_id",
        "discard_note",
        "come_back_on",
        "come_back_event",
        "parked_reason",
        "origin",
        "deal_id",
        "merged_into_id",
        *COMMON,
    )
    EDITABLE: ClassVar[frozenset[str]] = Record.EDITABLE | frozenset(OWN)

    title = models.CharField(gettext_lazy("title"), max_length=255)
    originator = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    organization = models.ForeignKey(Organization, models.SET_NULL, null=True, blank=True, related_name="leads")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="leads")
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, related_name="+")
    campaign = models.ForeignKey(Campaign, models.PROTECT, null=True, blank=True, related_name="+")
    stage = models.CharField(gettext_lazy("stage"), max_length=8, choices=LeadStage.choices, default=LeadStage.TARGET)
    status = models.CharField(gettext_lazy("status"), max_length=9, choices=LeadStatus.choices, default=LeadStatus.OPEN)
    value = models.DecimalField(gettext_lazy("value"), max_digits=18, decimal_places=2, null=True, blank=True)
    currency = models.CharField(gettext_lazy("currency"), max_length=3, blank=True, default="", validators=[iso_code])
    closed_at = models.DateTimeField(null=True, blank=True)
    discard_note = models.TextField(blank=True, default="")
    discard_reason = models.ForeignKey(DiscardReason, models.PROTECT, null=True, blank=True, related_name="+")
    come_back_on = models.DateField(null=True, blank=True)
    come_back_event = models.CharField(gettext_lazy("comes back when"), max_length=255, blank=True, default="")
    parked_reason = models.CharField(gettext_lazy("parked because"), max_length=255, blank=True, default="")
    origin: models.JSONField[Any, Any] = models.JSONField(default=dict, blank=True, editable=False)
    fit = models.SmallIntegerField(null=True, blank=True, editable=False)
    deal = models.ForeignKey(Deal, models.SET_NULL, null=True, blank=True, related_name="leads")

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["status", "stage"], name="lead_inbox"),
            models.Index(fields=["external_id"], name="lead_external"),
            models.Index(fields=["deleted_at"], name="lead_trash", condition=models.Q(deleted_at__isnull=False)),
            models.Index(fields=["created_at"], name="lead_by_created"),
            models.Index(fields=["fit"], name="lead_by_fit", condition=models.Q(deleted_at=None)),
            models.Index(
                fields=["come_back_on"], name="lead_comes_back", condition=models.Q(status="nurture", deleted_at=None)
            ),
            models.Index(
                fields=["owned_since"],
                name="lead_waiting",
                condition=models.Q(status="open", answered_at=None, deleted_at=None),
            ),
            # The status is a column, for SQLite uses no index whose condition compares with a value.
            models.Index(
                "status",
                Coalesce("owned_since", "created_at"),
                name="lead_by_wait",
                condition=models.Q(answered_at=None, deleted_at=None),
            ),
            models.Index(
                fields=["owner", "status", "stage"], name="lead_of_owner", condition=models.Q(deleted_at=None)
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def derive(self, before: Mapping[str, Any], when: dt.datetime) -> None:
        super().derive(before, when)
        self.currency = self.currency or base_currency()
        if self.value is not None and self.value < 0:
            raise ValidationError({"value": _("A value cannot be below 0. Leave it empty where it is unknown.")})

    def add(self, *, by: By, at: dt.datetime | None = None) -> Self:
        """A new lead, begun now unless another time is named."""
        if at is None:
            self.created_at = self.created_at or timezone.now()
        return super().add(by=by, at=at)

    def checked(self, before: Mapping[str, Any], when: dt.datetime, doer: Actor) -> None:
        require_fixed(self, before, doer)
        super().checked(before, when, doer)

    @classmethod
    def followed(cls, done: Sequence[Done]) -> None:
        super().followed(done)
        refit(done)
        let_go(done)

    def discard(
        self, reason: DiscardReason | None = None, *, by: By, note: str = "", at: dt.datetime | None = None
    ) -> Self:
        """Nothing will come of it, with a reason of the list where there is one. Discarded twice is once."""
        with self.changing(by, at=at) as when:
            self._still_a_lead()
            if self.status != LeadStatus.DISCARDED:
                wait_no_more(self)
                self.status, self.closed_at = LeadStatus.DISCARDED, when
            self.discard_reason = reason or self.discard_reason
            self.discard_note = note or self.discard_note
        return self

    def park(
        self,
        *,
        by: By,
        come_back_on: dt.date | None = None,
        event: str = "",
        reason: str = "",
        at: dt.datetime | None = None,
    ) -> Self:
        """Into the nurture stream until a day ahead, an `event` ("when they have hired"), or both (R4)."""
        with self.changing(by, at=at) as when:
            self._still_a_lead()
            wait(self, when, day=come_back_on, event=event, reason=reason)
            self.status, self.closed_at = LeadStatus.NURTURE, None
            self.discard_reason, self.discard_note = None, ""
        return self

    def reopen(self, *, by: By, at: dt.datetime | None = None) -> Self:
        """To be worked on again. A converted lead comes back by `crm.converting.convert_to_lead`."""
        with self.changing(by, at=at):
            self._still_a_lead()
            wait_no_more(self)
            self.status, self.closed_at = LeadStatus.OPEN, None
            self.discard_reason, self.discard_note = None, ""
        return self

    def _still_a_lead(self) -> None:
        if self.status == LeadStatus.CONVERTED:
            raise ValidationError({"status": _("This lead has become a deal.")})
