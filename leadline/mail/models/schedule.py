"""By which a dashboard is mailed: to whom, how often, at what hour."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.accounts.models import User
from leadline.crm.models import Dashboard
from leadline.history.recorded import Recorded, RecordedQuerySet
from leadline.mail.due import Rhythm

MOST = 200  # who get it


class Every(models.TextChoices):
    """How often."""

    DAY = "day", gettext_lazy("Every working day")
    WEEK = "week", gettext_lazy("Every week")
    MONTH = "month", gettext_lazy("Every month")


class Weekday(models.IntegerChoices):
    """As Python counts them."""

    MONDAY = 0, gettext_lazy("Monday")
    TUESDAY = 1, gettext_lazy("Tuesday")
    WEDNESDAY = 2, gettext_lazy("Wednesday")
    THURSDAY = 3, gettext_lazy("Thursday")
    FRIDAY = 4, gettext_lazy("Friday")
    SATURDAY = 5, gettext_lazy("Saturday")
    SUNDAY = 6, gettext_lazy("Sunday")


class ScheduleQuerySet(RecordedQuerySet):
    """Schedules are for whoever may change their dashboard."""

    def visible_to(self, user: User) -> Self:
        if not user.is_active:
            return self.none()
        open_to = models.Q(dashboard__owner=user)
        if user.is_administrator:
            open_to |= models.Q(dashboard__shared=True)
        return self.filter(open_to)

    def running(self) -> Self:
        """Those that are to be looked after."""
        return self.kept().filter(is_on=True, dashboard__deleted_at=None)


class Schedule(Recorded):
    """One rhythm of one dashboard; each of `recipient_ids` gets it as they may see it.

    `since`: what was due before it counts no more. It moves when the rhythm does, or when it is switched on.
    """

    ENTITY: ClassVar[str] = "schedule"
    RHYTHM: ClassVar[tuple[str, ...]] = ("every", "weekday", "day", "hour")
    TRACKED: ClassVar[tuple[str, ...]] = ("dashboard_id", *RHYTHM, "recipient_ids", "is_on", "deleted_at")
    EDITABLE: ClassVar[frozenset[str]] = frozenset({*RHYTHM, "recipient_ids", "is_on"})

    dashboard = models.ForeignKey(
        Dashboard, models.CASCADE, related_name="schedules", verbose_name=gettext_lazy("dashboard")
    )
    every = models.CharField(gettext_lazy("how often"), max_length=8, choices=Every.choices, default=Every.WEEK)
    weekday = models.SmallIntegerField(gettext_lazy("weekday"), choices=Weekday.choices, default=Weekday.MONDAY)
    day = models.SmallIntegerField(gettext_lazy("day of the month"), default=1)
    hour = models.SmallIntegerField(gettext_lazy("hour"), default=8)
    recipient_ids: models.JSONField[Any, Any] = models.JSONField(gettext_lazy("recipients"), default=list)
    is_on = models.BooleanField(gettext_lazy("on"), default=True)
    since = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[Any] = ScheduleQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return _("Schedule of %(dashboard)s") % {"dashboard": self.dashboard}

    # --- questions ---

    @property
    def rhythm(self) -> Rhythm:
        return Rhythm(self.every, self.weekday, self.day, self.hour)

    def guarded_by(self) -> Recorded:
        return self.dashboard

    # --- hooks ---

    def clean(self) -> None:
        """Raises ValidationError for an hour, a day or recipients that are none."""
        if self.hour not in range(24):
            raise ValidationError({"hour": _("Choose an hour of the day.")})
        if self.day not in range(1, 32):
            raise ValidationError({"day": _("Choose a day of the month.")})
        ids = self.recipient_ids
        if not isinstance(ids, list) or not all(isinstance(pk, int) for pk in ids):
            raise ValidationError({"recipient_ids": _("Recipients are people who work here.")})
        self.recipient_ids = sorted(set(ids))
        if not ids:
            raise ValidationError({"recipient_ids": _("Choose who gets it.")})
        if len(self.recipient_ids) > MOST:
            raise ValidationError({"recipient_ids": _("No more than %(most)s people can get it.") % {"most": MOST}})

    def derive(self, before: Mapping[str, Any], when: dt.datetime) -> None:
        begins = (*self.RHYTHM, "is_on", "deleted_at")
        if not before or any(before[name] != getattr(self, name) for name in begins):
            self.since = when
