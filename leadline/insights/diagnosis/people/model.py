"""The mixed logistic model of one stage: what was given is fixed, the person is random (R18).

logit P(advanced) = intercept + source + revenue type + quarter + tenure + size band + person, person ~ N(0, spread^2),
as in `numbers.case_mix`: Newton's steps to the mode at each spread, weighed by Laplace's approximation of its evidence
(Tierney and Kadane 1986; Breslow and Clayton 1993), all spreads from 0 to 1.5 equally likely before.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy import special
from scipy.interpolate import CubicSpline

from leadline.insights.ledger.ledger import Floats, Places
from leadline.insights.numbers.case_mix import SPREADS, Cells, Curvature, Model
from leadline.insights.numbers.proportions import COVER

ORDINARY = 0.25  # standard deviation between people, on the logit, where nothing is wrong
HELD = 0.5  # standard deviation of what source, quarter and the like add: few cases must not say much of them
FINE = np.linspace(0.01, 1.5, 150)
LOGISTIC = math.pi**2 / 3  # variance of the standard logistic distribution
Z = float(special.ndtri((1 + COVER) / 2))


@dataclass(frozen=True)
class Interval:
    """A value with its 90 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class People:
    """What one stage says of the people in it: P people, all effects on the logit.

    `spread` is the standard deviation between people, `share` what that is of all variance (of the latent variable,
    Snijders and Bosker 1999), `posterior` its probabilities over FINE. `effect`, `low`, `high` are shrunk towards the
    mean person. `alone` and `doubt` (a standard deviation) are what a person's own cases say, held against the others
    and not shrunk: whether somebody is unlike the others must not be asked of a number made like theirs.
    """

    owner: Places
    trials: Floats
    successes: Floats
    expected: Floats  # successes of an average person with the same cases
    spread: Interval
    share: Interval
    posterior: Floats
    effect: Floats
    low: Floats
    high: Floats
    alone: Floats
    doubt: Floats


def people(cells: Cells, owner: Places) -> People:
    """The model of one stage's cells; `owner` are the places of its people in the ledger."""
    model, found = Model(cells, HELD), []
    at = np.zeros(model.size)
    whole = cells.successes.sum() / max(float(cells.trials.sum()), 1.0)
    at[0] = special.logit(np.clip(whole, 1e-3, 1 - 1e-3))
    for spread in SPREADS[::-1]:
        at, curvature, evidence = model.mode(float(spread), at)
        found.append((float(spread), at, curvature, evidence))
    evidences = np.array([each[3] for each in found])
    posterior = _posterior(evidences[::-1])
    effect, deviation = _averaged(model, found, evidences)
    alone, doubt, expected = _alone(model, found[-2])
    count = len(owner)
    return People(
        owner,
        np.bincount(cells.person, cells.trials, count).astype(np.float64),
        np.bincount(cells.person, cells.successes, count).astype(np.float64),
        expected,
        interval(FINE, posterior),
        interval(FINE**2 / (FINE**2 + LOGISTIC), posterior),
        posterior,
        effect,
        effect - Z * deviation,
        effect + Z * deviation,
        alone,
        doubt,
    )


def interval(values: Floats, chances: Floats) -> Interval:
    """Median and 90 % of an ascending value with these probabilities."""
    running = np.cumsum(chances) / chances.sum()
    low, middle, high = (
        float(values[min(int(np.searchsorted(running, tail)), len(values) - 1)])
        for tail in ((1 - COVER) / 2, 0.5, (1 + COVER) / 2)
    )
    return Interval(middle, low, high)


def _posterior(evidences: Floats) -> Floats:
    """Of the spreads of FINE; the logarithm of the evidence is smooth between those that were tried, flat beyond."""
    fine = np.asarray(CubicSpline(np.log(SPREADS), evidences)(np.log(np.clip(FINE, SPREADS[0], SPREADS[-1]))))
    weights: Floats = np.exp(fine - fine.max())
    found: Floats = weights / weights.sum()
    return found


def _averaged(
    model: Model, found: list[tuple[float, Floats, Curvature, float]], evidences: Floats
) -> tuple[Floats, Floats]:
    """Each person's effect about the mean person, and its standard deviation, over all spreads."""
    weights = np.exp(evidences - evidences.max())
    weights = weights / weights.sum()
    effect, second = np.zeros(model.people.stop - model.people.start), 0.0
    for weight, (_, at, curvature, _) in zip(weights, found, strict=True):
        own = at[model.people] - at[model.people].mean()
        effect = effect + weight * own
        second = second + weight * (curvature.about_the_mean() + own**2)
    return effect, np.sqrt(np.maximum(second - effect**2, 0.0))


def _alone(model: Model, fit: tuple[float, Floats, Curvature, float]) -> tuple[Floats, Floats, Floats]:
    """(effect, its standard deviation, expected successes) of each person as if only the others were held together.

    The prior of one person is taken out of the joint normal approximation (Sherman and Morrison): with variance v and
    value m of the penalised coefficient they become v / (1 - v / spread^2) and m / (1 - v / spread^2).
    """
    spread, at, curvature, _ = fit
    variance = curvature.of_people()
    left = np.maximum(1 - variance / spread**2, 1e-3)
    base = model.eta(at) - at[model.places[-1]]
    expected = np.bincount(model.cells.person, model.cells.trials * special.expit(base), len(left)).astype(np.float64)
    return at[model.people] / left, np.sqrt(variance / left), expected
