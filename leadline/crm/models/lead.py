"""A lead: somebody who may become a deal (R14, R39)."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from leadline.crm.models.currency import iso_code
from leadline.crm.models.deal import Deal
from leadline.crm.models.naming import Campaign, Source
from leadline.crm.models.organization import Organization
from leadline.crm.models.person import Person
from leadline.crm.models.record import COMMON, Record


class LeadStage(models.TextChoices):
    """How far a lead is qualified."""

    TARGET = "target", _("Target")
    MQL = "mql", _("Marketing-qualified")
    SQL = "sql", _("Sales-qualified")
    SAL = "sal", _("Sales-accepted")


class LeadStatus(models.TextChoices):
    """What became of a lead."""

    OPEN = "open", _("Open")
    CONVERTED = "converted", _("Converted")
    DISCARDED = "discarded", _("Discarded")
    NURTURE = "nurture", _("Nurture")


class Lead(Record):
    """A person or organization that may become a deal; `deal` is what it became."""

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
        "discard_note",
        "come_back_on",
        "deal_id",
        "merged_into_id",
        *COMMON,
    )
    EDITABLE: ClassVar[frozenset[str]] = Record.EDITABLE | frozenset(OWN)

    title = models.CharField(_("title"), max_length=255)
    originator = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    organization = models.ForeignKey(Organization, models.SET_NULL, null=True, blank=True, related_name="leads")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="leads")
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, related_name="+")
    campaign = models.ForeignKey(Campaign, models.PROTECT, null=True, blank=True, related_name="+")
    stage = models.CharField(_("stage"), max_length=8, choices=LeadStage.choices, default=LeadStage.TARGET)
    status = models.CharField(_("status"), max_length=9, choices=LeadStatus.choices, default=LeadStatus.OPEN)
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True, default="", validators=[iso_code])
    closed_at = models.DateTimeField(null=True, blank=True)
    discard_note = models.TextField(blank=True, default="")
    come_back_on = models.DateField(null=True, blank=True)
    deal = models.ForeignKey(Deal, models.SET_NULL, null=True, blank=True, related_name="leads")
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+", editable=False)

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["status", "stage"], name="lead_inbox"),
            models.Index(fields=["external_id"], name="lead_external"),
        ]

    def __str__(self) -> str:
        return self.title
