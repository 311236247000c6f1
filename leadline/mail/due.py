"""When something that repeats is due: pure functions of a rhythm, a time zone and the days that a company works."""

from __future__ import annotations

import calendar
import datetime as dt
import zoneinfo
from dataclasses import dataclass

from leadline.crm.working_days import WorkingDays

SPAN = 70  # days: more than the longest month, and than the longest rest of a company
DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Rhythm:
    """`every` is "day" (each working day), "week" (on `weekday`, 0 is Monday) or "month" (on `day`, 1 to 31).

    A month that is too short for the day has it on its last one. `hour` is of the company's clock, 0 to 23.
    """

    every: str
    weekday: int
    day: int
    hour: int


def falls_on(rhythm: Rhythm, day: dt.date, days: WorkingDays) -> bool:
    """Whether it is due on this day of the company's."""
    if rhythm.every == "day":
        return days.is_working_day(day)
    if rhythm.every == "week":
        return day.weekday() == rhythm.weekday
    return day.day == min(rhythm.day, calendar.monthrange(day.year, day.month)[1])


def latest(rhythm: Rhythm, now: dt.datetime, zone: zoneinfo.ZoneInfo, days: WorkingDays) -> dt.datetime | None:
    """The last due time (UTC) that has come; None for days that are never worked."""
    today = now.astimezone(zone).date()
    past = (today + DAY - n * DAY for n in range(SPAN))
    return next((at for day in past if falls_on(rhythm, day, days) and (at := _at(rhythm, day, zone)) <= now), None)


def following(rhythm: Rhythm, now: dt.datetime, zone: zoneinfo.ZoneInfo, days: WorkingDays) -> dt.datetime | None:
    """The first due time (UTC) that is still to come."""
    today = now.astimezone(zone).date()
    ahead = (today - DAY + n * DAY for n in range(SPAN))
    return next((at for day in ahead if falls_on(rhythm, day, days) and (at := _at(rhythm, day, zone)) > now), None)


def _at(rhythm: Rhythm, day: dt.date, zone: zoneinfo.ZoneInfo) -> dt.datetime:
    """The hour of this day. One that the clock skips in spring comes when it goes on; of two in autumn the first."""
    return dt.datetime.combine(day, dt.time(rhythm.hour), zone).astimezone(dt.UTC)
