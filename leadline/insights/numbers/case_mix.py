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


class Curvature:
    """The matrix of second derivatives: between levels, of levels with people, and of people, which is diagonal.

    No case has two people, so that all is solved in the size of the levels (Schur's complement), however many people.
    """

    def __init__(self, levels: Floats, mixed: Floats, people: Floats) -> None:
        self._mixed, self._people = mixed, people
        self._shared = mixed / people
        self._rest = levels - self._shared @ mixed.T

    @property
    def volume(self) -> float:
        """The logarithm of the determinant."""
        return float(np.linalg.slogdet(self._rest)[1]) + float(np.log(self._people).sum())

    def solved(self, gradient: Floats) -> Floats:
        """Newton's step."""
        cases = len(self._rest)
        levels = np.linalg.solve(self._rest, gradient[:cases] - self._shared @ gradient[cases:])
        found: Floats = np.concatenate((levels, (gradient[cases:] - self._mixed.T @ levels) / self._people))
        return found

    def of_people(self) -> Floats:
        """The variance of each person's coefficient."""
        pulled: Floats = np.asarray(np.linalg.solve(self._rest, self._shared), np.float64)
        return self._own(pulled)

    def _own(self, pulled: Floats) -> Floats:
        found: Floats = 1 / self._people + (self._shared * pulled).sum(axis=0)
        return found

    def about_the_mean(self) -> Floats:
        """The variance of each person's coefficient less the mean of all of them."""
        n = len(self._people)
        mean = self._shared.mean(axis=1)
        pulled = np.linalg.solve(self._rest, np.column_stack((self._shared, mean)))
        own = self._own(pulled[:, :n])
        with_mean = 1 / self._people / n + self._shared.T @ pulled[:, n]
        whole = float((1 / self._people).sum()) / n**2 + float(mean @ pulled[:, n])
        found: Floats = np.maximum(own - 2 * with_mean + whole, 1e-12)
        return found


class Model:
    """The cells laid out for Newton's steps: one row of ones and zeros per cell, kept as the places of the ones."""

    def __init__(self, cells: Cells, loose: float = LOOSE) -> None:
        self.cells, self._loose = cells, loose
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

    def mode(self, spread: float, at: Floats) -> tuple[Floats, Curvature, float]:
        """The most likely coefficients at this spread from a start, their curvature, and the log evidence."""
        precision = self._precision(spread)
        for _ in range(STEPS):
            gradient, curvature = self._slopes(at, precision)
            step = curvature.solved(gradient)
            at = at + step * min(1.0, 4.0 / max(float(np.abs(step).max()), 1e-12))
            if float(np.abs(step).max()) < NEAR:
                break
        _gradient, curvature = self._slopes(at, precision)
        prior = -0.5 * float(precision @ at**2) + 0.5 * float(np.log(precision).sum())
        return at, curvature, self._fit(at) + prior - 0.5 * curvature.volume

    def _precision(self, spread: float) -> Floats:
        precision = np.full(self.size, self._loose**-2)
        precision[0] = 1e-6  # the intercept is free
        precision[self.people] = spread**-2
        return precision

    def _fit(self, at: Floats) -> float:
        eta = self.eta(at)
        return float(self.cells.successes @ eta - self.cells.trials @ np.logaddexp(0, eta))

    def _slopes(self, at: Floats, precision: Floats) -> tuple[Floats, Curvature]:
        share = special.expit(self.eta(at))
        residual = self.cells.successes - self.cells.trials * share
        weight = self.cells.trials * share * (1 - share)
        gradient, own = -precision * at, precision.copy()
        for place in self.places:
            gradient += np.bincount(place, residual, self.size)
            own += np.bincount(place, weight, self.size)
        cases = self.people.start
        levels, mixed = np.diag(own[:cases]), np.zeros((cases, self.size - cases))
        for codes, a, b in self._pairs:
            rows, columns = self._parts[a], self._parts[b]
            shape = (rows.stop - rows.start, columns.stop - columns.start)
            table = np.bincount(codes, weight, shape[0] * shape[1]).reshape(shape)
            if columns.start == cases:
                mixed[rows] = table
            else:
                levels[rows, columns], levels[columns, rows] = table, table.T
        return gradient, Curvature(levels, mixed, own[cases:])


def adjusted(cells: Cells, people: int) -> Adjusted:
    """What each of `people` would convert of everybody's cases together, as far as the data can tell.

    Someone without cases has the average with all of the spread as doubt.
    """
    model = Model(cells)
    at = np.zeros(model.size)
    whole = cells.successes.sum() / max(float(cells.trials.sum()), 1.0)
    at[0] = special.logit(np.clip(whole, 1e-3, 1 - 1e-3))
    found: list[tuple[float, Floats, Curvature, float]] = []
    for spread in SPREADS[::-1]:
        at, curvature, evidence = model.mode(float(spread), at)
        found.append((float(spread), at, curvature, evidence))
    evidences = np.array([each[3] for each in found])
    weights = np.exp(evidences - evidences.max())
    return _averaged(model, found, weights / weights.sum(), people)


def _averaged(
    model: Model, found: list[tuple[float, Floats, Curvature, float]], weights: Floats, people: int
) -> Adjusted:
    value, below, effect, second = (np.zeros(people) for _ in range(4))
    trials = model.cells.trials / max(float(model.cells.trials.sum()), 1.0)
    known = model.people.stop - model.people.start
    for weight, (spread, at, curvature, _evidence) in zip(weights, found, strict=True):
        own, doubt = np.zeros(people), np.full(people, spread)
        # The average person is the mean of them all: an effect that all share belongs to the intercept.
        own[:known] = at[model.people] - at[model.people].mean()
        doubt[:known] = np.sqrt(curvature.about_the_mean())
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
