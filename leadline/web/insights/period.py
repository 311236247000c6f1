"""Periods by name, in the company's days and calendar."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leadline.crm.models import WorkingWeek
from leadline.insights import periods
from leadline.insights.periods import Calendar, Period
from leadline.web.frame.reader import zone

NAMES: dict[str, str | Promise] = {
    "month": _("Month"),
    "quarter": _("Quarter"),
    "year": _("Year"),
    "12m": _("12 months"),
    "all": _("All"),
}
# Further ones, behind "More".
MORE: dict[str, str | Promise] = {
    "day": _("Today"),
    "week": _("This week"),
    "30d": _("30 days"),
    "90d": _("90 days"),
    "last_week": _("Last week"),
    "last_month": _("Last month"),
    "last_quarter": _("Last quarter"),
    "last_year": _("Last year"),
}
FISCAL: dict[str, str | Promise] = {
    "fiscal_quarter": _("Fiscal quarter"),
    "fiscal_year": _("Fiscal year"),
    "last_fiscal_year": _("Last fiscal year"),
}
# What a period may be compared with.
AGAINST: dict[str, str | Promise] = {"before": _("The period before"), "year": _("The year before")}


def company_calendar() -> Calendar:
    """Where the company's weeks and fiscal years begin."""
    week = WorkingWeek.company()
    return Calendar(week.first_weekday, week.fiscal_month)


def further(calendar: Calendar) -> dict[str, str | Promise]:
    """The names behind "More": fiscal ones where fiscal years are years of their own."""
    return MORE if calendar.fiscal_start == 1 else MORE | FISCAL


def named(name: str, today: dt.date, calendar: Calendar = periods.USUAL) -> Period:
    """The month, week … of that day up to that day; the whole one before; so many days or months; or everything."""
    if name in periods.KINDS:
        return Period(periods.containing(name, today, calendar).start, today)
    if name.startswith("last_"):
        kind = name.removeprefix("last_")
        now = periods.containing(kind, today, calendar)
        return periods.previous(kind, now.start or today, now.end or today)
    if name[:-1].isdigit():
        trailing = periods.trailing_days if name.endswith("d") else periods.trailing_months
        return trailing(today, int(name[:-1]))
    return Period()


def before(against: str, name: str, start: dt.date, end: dt.date) -> tuple[dt.date, dt.date]:
    """The same part of the month, quarter or year before; the days just before; or the same days a year before."""
    if against == "year":
        found = periods.year_before(start, end)
    else:
        found = periods.previous(name.removeprefix("last_"), start, end)
    return found.start or start, found.end or end


def company_today() -> dt.date:
    """The day it is where the company reckons its days."""
    return timezone.now().astimezone(zone(settings.LEADLINE_TIME_ZONE)).date()
