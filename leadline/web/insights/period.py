"""Periods by name, in the company's days."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leadline.web.frame.reader import zone


@dataclass(frozen=True)
class Period:
    """From one day to another, both inclusive; an open end is None."""

    start: dt.date | None = None
    end: dt.date | None = None


NAMES: dict[str, str | Promise] = {
    "month": _("Month"),
    "quarter": _("Quarter"),
    "year": _("Year"),
    "12m": _("12 months"),
    "all": _("All"),
}


def named(name: str, today: dt.date) -> Period:
    """The month, quarter or year of that day up to that day; the twelve months that end with it; or everything."""
    if name == "month":
        return Period(today.replace(day=1), today)
    if name == "quarter":
        return Period(today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1), today)
    if name == "year":
        return Period(today.replace(month=1, day=1), today)
    if name == "12m":
        return Period(_year_before(today) + dt.timedelta(days=1), today)
    return Period()


MONTHS = {"month": 1, "quarter": 3, "year": 12}
# What a period may be compared with.
AGAINST: dict[str, str | Promise] = {"before": _("The period before"), "year": _("The year before")}


def before(against: str, name: str, start: dt.date, end: dt.date) -> tuple[dt.date, dt.date]:
    """The same part of the month, quarter or year before; the days just before; or the same days a year before."""
    if against == "year" or name == "year":
        return _months_before(start, 12), _months_before(end, 12)
    if name in MONTHS:
        return _months_before(start, MONTHS[name]), _months_before(end, MONTHS[name])
    days = (end - start).days + 1
    first, last = start.toordinal() - days, start.toordinal() - 1
    return dt.date.fromordinal(max(1, first)), dt.date.fromordinal(max(1, last))


def _months_before(day: dt.date, months: int) -> dt.date:
    """The same day so many months before, or the last of that month."""
    year, month = divmod(max(12, day.year * 12 + day.month - 1 - months), 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def company_today() -> dt.date:
    """The day it is where the company reckons its days."""
    return timezone.now().astimezone(zone(settings.LEADLINE_TIME_ZONE)).date()


def _year_before(day: dt.date) -> dt.date:
    if day.year == dt.MINYEAR:
        return dt.date.min
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year - 1, day=28)
