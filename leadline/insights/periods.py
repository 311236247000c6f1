"""Periods of a company's calendar: days, weeks, months, quarters, years, fiscal ones, trailing ones. Pure."""

from __future__ import annotations

import calendar as months
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

KINDS = ("day", "week", "month", "quarter", "year", "fiscal_quarter", "fiscal_year")
MONTHS = {"month": 1, "quarter": 3, "year": 12, "fiscal_quarter": 3, "fiscal_year": 12}
DAYS = {"day": 1, "week": 7}
LAST = dt.date.max


@dataclass(frozen=True)
class Calendar:
    """How a company reckons: the weekday (0 is Monday) on which weeks begin, the month in which fiscal years do."""

    week_start: int = 0
    fiscal_start: int = 1


@dataclass(frozen=True)
class Period:
    """From one day to another, both inclusive; an open end is None."""

    start: dt.date | None = None
    end: dt.date | None = None


USUAL = Calendar()


def containing(kind: str, day: dt.date, calendar: Calendar = USUAL) -> Period:
    """The whole week, month … in which a day lies, as far as there are dates. Raises KeyError for an unknown kind."""
    start = _start(kind, day, calendar)
    following = shifted(kind, start, 1)
    return Period(start, following if following == LAST else following - dt.timedelta(days=1))


def shifted(kind: str, day: dt.date, count: int) -> dt.date:
    """The day so many weeks, months … later, or earlier; a month after 31 January is the end of February."""
    if kind in DAYS:
        ordinal = day.toordinal() + count * DAYS[kind]
        return dt.date.fromordinal(min(max(ordinal, 1), LAST.toordinal()))
    return months_later(day, count * MONTHS[kind])


def months_later(day: dt.date, count: int) -> dt.date:
    """The same day so many months later (or earlier), or the last one of that month, within the dates there are."""
    month = day.year * 12 + day.month - 1 + count
    if month < 12:
        return dt.date.min
    if month > LAST.year * 12 + 11:
        return LAST
    year, month = divmod(month, 12)
    return dt.date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))


def trailing_days(day: dt.date, count: int) -> Period:
    """So many days, of which this one is the last."""
    return Period(dt.date.fromordinal(max(1, day.toordinal() - count + 1)), day)


def trailing_months(day: dt.date, count: int) -> Period:
    """So many months, of which this day is the last: twelve of them up to 10 March begin on 11 March."""
    before = months_later(day, -count)
    return Period(before if before == dt.date.min else before + dt.timedelta(days=1), day)


def previous(kind: str, start: dt.date, end: dt.date) -> Period:
    """The same part of the month, week … before, e.g. 1 to 10 March becomes 1 to 10 February; whole ones stay whole.

    Without a kind, as many months just before whole months, else as many days.
    """
    if kind not in DAYS and kind not in MONTHS:
        if start.day == 1 and _ends_month(end) and start.year > 1:
            count = (end.year - start.year) * 12 + end.month - start.month + 1
            return Period(months_later(start, -count), start - dt.timedelta(days=1))
        days = (end - start).days + 1
        last = max(1, start.toordinal() - 1)
        return Period(dt.date.fromordinal(max(1, last - days + 1)), dt.date.fromordinal(last))
    return _moved(kind, start, end, -1)


def year_before(start: dt.date, end: dt.date) -> Period:
    """The same days of the year before; 29 February becomes the 28th, and a whole February stays one."""
    return _moved("year", start, end, -1)


def each(kind: str, start: dt.date, end: dt.date, calendar: Calendar = USUAL) -> Iterator[Period]:
    """Every week, month … from the one in which `start` lies to that of `end`, in their order."""
    day = _start(kind, start, calendar)
    while day <= end:
        period = containing(kind, day, calendar)
        yield period
        if period.end is None or period.end == LAST:
            return
        day = period.end + dt.timedelta(days=1)


def label(kind: str, day: dt.date, calendar: Calendar = USUAL) -> str:
    """As the dimension of this name says it: 2026-11-22, 2026-W47, 2026-11, 2026-Q4, 2026, FY2027-Q1, FY2027.

    A week that does not begin on Monday bears the number of the ISO week that its other days belong to. A fiscal year
    is named for the year in which it ends.
    """
    if kind == "week":
        year, week, _day = _ahead(day, -calendar.week_start % 7).isocalendar()
        return f"{year}-W{week:02}"
    if kind in ("fiscal_year", "fiscal_quarter"):
        year, quarter = _fiscal(day, calendar.fiscal_start)
        return f"FY{year}" + (f"-Q{quarter}" if kind == "fiscal_quarter" else "")
    if kind == "quarter":
        return f"{day.year}-Q{(day.month + 2) // 3}"
    return day.isoformat()[: {"day": 10, "month": 7, "year": 4}[kind]]


def beginning(kind: str, said: str, calendar: Calendar = USUAL) -> dt.date:
    """The first day of the period with this label. Raises ValueError for what is no label."""
    if kind == "week":
        monday = dt.date.fromisocalendar(int(said[:4]), int(said[6:]), 1)
        return _ahead(monday, -(-calendar.week_start % 7))
    if kind in ("fiscal_year", "fiscal_quarter"):
        year = dt.date(int(said[2:6]) - (calendar.fiscal_start > 1), calendar.fiscal_start, 1)
        return months_later(year, 3 * (int(said[8:] or 1) - 1))
    if kind == "quarter":
        return dt.date(int(said[:4]), 3 * int(said[6:]) - 2, 1)
    return dt.date.fromisoformat(said + "0001-01-01"[len(said) :])


def _start(kind: str, day: dt.date, calendar: Calendar) -> dt.date:
    if kind == "day":
        return day
    if kind == "week":
        return _ahead(day, -((day.weekday() - calendar.week_start) % 7))
    first = calendar.fiscal_start if kind.startswith("fiscal") else 1
    return months_later(day.replace(day=1), -((day.month - first) % MONTHS[kind]))


def _fiscal(day: dt.date, first: int) -> tuple[int, int]:
    """Fiscal year and quarter."""
    return day.year + (first > 1 and day.month >= first), (day.month - first) % 12 // 3 + 1


def _moved(kind: str, start: dt.date, end: dt.date, count: int) -> Period:
    """Both ends moved; the last day of a month stays the last where the period is made of whole months."""
    then = shifted(kind, end, count)
    if kind in MONTHS and start.day == 1 and _ends_month(end):
        then = then.replace(day=months.monthrange(then.year, then.month)[1])
    return Period(shifted(kind, start, count), then)


def _ends_month(day: dt.date) -> bool:
    return day.day == months.monthrange(day.year, day.month)[1]


def _ahead(day: dt.date, days: int) -> dt.date:
    return dt.date.fromordinal(min(max(day.toordinal() + days, 1), LAST.toordinal()))
