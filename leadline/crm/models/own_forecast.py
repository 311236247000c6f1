"""What a person says will be booked in a month or a quarter, beside what the model says (R27)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.accounts.actors import Actor
from leadline.accounts.models import Team
from leadline.accounts.permissions import refusal
from leadline.crm.models.personal import Personal
from leadline.crm.models.working_time import WorkingWeek
from leadline.crm.working_days import months_after

DAY = dt.timedelta(days=1)


class Whose(models.TextChoices):
    """Of whose bookings somebody says how much they will be."""

    OWN = "own", gettext_lazy("Mine")
    TEAM = "team", gettext_lazy("My team")
    COMPANY = "company", gettext_lazy("The company")


class OwnForecast(Personal):
    """How much `owner` says will be booked from the first day to the last, a month or a fiscal quarter.

    Every version is in the log with its moment, and each is held against what came. It is set and changed only while
    the period is not over, and only by whose it is.
    """

    ENTITY: ClassVar[str] = "own_forecast"
    TRACKED: ClassVar[tuple[str, ...]] = (
        "owner_id", "whose", "team_id", "start_on", "end_on", "amount", "deleted_at",
    )  # fmt: skip
    EDITABLE: ClassVar[frozenset[str]] = frozenset({"amount"})

    whose = models.CharField(max_length=16, choices=Whose.choices, default=Whose.OWN)
    # As of a target: a team that ends leaves it behind under its number.
    team = models.ForeignKey(Team, models.DO_NOTHING, null=True, blank=True, related_name="+", db_constraint=False)
    start_on = models.DateField(gettext_lazy("first day"))
    end_on = models.DateField(gettext_lazy("last day"))
    amount = models.DecimalField(gettext_lazy("amount"), max_digits=18, decimal_places=2)

    class Meta:
        ordering = ["start_on", "pk"]
        indexes = [models.Index(fields=["end_on", "start_on"], name="own_forecast_days")]

    def __str__(self) -> str:
        days = {"start": date_format(self.start_on, "j M Y"), "end": date_format(self.end_on, "j M Y")}
        return _("own forecast from %(start)s to %(end)s") % days

    def checked(self, before: Mapping[str, Any], when: dt.datetime, doer: Actor) -> None:
        """Raises PermissionDenied for somebody else's, also to who leads them: set by others it is nobody's own."""
        super().checked(before, when, doer)
        if doer.user is not None and doer.user.pk != self.owner_id and not doer.user.is_administrator:
            raise PermissionDenied(refusal("change", self.ENTITY))

    def derive(self, before: Mapping[str, Any], when: dt.datetime) -> None:
        """Raises ValidationError for other days than a month's or a quarter's, and for a time that is over."""
        super().derive(before, when)
        if (self.whose == Whose.TEAM) != (self.team_id is not None):
            raise ValidationError({"whose": _("Choose a team for a team's number, and none for another one.")})
        if not _is_month_or_quarter(self.start_on, self.end_on):
            raise ValidationError({"start_on": _("Choose a month or a quarter of the company's year.")})
        if self.amount < Decimal(0):
            raise ValidationError({"amount": _("Write 0 or more.")})
        if self.end_on < timezone.localdate(when, timezone=company_zone()):
            raise ValidationError({"amount": _("This time is over: what was said before it ended stays as it was.")})
        if not self.deleted_at and self._rival() is not None:
            raise ValidationError({"start_on": _("There is a number for this time already. Change that one.")})

    def _rival(self) -> OwnForecast | None:
        same = OwnForecast.objects.kept().filter(
            owner=self.owner_id, whose=self.whose, team=self.team_id, start_on=self.start_on, end_on=self.end_on
        )
        found: OwnForecast | None = same.exclude(pk=self.pk).first()
        return found


def company_zone() -> dt.tzinfo:
    """The time zone in which the company's days are."""
    return ZoneInfo(settings.LEADLINE_TIME_ZONE)


def _is_month_or_quarter(start: dt.date, end: dt.date) -> bool:
    if start.day != 1:
        return False
    if end == months_after(start, 1) - DAY:
        return True
    in_quarter = (start.month - WorkingWeek.company().fiscal_month) % 3
    return in_quarter == 0 and end == months_after(start, 3) - DAY
