"""Where a period is heading, from how far it is, how others went before it, and by how much luck alone moves it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from leadline.insights.numbers.proportions import COVER, Floats

Pairs = Sequence[tuple[float, float]]
PAST = 4  # periods that make a season
ENOUGH = 8  # deals of one's own that tell how sizes differ
DRAWS, SEED = 4000, 2026
FARTHEST = math.log(1e6)  # times what is done: beyond it nothing is expected anyway


@dataclass(frozen=True)
class Sizes:
    """How large single results (won deals …) are: of `n` of them the mean and the variance of one."""

    n: int
    mean: float
    variance: float


@dataclass(frozen=True)
class Pace:
    """`usual`: the share of a period's result that is there by now; what is expected at the end, 90 % low to high.

    `seasonal`: from past periods; else by working days. None where nothing can be said yet.
    """

    usual: float | None
    expected: float | None
    low: float | None
    high: float | None
    seasonal: bool


def sizes(days: Sequence[tuple[float, int]]) -> Sizes:
    """From days' results, each with how many single ones it is the sum of: n of them differ n times as much as one."""
    days = [(result, n) for result, n in days if n > 0]
    count = sum(n for _result, n in days)
    mean = sum(result for result, _n in days) / max(count, 1)
    apart = sum((result - n * mean) ** 2 / n for result, n in days)
    return Sizes(count, mean, apart / max(len(days) - 1, 1))


def pace(
    done: float, counted: int, worked: int, workdays: int, season: Pairs, own: Sizes, everybody: Sizes | None = None
) -> Pace:
    """`done` after `worked` of `workdays` working days: the sum of `counted` single results.

    `season` holds the team's past periods of the same length as (result by then, result at the end). With four that
    had a result, the usual share is theirs together, else the share of working days; the end is expected where that
    share leads from what is done. The interval is that of a sum of a random number of random sizes (compound Poisson,
    its rate gamma with what was counted so far as its shape, so that its middle is the expected count), of `own` sizes,
    or of `everybody`'s while own ones are few, with what the season itself leaves open (`_unrest`).
    """
    if worked >= workdays:
        return Pace(1.0, done, done, done, seasonal=False)
    able = [(early, end) for early, end in season if end > 0]
    seasonal = len(able) >= PAST
    usual = sum(early for early, _end in able) / sum(end for _early, end in able) if seasonal else worked / workdays
    if usual <= 0 or done <= 0 or counted <= 0 or (not seasonal and worked < 2):
        return Pace(usual, None, None, None, seasonal)
    expected, whole = done / usual, everybody or own
    times = _times(usual, able, whole) if seasonal else np.full(DRAWS, 1 / usual)
    if times is None:
        return Pace(usual, expected, None, None, seasonal)
    ends = done + _still_to_come(counted, times, own if own.n >= ENOUGH else whole)
    low, high = np.quantile(ends, [(1 - COVER) / 2, (1 + COVER) / 2])
    return Pace(usual, expected, min(float(low), expected), max(float(high), expected), seasonal)


def _times(usual: float, season: Pairs, of: Sizes) -> Floats | None:
    """How many times what is there by now the end may be: Student's t about the usual, on the logarithm."""
    missed = [math.log(end * usual / early) for early, end in season if early > 0]
    if len(missed) < 2:
        return None
    draws = np.random.default_rng(SEED).standard_t(len(missed) - 1, DRAWS)
    found: Floats = np.exp(np.minimum(-math.log(usual) + _unrest(missed, usual, of, len(season)) * draws, FARTHEST))
    return found


def _unrest(missed: Sequence[float], usual: float, of: Sizes, periods: int) -> float:
    """The standard deviation of one period's season about the usual one, beyond what luck with deals explains.

    Luck's part of the variance is (1 - usual) / (usual x deals of a period) x (1 + their squared coefficient of
    variation); the rest is the season's own (moments, as DerSimonian and Laird 1986), plus what few periods leave open.
    """
    variance = float(np.var(missed, ddof=1))
    luck = (1 - usual) / usual * (periods + usual) / max(of.n, 1)
    luck *= 1 + (of.variance / of.mean**2 if of.mean else 0.0)
    return math.sqrt(max(variance - luck, 0.0) + variance / len(missed))


def _still_to_come(counted: int, times: Floats, of: Sizes) -> Floats:
    """Draws of what the rest of the period adds: sizes are gamma, their mean as sure as the deals are many."""
    chance = np.random.default_rng(SEED + 1)
    more = chance.poisson(chance.gamma(counted, size=DRAWS) * np.maximum(times - 1, 0.0))
    if of.mean <= 0 or of.variance <= 0:
        alike: Floats = more.astype(np.float64) * max(of.mean, 0.0)
        return alike
    shape = of.mean**2 / of.variance
    mean = chance.gamma(of.n * shape, of.mean / (of.n * shape), DRAWS)
    sums: Floats = np.where(more > 0, chance.gamma(np.maximum(more, 1) * shape) * mean / shape, 0.0)
    return sums
