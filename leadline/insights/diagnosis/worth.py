"""What a change is worth: money a quarter, the same way for every finding."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from leadline.insights.diagnosis.finding import Worth
from leadline.insights.fitted.fitted import NOTHING, Change, Fitted
from leadline.insights.fitted.flowing import expected
from leadline.insights.ledger.ledger import Floats

QUARTERS = 4  # a year: long enough for what is mended today to come through


def gains(fitted: Fitted, change: Change) -> Floats:
    """(N,): how much more is booked a quarter, on average over the coming year, if the change were made today."""
    return np.asarray(expected(fitted, change, QUARTERS).mean(axis=1) - unchanged(fitted))


@lru_cache(maxsize=2)
def unchanged(fitted: Fitted) -> Floats:
    """(N,): what is booked a quarter, on average over the coming year, if all goes on as it is."""
    return np.asarray(expected(fitted, NOTHING, QUARTERS).mean(axis=1))


def worth(fitted: Fitted, change: Change) -> Worth:
    """The same as the middle of its draws with their 90 % interval."""
    return told(gains(fitted, change))


def told(draws: Floats) -> Worth:
    """Median and the 5 % and 95 % points."""
    low, middle, high = np.quantile(draws, (0.05, 0.5, 0.95))
    return Worth(float(middle), float(low), float(high))
