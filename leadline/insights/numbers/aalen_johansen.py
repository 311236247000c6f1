"""How many get where they are going when some fall out and some are still under way."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy import special

from leadline.insights.numbers.proportions import COVER, Floats, jeffreys


@dataclass(frozen=True)
class Incidence:
    """The share that arrives in the end with its 90 % interval, and the share of which nothing is known yet.

    NaN where nobody was watched to an end.
    """

    value: float
    low: float
    high: float
    undecided: float


def incidence(lasted: Floats, arrived: Floats, failed: Floats) -> Incidence:
    """The Aalen-Johansen cumulative incidence of arriving, with failing as the competing risk, at the last end seen.

    One entry per thing: how long it was watched, and whether it arrived (1) or failed (1) then; neither: censored.
    Variance: the delta method on Greenwood's terms (Marubini and Valsecchi 1995; Collett, "Modelling Survival Data in
    Medical Research", chapter 12), the interval on the log-minus-log scale. Where all or none arrive, or none is
    censored, it is Jeffreys' interval of what is decided.
    """
    times = np.unique(lasted[(arrived > 0) | (failed > 0)])
    if not len(times):
        return Incidence(math.nan, math.nan, math.nan, math.nan)
    arrivals, failures = _counted(times, lasted[arrived > 0]), _counted(times, lasted[failed > 0])
    at_risk = len(lasted) - np.searchsorted(np.sort(lasted), times, "left").astype(np.float64)
    ends = arrivals + failures
    survival = np.cumprod(1 - ends / at_risk)
    before = np.concatenate(([1.0], survival[:-1]))
    reached = np.cumsum(before * arrivals / at_risk)
    value = float(reached[-1])
    decided = float(ends.sum())
    if decided == len(lasted) or not 0 < value < 1 - 1e-12:
        low, high = (float(end[0]) for end in jeffreys(arrivals.sum(keepdims=True), ends.sum(keepdims=True)))
        return Incidence(value, min(low, value), max(high, value), float(survival[-1]))
    low, high = _interval(value, _variance(value - reached, arrivals, ends, at_risk, before))
    return Incidence(value, low, high, float(survival[-1]))


def _counted(times: Floats, ends: Floats) -> Floats:
    found = np.bincount(np.searchsorted(times, ends), minlength=len(times))
    return found.astype(np.float64)


def _variance(to_come: Floats, arrivals: Floats, ends: Floats, at_risk: Floats, before: Floats) -> float:
    """The variance of the incidence at the last end; `to_come` is what it gained after each time."""
    left = at_risk - ends
    greenwood = np.divide(ends, at_risk * left, out=np.zeros_like(ends), where=left > 0)
    own = before**2 * arrivals * (at_risk - arrivals) / at_risk**3
    both = to_come * before * arrivals / at_risk**2
    return float((to_come**2 * greenwood + own - 2 * both).sum())


def _interval(value: float, variance: float) -> tuple[float, float]:
    z = float(special.ndtri((1 + COVER) / 2))
    reach = z * math.sqrt(max(variance, 0.0)) / (value * abs(math.log(value)))
    return value ** math.exp(reach), value ** math.exp(-reach)
