"""Days of a ledger and dates of a calendar."""

from __future__ import annotations

import datetime as dt
import math

EPOCH = dt.date(1970, 1, 1)
FIRST, LAST = (dt.date.min - EPOCH).days, (dt.date.max - EPOCH).days


def day_of(days: float) -> dt.date | None:
    """The date of so many days since 1970; None for none, and for those that no calendar has."""
    if not math.isfinite(days) or not FIRST <= days <= LAST:
        return None
    return EPOCH + dt.timedelta(days=math.floor(days))


def days_of(day: dt.date) -> float:
    """The days since 1970."""
    return float((day - EPOCH).days)


def date_of(days: float) -> dt.date:
    """The same of days that there are, as those of spans."""
    return day_of(days) or EPOCH
