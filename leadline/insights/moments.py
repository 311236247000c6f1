"""Days and moments as naive UTC, also at the ends of the calendar: what lies beyond is its first or last moment."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

FIRST = dt.datetime.min  # noqa: DTZ901  naive UTC, as the tables are
LAST = dt.datetime.max  # noqa: DTZ901
MICROSECOND = dt.timedelta(microseconds=1)


def in_utc(moment: dt.datetime) -> dt.datetime:
    """The moment as naive UTC; one without a time zone is taken for that already."""
    if moment.tzinfo is None:
        return moment
    try:
        return moment.astimezone(dt.UTC).replace(tzinfo=None)
    except OverflowError:
        return FIRST if moment.year == FIRST.year else LAST


def beginning(day: dt.date, zone: str) -> dt.datetime:
    """The day's first moment in this time zone."""
    return in_utc(dt.datetime.combine(day, dt.time(), ZoneInfo(zone)))


def after(day: dt.date, zone: str) -> dt.datetime:
    """The first moment of the next day; of the last day there is, its last."""
    return LAST if day == dt.date.max else beginning(day + dt.timedelta(days=1), zone)


def just_after(moment: dt.datetime) -> dt.datetime:
    """A microsecond later."""
    return moment if moment == LAST else moment + MICROSECOND


def end(day: dt.date, zone: str) -> dt.datetime:
    """The day's last moment in this time zone."""
    following = after(day, zone)
    return following if following in (FIRST, LAST) else following - MICROSECOND
