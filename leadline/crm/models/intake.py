"""Doors by which leads arrive from outside: public forms, signed webhooks; and every arrival, kept as it came (R39)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from leadline.crm.models import door_shape
from leadline.crm.models.lead import Lead, LeadStage
from leadline.crm.models.naming import Campaign, Source
from leadline.history.recorded import Recorded


class DoorKind(models.TextChoices):
    """How leads come in by it."""

    FORM = "form", _("Form")
    HOOK = "hook", _("Webhook")


class Door(Recorded):
    """A public form, or an address that other programs send leads to.

    `token` is its secret part of the address. A form has `fields` (objects of `name`, `word`, `kind`, `required`,
    `options`), texts, a `theme` (tokens by name), and a consent to ask for; a webhook a `mapping` from
    names in what is sent to names of ours; its secret is worked out from the house's own, and another one for each
    `secret_number`. `door_shape` says what each of them may be. Both give their leads a source, a campaign, a stage and
    an owner; without an owner who works here, the rules of assignment choose one.
    """

    ENTITY: ClassVar[str] = "door"
    TRACKED: ClassVar[tuple[str, ...]] = (
        "kind", "name", "token", "source_id", "campaign_id", "owner_id", "stage", "fields", "texts", "theme", "consent",
        "consent_required", "mapping", "secret_number", "rotated_at", "origins", "active", "external_id",
        "deleted_at",
    )  # fmt: skip
    EDITABLE: ClassVar[frozenset[str]] = frozenset(TRACKED) - {
        "kind", "token", "secret_number", "rotated_at", "external_id", "deleted_at",
    }  # fmt: skip

    kind = models.CharField(max_length=4, choices=DoorKind.choices)
    name = models.CharField(_("name"), max_length=120)
    token = models.CharField(max_length=64, unique=True)
    secret_number = models.PositiveIntegerField(default=1)
    rotated_at = models.DateTimeField(null=True, blank=True)
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, related_name="+")
    campaign = models.ForeignKey(Campaign, models.PROTECT, null=True, blank=True, related_name="+")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    stage = models.CharField(_("stage"), max_length=8, choices=LeadStage.choices, default=LeadStage.MQL)
    fields: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)
    texts: models.JSONField[Any, Any] = models.JSONField(default=dict, blank=True)
    theme: models.JSONField[Any, Any] = models.JSONField(default=dict, blank=True)
    consent = models.TextField(_("consent"), blank=True, default="")
    consent_required = models.BooleanField(default=False)
    mapping: models.JSONField[Any, Any] = models.JSONField(default=dict, blank=True)
    origins: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)
    active = models.BooleanField(_("active"), default=True)
    external_id = models.CharField(max_length=255, blank=True, default="")

    class Meta:
        ordering: ClassVar = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def derive(self, before: Mapping[str, Any], when: dt.datetime) -> None:
        super().derive(before, when)
        door_shape.checked(self)


class ArrivalState(models.TextChoices):
    """What became of an arrival."""

    WAITING = "waiting", _("Waiting")
    TAKEN = "taken", _("Became a lead")
    JOINED = "joined", _("Joined a lead that was there")
    SPAM = "spam", _("Held back as spam")
    FAILED = "failed", _("Could not be read")
    REFUSED = "refused", _("Refused")


class Arrival(models.Model):
    """What somebody sent, exactly once for each `mark`, kept before anything is made of it: nothing is lost.

    Not in the log (it is what came, not what was done); the lead that it became is. `given` is what a form asked for by
    its names, or what a webhook was sent. `origin` holds page, referrer, UTM words and `consent` (its text, version and
    moment). `why` is a word of `crm.intake.guarding` for spam, else a sentence.
    """

    door = models.ForeignKey(Door, models.CASCADE, related_name="arrivals")
    mark = models.CharField(max_length=128)
    came_at = models.DateTimeField()
    given: models.JSONField[Any, Any] = models.JSONField(default=dict)
    origin: models.JSONField[Any, Any] = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=8, choices=ArrivalState.choices, default=ArrivalState.WAITING)
    why = models.CharField(max_length=500, blank=True, default="")
    lead = models.ForeignKey(Lead, models.SET_NULL, null=True, blank=True, related_name="arrivals")
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["door", "mark"], name="arrival_once")]
        indexes: ClassVar = [
            models.Index(fields=["id"], name="arrival_waiting", condition=models.Q(state="waiting")),
            models.Index(fields=["door", "state"], name="arrival_states"),
        ]

    def __str__(self) -> str:
        return f"{self.door} {self.came_at}"
