"""A lead waited too long for its first answer, and whoever leads was told: once per lead and owner (R39)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from leadline.accounts.models import User
from leadline.crm.models.lead import Lead
from leadline.history.recorded import Recorded, RecordedQuerySet


class EscalationQuerySet(RecordedQuerySet):
    """Seen with their leads."""

    def visible_to(self, user: User) -> Self:
        return self.filter(lead__in=Lead.objects.visible_to(user))


class Escalation(Recorded):
    """`waited_for` (None: nobody had it) did not answer from `since` to `due_at`; `told_ids` heard of it.

    `once` names lead and owner: there is one escalation for both, whichever server finds it first.
    """

    ENTITY: ClassVar[str] = "escalation"
    TRACKED: ClassVar[tuple[str, ...]] = ("lead_id", "waited_for_id", "since", "due_at", "told_ids", "deleted_at")

    once = models.CharField(max_length=48, unique=True)
    lead = models.ForeignKey(Lead, models.CASCADE, related_name="escalations")
    waited_for = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    since = models.DateTimeField()
    due_at = models.DateTimeField()
    told_ids: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)

    objects: ClassVar[Any] = EscalationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-since", "-pk"]

    def __str__(self) -> str:
        return str(self.lead)

    def guarded_by(self) -> Recorded:
        return self.lead

    @staticmethod
    def mark(lead: Lead) -> str:
        """What `once` is for this lead with its owner."""
        return f"{lead.pk}:{lead.owner_id or 0}"

    def derive(self, before: Mapping[str, Any], when: dt.datetime) -> None:
        """Raises ValidationError where it was told already."""
        super().derive(before, when)
        if not before:
            self.once = self.mark(self.lead)
            if Escalation.objects.filter(once=self.once).exists():
                raise ValidationError({"lead": _("Whoever leads was told of this already.")})
