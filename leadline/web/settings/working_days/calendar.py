"""A year as twelve months of weeks: which days are worked, and why others are not."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from leadline.crm.models import OwnDay
from leadline.crm.public_holidays import public_holidays
from leadline.crm.working_days import WorkingDays
from leadline.web.frame.reader import reader


@dataclass(frozen=True)
class Day:
    """One day of the preview. `kind`: "" worked, "week" off by the week, "holiday", "off" or "on" by one's own word."""

    date: dt.date
    kind: str
    says: str = ""


@dataclass(frozen=True)
class Month:
    name: str
    weeks: list[list[Day | None]]


def months_of(year: int, days: WorkingDays, own: Mapping[dt.date, OwnDay], language: str) -> list[Month]:
    """The months of a year; weeks begin on the weekday on which the reader's do."""
    holidays = public_holidays(days.country, days.region, year, language)
    weeks = calendar.Calendar(reader().locale.first_week_day)
    return [
        Month(
            str(reader().locale.months["stand-alone"]["wide"][month]),
            [
                [_day(day, days, own, holidays) if day.month == month else None for day in week]
                for week in weeks.monthdatescalendar(year, month)
            ],
        )
        for month in range(1, 13)
    ]


def weekdays(width: str = "abbreviated") -> list[tuple[int, str]]:
    """The weekdays by number and name, in the order of the reader's week."""
    names, first = reader().locale.days["stand-alone"][width], reader().locale.first_week_day
    return [((first + n) % 7, str(names[(first + n) % 7])) for n in range(7)]


def _day(day: dt.date, days: WorkingDays, own: Mapping[dt.date, OwnDay], holidays: Mapping[dt.date, str]) -> Day:
    if day in own:
        row = own[day]
        kind, word = ("on", _("worked")) if row.worked else ("off", _("off"))
        return Day(day, kind, f"{row.name}, {word}" if row.name else word)
    if day in holidays:
        return Day(day, "holiday", holidays[day])
    return Day(day, "" if day.weekday() in days.weekdays else "week")
