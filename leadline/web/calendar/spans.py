"""Which days a view of the calendar shows, and which come before and after it: pure functions of days."""

from __future__ import annotations

import datetime as dt

from leadline.crm.working_days import DAY, months_after

DAY_VIEW, WEEK, WORK_WEEK, MONTH = "day", "week", "work-week", "month"
VIEWS = (DAY_VIEW, WEEK, WORK_WEEK, MONTH)
FIRST, LAST = dt.date(1970, 1, 5), dt.date(2200, 1, 1)  # days that can be shown; others are taken for these


def shown_days(view: str, day: dt.date, first_weekday: int, weekdays: frozenset[int]) -> list[dt.date]:
    """The days of the view in which `day` stands; a month comes in whole weeks, a work week without days off."""
    if view == DAY_VIEW:
        return [day]
    if view == MONTH:
        first = _week_of(day.replace(day=1), first_weekday)
        last = _week_of(months_after(day.replace(day=1), 1) - DAY, first_weekday)
        return [first + n * DAY for n in range((last - first).days + 7)]
    week = [_week_of(day, first_weekday) + n * DAY for n in range(7)]
    return [one for one in week if view == WEEK or one.weekday() in weekdays or one == day]


def beside(view: str, day: dt.date, way: int) -> dt.date:
    """A day of the view before (-1) or after (1) this one."""
    if view == MONTH:
        return within(months_after(day, way))
    return within(day + way * (DAY if view == DAY_VIEW else 7 * DAY))


def within(day: dt.date) -> dt.date:
    return min(max(day, FIRST), LAST)


def _week_of(day: dt.date, first_weekday: int) -> dt.date:
    return day - (day.weekday() - first_weekday) % 7 * DAY
