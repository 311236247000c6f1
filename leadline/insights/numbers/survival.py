"""How long things last when some are not over yet."""

from __future__ import annotations

import math

import numpy as np
from scipy import special

from leadline.insights.numbers.proportions import COVER, Floats


def median(entered: Floats, left: Floats, ended: Floats) -> tuple[float, float, float]:
    """The Kaplan-Meier median of durations with its 90 % interval; NaN where it is not reached.

    One entry per thing: it is watched from the age `entered` to the age `left`, and `ended` is 1 if it was over then,
    0 if not (censored). Things watched from a later age on (left truncation) count only while they are watched.
    The interval inverts Greenwood's on the log-minus-log scale (Brookmeyer and Crowley 1982; Kalbfleisch and Prentice).
    """
    times, events = np.unique(left[ended > 0], return_counts=True)
    if not len(times):
        return math.nan, math.nan, math.nan
    # Watched from birth means at risk at age 0 too, where many things end at once.
    since = np.sort(np.where(entered > 0, entered, -1.0))
    at_risk = np.searchsorted(since, times, "left") - np.searchsorted(np.sort(left), times, "left")
    with np.errstate(divide="ignore", invalid="ignore"):
        survival = np.cumprod(1 - events / at_risk)
        greenwood = np.cumsum(events / (at_risk * (at_risk - events)))
        deviation = np.sqrt(greenwood) / np.abs(np.log(survival))
        z = special.ndtri((1 + COVER) / 2)
        lower = survival ** np.exp(z * deviation)
        upper = survival ** np.exp(-z * deviation)
    lower, upper = np.nan_to_num(lower, nan=0.0), np.where(survival <= 0, 0.0, upper)
    return _first(times, survival), _first(times, lower), _first(times, upper)


def _first(times: Floats, survival: Floats) -> float:
    """The first age by which at most half are left."""
    reached = np.flatnonzero(survival <= 0.5 + 1e-12)
    return float(times[reached[0]]) if len(reached) else math.nan
