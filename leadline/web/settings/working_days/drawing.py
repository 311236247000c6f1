"""The page of the working days."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from leadline.crm.models import OwnDay, WorkingWeek
from leadline.crm.public_holidays import countries, public_holidays, regions
from leadline.crm.working_time import company_days
from leadline.history.numbers import number_of
from leadline.web.frame.reader import reader
from leadline.web.settings.changing import NOTHING_WRONG, Wrong, may_change
from leadline.web.settings.frame import draw
from leadline.web.settings.working_days.calendar import months_of, weekdays
from leadline.web.settings.working_days.hours import clock_text

FIRST, LAST = 1970, 2100  # years that the preview shows


def draw_days(request: HttpRequest, wrong: Wrong = NOTHING_WRONG, status: int = 200) -> HttpResponse:
    year, days, week = _year(request), company_days(), WorkingWeek.company()
    own = list(OwnDay.objects.kept())
    language = str(request.LANGUAGE_CODE or "")
    context: dict[str, Any] = {
        "here": reverse("working_days"),
        "year": year,
        "before": year - 1 if year > FIRST else None,
        "after": year + 1 if year < LAST else None,
        "week": week,
        "hours": {"begins": clock_text(week.day_begins), "ends": clock_text(week.day_ends % (24 * 60))},
        "weekdays": weekdays("wide"),
        "short": weekdays(),
        "month_names": reader().locale.months["stand-alone"]["wide"],
        "countries": _countries(),
        "regions": regions(week.country),
        "own": [row for row in own if row.on_date.year == year],
        "elsewhere": len([row for row in own if row.on_date.year != year]),
        "holidays": public_holidays(week.country, week.region, year, language),
        "months": months_of(year, days, {row.on_date: row for row in own}, language),
        "worked": days.working_days_between(dt.date(year - 1, 12, 31), dt.date(year, 12, 31)),
        "today": timezone.localdate(),
        "can": may_change(request, WorkingWeek),
        "wrong": wrong,
    }
    return draw(request, "settings/working_days.html", context, part="settings/_working_days.html", status=status)


def _year(request: HttpRequest) -> int:
    """The year that the address or the form names, within bounds; else this one."""
    asked = request.GET.get("year") or request.POST.get("year") or ""
    year = number_of(asked) or 0
    return year if FIRST <= year <= LAST else timezone.localdate().year


def _countries() -> list[tuple[str, str]]:
    """Code and name of each country whose holidays are known, by name."""
    names = reader().locale.territories
    return sorted(((code, str(names.get(code, code))) for code in countries()), key=lambda pair: pair[1].casefold())
