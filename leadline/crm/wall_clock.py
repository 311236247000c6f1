"""Wall clocks: whose zone it is, when a day ends in it, and which moment a clock's time is."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from functools import cache
from typing import Any

from django.conf import settings

SECOND = dt.timedelta(seconds=1)
DAY_IS_OVER = dt.time(23, 59, 59)  # what clocks show at the end of a day alone


def zone_of(user: Any) -> zoneinfo.ZoneInfo:
    """Somebody's time zone, else (nobody, none chosen, one that is none) the company's."""
    return _zone(getattr(user, "time_zone", "") or settings.LEADLINE_TIME_ZONE)


def at_clock(clock: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
    """The moment (UTC) of a time without a zone on this zone's clocks.

    As RFC 5545 (3.3.5) has it: a time that clocks skip comes as much later as they go on (2:30 is 3:30), and of an hour
    that comes twice it is the first.
    """
    return clock.replace(tzinfo=zone, fold=0).astimezone(dt.UTC)


def clock_of(moment: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
    """What this zone's clocks show at a moment, without the zone."""
    return moment.astimezone(zone).replace(tzinfo=None, fold=0)


def end_of_day(day: dt.date, zone: dt.tzinfo) -> dt.datetime:
    """The last second (UTC) of a day: one before the next day begins, however long clocks make it."""
    if day == dt.date.max:  # there is no next day; nothing is kept of this one (history.cleaning)
        return dt.datetime.max.replace(microsecond=0, tzinfo=dt.UTC)
    return at_clock(dt.datetime.combine(day + dt.timedelta(days=1), dt.time()), zone) - SECOND


@cache
def _zone(name: str) -> zoneinfo.ZoneInfo:
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        known = name != settings.LEADLINE_TIME_ZONE
        return zoneinfo.ZoneInfo(settings.LEADLINE_TIME_ZONE if known else "UTC")
