"""The months of the forecast: where a day belongs, and which day a deal gets when it is put into another month."""

from __future__ import annotations

import calendar
import datetime as dt

AHEAD = 6  # months that have a column, this one included

OVERDUE, LATER, UNDATED = "overdue", "later", "none"


def first_of(day: dt.date, months: int = 0) -> dt.date:
    """The first day of the month so many months after this day's."""
    number = day.year * 12 + day.month - 1 + months
    return dt.date(number // 12, number % 12 + 1, 1)


def name_of(month: dt.date) -> str:
    """2026-11: as addresses name a month."""
    return f"{month:%Y-%m}"


def months_from(today: dt.date) -> list[dt.date]:
    """The first days of this month and of the next ones."""
    return [first_of(today, ahead) for ahead in range(AHEAD)]


def day_in(month: dt.date, was: dt.date | None, today: dt.date) -> dt.date:
    """The day that a deal gets in a month: the day it had, as far as the month has it; never one that has passed.

    A deal without a day, or whose day has passed in this month, gets the month's last one.
    """
    last = calendar.monthrange(month.year, month.month)[1]
    day = month.replace(day=min(was.day, last) if was else last)
    return day if day >= today else month.replace(day=last)


def put_into(column: str, was: dt.date | None, today: dt.date) -> dt.date | None:
    """The expected close of a deal put into this column; None in the one without dates.

    Raises ValueError for a column into which nothing can be put.
    """
    if column == UNDATED:
        return None
    if column == LATER:
        return day_in(first_of(today, AHEAD), was, today)
    month = dt.datetime.strptime(column, "%Y-%m").date()  # noqa: DTZ007  a month has no zone
    if month < first_of(today):
        raise ValueError(column)
    return day_in(month, was, today)
