"""One person hands a lead or a deal to another, who accepts it or gives it back with what is missing (R39)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.accounts.models import User
from leadline.crm.models.deal import Deal
from leadline.crm.models.lead import Lead
from leadline.history.recorded import Recorded, RecordedQuerySet


class HandOffState(models.TextChoices):
    """How far a hand-off has come."""

    WAITING = "waiting", gettext_lazy("Waiting")
    ACCEPTED = "accepted", gettext_lazy("Accepted")
    RETURNED = "returned", gettext_lazy("Returned")
    WITHDRAWN = "withdrawn", gettext_lazy("Taken back")


class HandOffQuerySet(RecordedQuerySet):
    """Seen by both sides, and with the lead or deal."""

    def visible_to(self, user: User) -> Self:
        mine = models.Q(giver=user) | models.Q(taker=user)
        with_lead = models.Q(lead__in=Lead.objects.visible_to(user))
        with_deal = models.Q(lead=None, deal__in=Deal.objects.visible_to(user))
        return self.filter(mine | with_lead | with_deal if user.is_active else models.Q(pk__in=[]))

    def waiting(self) -> Self:
        return self.kept().filter(state=HandOffState.WAITING)


class HandOff(Recorded):
    """From `giver` to `taker`, who is expected to answer by `due_at`. Of a lead, or of a deal that was won.

    `lacks` lists what a returned one lacked: ids of `Lack`. The roles are those that both had then.
    """

    ENTITY: ClassVar[str] = "hand_off"
    TRACKED: ClassVar[tuple[str, ...]] = (
        "lead_id", "deal_id", "giver_id", "taker_id", "giver_role", "taker_role", "state", "handed_at", "due_at",
        "answered_at", "lacks", "note", "answer_note", "deleted_at",
    )  # fmt: skip

    lead = models.ForeignKey(Lead, models.CASCADE, null=True, blank=True, related_name="hand_offs")
    deal = models.ForeignKey(Deal, models.CASCADE, null=True, blank=True, related_name="hand_offs")
    giver = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    taker = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    giver_role = models.CharField(max_length=16, blank=True, default="")
    taker_role = models.CharField(max_length=16, blank=True, default="")
    state = models.CharField(max_length=9, choices=HandOffState.choices, default=HandOffState.WAITING)
    handed_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    lacks: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)
    note = models.CharField(gettext_lazy("note"), max_length=2000, blank=True, default="")
    answer_note = models.CharField(gettext_lazy("answer"), max_length=2000, blank=True, default="")

    objects: ClassVar[Any] = HandOffQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-handed_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["lead"], name="hand_off_lead_once", condition=models.Q(state="waiting", deleted_at=None)
            ),
            models.UniqueConstraint(
                fields=["deal"], name="hand_off_deal_once", condition=models.Q(state="waiting", deleted_at=None)
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["taker", "state"], name="hand_off_to"),
            models.Index(fields=["giver", "state"], name="hand_off_from"),
        ]

    def __str__(self) -> str:
        return str(self.guarded_by())

    def guarded_by(self) -> Recorded:
        return self.lead or self.deal or self

    def derive(self, before: Mapping[str, Any], when: dt.datetime) -> None:
        super().derive(before, when)
        if (self.lead_id is None) == (self.deal_id is None):
            raise ValidationError({"lead": _("Name the lead or the deal that is handed over.")})
        waits = self.state == HandOffState.WAITING and self.deleted_at is None
        if waits and (not before or {"state", "deleted_at"} & self.difference(before).keys()):
            self._only_one()

    def _only_one(self) -> None:
        """A record waits for one person's answer at a time."""
        others = HandOff.objects.waiting().filter(lead=self.lead_id, deal=self.deal_id).exclude(pk=self.pk)
        if (other := others.select_related("taker").first()) is not None:
            raise ValidationError({"taker": _("It waits for the answer of %(user)s already.") % {"user": other.taker}})
