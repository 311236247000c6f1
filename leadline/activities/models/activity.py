"""Something done, or to be done, on a deal, a lead, a person or an organization."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leadline.accounts.actors import By
from leadline.activities.models.activity_type import ActivityType
from leadline.crm.models import Deal, Lead, Organization, Person
from leadline.history.recorded import Recorded


class Activity(Recorded):
    """An activity; done when `done_at` is set. A done one touches its deal (R3), a planned one does not."""

    ENTITY: ClassVar[str] = "activity"
    TRACKED: ClassVar[tuple[str, ...]] = (
        "type_id",
        "subject",
        "owner_id",
        "deal_id",
        "lead_id",
        "person_id",
        "organization_id",
        "due_at",
        "done_at",
        "minutes",
        "outcome",
        "note",
        "created_at",
        "external_id",
        "deleted_at",
    )
    EDITABLE: ClassVar[frozenset[str]] = frozenset(TRACKED) - {"done_at", "external_id", "deleted_at"}

    type = models.ForeignKey(ActivityType, models.PROTECT, related_name="activities")
    subject = models.CharField(_("subject"), max_length=255, blank=True, default="")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    deal = models.ForeignKey(Deal, models.CASCADE, null=True, blank=True, related_name="activities")
    lead = models.ForeignKey(Lead, models.CASCADE, null=True, blank=True, related_name="activities")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="activities")
    organization = models.ForeignKey(Organization, models.SET_NULL, null=True, blank=True, related_name="activities")
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    minutes = models.PositiveIntegerField(_("minutes"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=255, blank=True, default="")
    note = models.TextField(_("note"), blank=True, default="")
    created_at = models.DateTimeField(_("created"), null=True, blank=True)
    external_id = models.CharField(max_length=255, blank=True, default="")

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["deal", "done_at"], name="activity_deal"),
            models.Index(fields=["owner", "due_at"], name="activity_owner"),
            models.Index(fields=["external_id"], name="activity_external"),
        ]

    def __str__(self) -> str:
        return self.subject or str(self.type)

    def complete(self, *, by: By, at: dt.datetime | None = None, outcome: str = "") -> Activity:
        """Done, at `at` (now by default); touches the deal. Done twice is once."""
        with self.changing(by, at=at) as when:
            self.done_at = self.done_at or when
            self.outcome = outcome or self.outcome
        return self

    def touched(self, when: dt.datetime, by_human: bool) -> None:
        if self.created_at is None:
            self.created_at = timezone.now()
        if self.done_at and self.deal is not None:
            self.deal.touch(self.done_at)
            Deal.objects.filter(pk=self.deal.pk).update(last_touch_at=self.deal.last_touch_at)
