"""Periods by name, in the company's days."""

from __future__ import annotations

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


def company_today() -> dt.date:
    """The day it is where the company reckons its days."""
    return timezone.now().astimezone(zone(settings.LEADLINE_TIME_ZONE)).date()


def _year_before(day: dt.date) -> dt.date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year - 1, day=28)
