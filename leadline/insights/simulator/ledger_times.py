"""Moments and days of a simulated company as the ledger counts them."""

from __future__ import annotations

import datetime as dt

import numpy as np

from leadline.insights.ledger import ledger
from leadline.insights.simulator.company import DAY, NEVER, Days, Floats, Moments


def moments(seconds: Moments) -> Floats:
    """Days since 1970; the ledger's NEVER for what did not come."""
    return np.where(seconds == NEVER, ledger.NEVER, seconds / DAY)


def dates(numbers: Days) -> Floats:
    """Whole days since 1970; NaN for none."""
    return np.where(numbers == NEVER, np.nan, numbers.astype(np.float64))


def at(seconds: int) -> dt.datetime:
    """The moment (naive UTC)."""
    return dt.datetime(1970, 1, 1) + dt.timedelta(seconds=seconds)  # noqa: DTZ001  as the warehouse has it
