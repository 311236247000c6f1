"""The people of a deal besides its main contact: who decides, who signs, who may say no."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.crm.models.deal import Deal
from leadline.crm.models.person import Person
from leadline.crm.models.qualifying import requalify
from leadline.history.recorded import Done, Recorded, RecordedQuerySet


class ParticipantQuerySet(RecordedQuerySet):
    """Participants are seen by who sees their deal and the person."""

    def visible_to(self, user: Any) -> ParticipantQuerySet:
        return self.filter(deal__in=Deal.objects.visible_to(user), person__in=Person.objects.visible_to(user))


class Participant(Recorded):
    """A person who takes part in a deal; `role` in the seller's own words ("signs", "champion")."""

    ENTITY: ClassVar[str] = "participant"
    TRACKED: ClassVar[tuple[str, ...]] = ("deal_id", "person_id", "role", "deleted_at")
    EDITABLE: ClassVar[frozenset[str]] = frozenset({"role"})

    deal = models.ForeignKey(Deal, models.CASCADE, related_name="participants")
    person = models.ForeignKey(Person, models.CASCADE, related_name="takes_part")
    role = models.CharField(gettext_lazy("role"), max_length=120, blank=True, default="")

    objects: ClassVar[Any] = ParticipantQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.person} ({self.role})" if self.role else str(self.person)

    def guarded_by(self) -> Recorded:
        return self.deal

    def derive(self, before: Mapping[str, Any], when: dt.datetime) -> None:
        """Raises ValidationError where the person takes part already."""
        super().derive(before, when)
        others = Participant.objects.kept().filter(deal=self.deal_id, person=self.person_id).exclude(pk=self.pk)
        if not before and others.exists():
            raise ValidationError({"person": _("%(person)s takes part already.") % {"person": self.person}})

    @classmethod
    def followed(cls, done: Sequence[Done]) -> None:
        """A playbook may ask for somebody in a role."""
        requalify(pk for part in done for pk in (part.old.get("deal_id"), part.record.deal_id))
