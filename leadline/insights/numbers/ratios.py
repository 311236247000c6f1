"""Ratios of sums: activities per win, money per day."""

from __future__ import annotations

import math

import numpy as np
from scipy import special

from leadline.insights.numbers.proportions import COVER, Floats

Z = float(special.ndtri((1 + COVER) / 2))


def ratio(n: Floats, above: Floats, below: Floats, squares: tuple[Floats, Floats, Floats]) -> tuple[Floats, Floats]:
    """The 90 % interval of sum(a) / sum(b) over n cases, on the logarithm; NaN below two cases or where a sum is 0.

    `squares` are the sums of a^2, a b and b^2. The delta method: variance of log(A / B) is n/(n-1) sum(e^2), with
    e = a / A - b / B (Cochran, Sampling Techniques, 1977, chapter 6).
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        value = above / below
        spread = squares[0] / above**2 - 2 * squares[1] / (above * below) + squares[2] / below**2
        reach = np.exp(Z * np.sqrt(np.maximum(spread, 0.0) * n / (n - 1)))
        known = (n > 1) & (above > 0) & (below > 0)
        return np.where(known, value / reach, np.nan), np.where(known, value * reach, np.nan)


def variation(values: Floats, draws: int = 2000) -> tuple[float, float, float]:
    """The coefficient of variation (sd / mean) of some months with its 90 % interval; NaN below six months.

    Bootstrap over the months with a fixed seed, percentiles (Efron 1979), on as many draws.
    """
    if len(values) < 6 or values.mean() <= 0:
        return math.nan, math.nan, math.nan
    drawn = np.random.default_rng(1979).choice(values, (draws, len(values)))
    with np.errstate(divide="ignore", invalid="ignore"):
        each = drawn.std(axis=1, ddof=1) / drawn.mean(axis=1)
    low, high = np.quantile(each[np.isfinite(each)], [(1 - COVER) / 2, (1 + COVER) / 2])
    value = float(values.std(ddof=1) / values.mean())
    return value, min(float(low), value), max(float(high), value)


def rate(events: float, exposure: float) -> tuple[float, float, float]:
    """Events per exposure with the 90 % interval of a Poisson count (Garwood 1936); NaN without exposure."""
    if exposure <= 0:
        return math.nan, math.nan, math.nan
    tail = (1 - COVER) / 2
    low = special.gammaincinv(events, tail) if events else 0.0
    return events / exposure, float(low) / exposure, float(special.gammaincinv(events + 1, 1 - tail)) / exposure


def rates_ratio(events: tuple[int, int], exposures: tuple[float, float]) -> tuple[float, float, float]:
    """How many times as often in the first as in the second, with its 90 % interval; NaN where it cannot be said.

    Given the sum of both counts the first is binomial (Przyborowski and Wilenski 1940); Jeffreys' interval of that.
    """
    if min(exposures) <= 0 or not sum(events):
        return math.nan, math.nan, math.nan
    tail = (1 - COVER) / 2
    a, b = events[0] + 0.5, events[1] + 0.5
    scale = exposures[1] / exposures[0]
    low = 0.0 if not events[0] else float(special.betaincinv(a, b, tail))
    high = 1.0 if not events[1] else float(special.betaincinv(a, b, 1 - tail))
    odds = [share / (1 - share) * scale if share < 1 else math.inf for share in (low, high)]
    value = events[0] / events[1] * scale if events[1] else math.nan
    return value, odds[0], odds[1] if math.isfinite(odds[1]) else math.nan
