"""Days of the company, and the ends of its quarters."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import numpy as np

from leadline.insights.ledger.ledger import Flags, Floats, Ledger, Moments

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def days(ledger: Ledger, when: Moments) -> Floats:
    """The company's day of each moment, in days since 1970; NaN where it never came. Offsets are those of mid-month."""
    known = np.isfinite(when)
    moments = np.where(known, when, 0.0)
    months = moments.astype("datetime64[D]").astype("datetime64[M]")
    found, place = np.unique(months, return_inverse=True)
    offsets = np.array([_offset(ledger.zone, month) for month in found])
    return np.where(known, np.floor(moments + offsets[place.ravel()]), np.nan)


def _offset(zone: str, month: np.datetime64) -> float:
    middle = EPOCH + dt.timedelta(days=int(month.astype("datetime64[D]").astype(int)) + 14)
    offset = middle.astimezone(ZoneInfo(zone)).utcoffset()
    return offset.total_seconds() / 86_400 if offset else 0.0


def last_days(ledger: Ledger, day: Floats, count: int) -> Flags:
    """Whether days are among the last `count` of a fiscal quarter."""
    dates = np.nan_to_num(day).astype("datetime64[D]")
    shift = (ledger.fiscal_start - 1) % 3
    quarter = (dates.astype("datetime64[M]").astype(np.int64) - shift) // 3
    ends = (3 * (quarter + 1) + shift).astype("datetime64[M]").astype("datetime64[D]")
    found: Flags = (ends - dates).astype(np.int64) <= count
    return found & np.isfinite(day)
