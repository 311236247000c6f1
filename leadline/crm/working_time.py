"""The company's working days, read from its rows, and the verbs that change them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from leadline.accounts.actors import By
from leadline.crm.models.working_time import OwnDay, WorkingWeek
from leadline.crm.working_days import WorkingDays
from leadline.crm.working_minutes import WorkingTime
from leadline.history.writing import writing


def company_days() -> WorkingDays:
    """What the company has said about its days; two queries. Keep it for as long as one answer takes."""
    return _days(WorkingWeek.company())


def _days(week: WorkingWeek) -> WorkingDays:
    own = dict(OwnDay.objects.kept().values_list("on_date", "worked"))
    return WorkingDays(frozenset(week.weekdays), week.country, week.region, own)


def company_time() -> WorkingTime:
    """The company's working days and hours; two queries. Keep it for as long as one answer takes."""
    week = WorkingWeek.company()
    return WorkingTime(_days(week), week.day_begins, week.day_ends)


def is_working_day(day: dt.date) -> bool:
    """Whether the company works on this day."""
    return company_days().is_working_day(day)


def working_days_between(after: dt.date, until: dt.date) -> int:
    """The company's working days after one day, up to and with the other (`WorkingDays.working_days_between`)."""
    return company_days().working_days_between(after, until)


def set_week(*, by: By, **values: Any) -> WorkingWeek:
    """Set days, hours, `country` and `region`, those given; another country has no region until one is chosen.

    Raises ValidationError, PermissionDenied.
    """
    with writing():
        week = WorkingWeek.company()
        if values.get("country", week.country) != week.country:
            values.setdefault("region", "")
        if week.pk:
            return week.edit(by=by, **values)
        for name, value in values.items():
            setattr(week, name, value)
        return week.add(by=by)
