"""Proportions."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import special

Floats = NDArray[np.float64]
COVER = 0.90


def jeffreys(successes: Floats, trials: Floats) -> tuple[Floats, Floats]:
    """The 90 % Jeffreys interval of each proportion; NaN without trials.

    Quantiles of Beta(k + 1/2, n - k + 1/2); the lower end is 0 at k = 0 and the upper one 1 at k = n.
    Brown, Cai, DasGupta, "Interval Estimation for a Binomial Proportion", Statistical Science 16 (2001).
    """
    tail = (1 - COVER) / 2
    a, b = successes + 0.5, trials - successes + 0.5
    low = np.where(successes == 0, 0.0, special.betaincinv(a, b, tail))
    high = np.where(successes == trials, 1.0, special.betaincinv(a, b, 1 - tail))
    none = trials == 0
    return np.where(none, np.nan, low), np.where(none, np.nan, high)
