"""Somebody is out of the office: nothing new is given to them, and somebody may stand in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.crm.models.personal import Personal, PersonalQuerySet


class AbsenceQuerySet(PersonalQuerySet):
    """Absences by day."""

    def on(self, day: dt.date) -> Any:
        """Those of whoever is away on this day."""
        return self.kept().filter(start_on__lte=day, end_on__gte=day)


class Absence(Personal):
    """Away from `start_on` to `end_on`, both days included."""

    ENTITY: ClassVar[str] = "absence"
    TRACKED: ClassVar[tuple[str, ...]] = ("owner_id", "start_on", "end_on", "stand_in_id", "note", "deleted_at")
    EDITABLE: ClassVar[frozenset[str]] = frozenset({"start_on", "end_on", "stand_in_id", "note"})

    start_on = models.DateField(gettext_lazy("first day"))
    end_on = models.DateField(gettext_lazy("last day"))
    stand_in = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    note = models.CharField(gettext_lazy("note"), max_length=255, blank=True, default="")

    objects: ClassVar[Any] = AbsenceQuerySet.as_manager()

    class Meta(Personal.Meta):
        ordering: ClassVar = ["start_on", "pk"]
        indexes: ClassVar = [models.Index(fields=["end_on"], name="absence_until")]

    def __str__(self) -> str:
        return f"{self.owner} {self.start_on}..{self.end_on}"

    def derive(self, before: Mapping[str, Any], when: dt.datetime) -> None:
        super().derive(before, when)
        if self.end_on < self.start_on:
            raise ValidationError({"end_on": _("The last day is before the first.")})
        if self.stand_in_id == self.owner_id:
            raise ValidationError({"stand_in": _("Nobody stands in for themselves. Choose somebody else.")})
