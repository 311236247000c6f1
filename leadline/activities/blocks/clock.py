"""Wall clocks: a block at nine is at nine in summer and in winter."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings

from leadline.accounts.models import User


def zone_named(name: str) -> ZoneInfo:
    """The time zone of this name; the company's for an empty or unknown one."""
    try:
        return ZoneInfo(name or settings.LEADLINE_TIME_ZONE)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo(settings.LEADLINE_TIME_ZONE)


def zone_of(user: User) -> ZoneInfo:
    """Where somebody's clock hangs."""
    return zone_named(user.time_zone)


def at_wall_clock(day: dt.date, time: dt.time, zone: ZoneInfo) -> dt.datetime:
    """The moment (UTC) at which a clock there shows this.

    A time that the clock leaps over is that of the clock as it stood before; of one that comes twice the first counts:
    as RFC 5545, 3.3.5 has it.
    """
    return dt.datetime.combine(day, time.replace(fold=0), tzinfo=zone).astimezone(dt.UTC)
