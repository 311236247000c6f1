"""Shares of people who were given different cases: a logistic model with a random effect for the person.

Every case falls into one level of each factor (source, size band …), so the cases come as cells: how many, how many of
them succeeded. The model is logit p = intercept + sum of the factors' levels + person, with person ~ N(0, spread^2).
Factors' levels are held loosely, N(0, LOOSE^2), so that a level that always fails has an answer too. At each spread the
mode is found by Newton's steps (penalised iteratively reweighted least squares) and weighed by Laplace's approximation
of its evidence; everything is averaged over the spread, as in `shrinkage` (Tierney and Kadane 1986; Breslow and Clayton
1993).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy import special

from leadline.insights.numbers.proportions import Floats

Codes = NDArray[np.int64]
SPREADS = (np.arange(9) + 0.5) / 6  # standard deviations between people, on the logit; each as likely as another
LOOSE = 3.0
STEPS = 30
NEAR = 1e-5  # Newton's steps double the digits: the next one is below anything shown


@dataclass(frozen=True)
class Cells:
    """One entry per cell: each factor's level (from 0), the person (from 0), successes, trials."""

    factors: tuple[Codes, ...]
    person: Codes
    successes: Floats
    trials: Floats


@dataclass(frozen=True)
class Adjusted:
    """Per person: the share they would have if all had the same cases, and the probability to be below the average.

    `effect` and `deviation` are the person's on the logit.
    """

    value: Floats
    below: Floats
    effect: Floats
    deviation: Floats


class Model:
    """The cells laid out for Newton's steps: one row of ones and zeros per cell, kept as the places of the ones."""

    def __init__(self, cells: Cells) -> None:
        self.cells = cells
        columns = [np.zeros_like(cells.person), *cells.factors, cells.person]
        widths = [int(column.max(initial=0)) + 1 for column in columns]
        starts = np.concatenate(([0], np.cumsum(widths)))
        self.places = [column + start for column, start in zip(columns, starts, strict=False)]
        self.size, self.people = int(starts[-1]), slice(int(starts[-2]), int(starts[-1]))
        self._parts = [slice(int(start), int(stop)) for start, stop in pairwise(starts)]
        # A cell has one level of each factor: the curvature between two factors is a table of both, counted.
        self._pairs = [
            (one * widths[b] + other, a, b) for a, one in enumerate(columns) for b, other in enumerate(columns) if a < b
        ]

    def eta(self, at: Floats) -> Floats:
        """The logit of every cell."""
        found: Floats = np.sum([at[place] for place in self.places], axis=0)
        return found

    def mode(self, spread: float, at: Floats) -> tuple[Floats, Floats, float]:
        """The most likely coefficients at this spread from a start, their curvature, and the log evidence."""
        precision = self._precision(spread)
        for _ in range(STEPS):
            gradient, curvature = self._slopes(at, precision)
            step = np.linalg.solve(curvature, gradient)
            at = at + step * min(1.0, 4.0 / max(float(np.abs(step).max()), 1e-12))
            if float(np.abs(step).max()) < NEAR:
                break
        _gradient, curvature = self._slopes(at, precision)
        _sign, volume = np.linalg.slogdet(curvature)
        prior = -0.5 * float(precision @ at**2) + 0.5 * float(np.log(precision).sum())
        return at, curvature, self._fit(at) + prior - 0.5 * float(volume)

    def _precision(self, spread: float) -> Floats:
        precision = np.full(self.size, LOOSE**-2)
        precision[0] = 1e-6  # the intercept is free
        precision[self.people] = spread**-2
        return precision

    def _fit(self, at: Floats) -> float:
        eta = self.eta(at)
        return float(self.cells.successes @ eta - self.cells.trials @ np.logaddexp(0, eta))

    def _slopes(self, at: Floats, precision: Floats) -> tuple[Floats, Floats]:
        share = special.expit(self.eta(at))
        residual = self.cells.successes - self.cells.trials * share
        weight = self.cells.trials * share * (1 - share)
        gradient, own = -precision * at, precision.copy()
        for place in self.places:
            gradient += np.bincount(place, residual, self.size)
            own += np.bincount(place, weight, self.size)
        curvature = np.diag(own)
        for codes, a, b in self._pairs:
            rows, columns = self._parts[a], self._parts[b]
            shape = (rows.stop - rows.start, columns.stop - columns.start)
            curvature[rows, columns] = np.bincount(codes, weight, shape[0] * shape[1]).reshape(shape)
            curvature[columns, rows] = curvature[rows, columns].T
        return gradient, curvature


def adjusted(cells: Cells, people: int) -> Adjusted:
    """What each of `people` would convert of everybody's cases together, as far as the data can tell.

    Someone without cases has the average with all of the spread as doubt.
    """
    model = Model(cells)
    at = np.zeros(model.size)
    whole = cells.successes.sum() / max(float(cells.trials.sum()), 1.0)
    at[0] = special.logit(np.clip(whole, 1e-3, 1 - 1e-3))
    found: list[tuple[float, Floats, Floats, float]] = []
    for spread in SPREADS[::-1]:
        at, curvature, evidence = model.mode(float(spread), at)
        found.append((float(spread), at, np.linalg.inv(curvature).astype(np.float64), evidence))
    evidences = np.array([each[3] for each in found])
    weights = np.exp(evidences - evidences.max())
    return _averaged(model, found, weights / weights.sum(), people)


def _averaged(model: Model, found: list[tuple[float, Floats, Floats, float]], weights: Floats, people: int) -> Adjusted:
    value, below, effect, second = (np.zeros(people) for _ in range(4))
    trials = model.cells.trials / max(float(model.cells.trials.sum()), 1.0)
    known = model.people.stop - model.people.start
    # The average person is the mean of them all: an effect that all share belongs to the intercept.
    centred = np.eye(known) - 1 / known
    for weight, (spread, at, covariance, _evidence) in zip(weights, found, strict=True):
        own, doubt = np.zeros(people), np.full(people, spread)
        own[:known] = centred @ at[model.people]
        variance = centred @ covariance[model.people, model.people] @ centred.T
        doubt[:known] = np.sqrt(np.maximum(np.diag(variance), 1e-12))
        base = model.eta(at) - at[model.places[-1]] + at[model.people].mean()
        base, places = np.unique(
            np.round(base, 3), return_inverse=True
        )  # alike cases convert alike: each is asked once
        share = np.bincount(places, trials, len(base))
        value += weight * (special.expit(base[None, :] + own[:, None]) @ share)
        below += weight * special.ndtr(-own / doubt)
        effect += weight * own
        second += weight * (doubt**2 + own**2)
    return Adjusted(value, below, effect, np.sqrt(np.maximum(second - effect**2, 0.0)))
