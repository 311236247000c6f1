"""Chances from signs: logistic regression that a few cases cannot lead astray."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from leadline.insights.numbers.proportions import Floats

Matrix = NDArray[np.float64]
STEPS = 50
FOLDS = 5


@dataclass(frozen=True)
class Fit:
    """`weights[0]` is the intercept, the others one per column of the signs; `spread` is their covariance."""

    weights: Floats
    spread: Matrix

    def chance(self, signs: Matrix) -> Floats:
        """The fitted probability of each row of signs."""
        found: Floats = special.expit(self.weights[0] + signs @ self.weights[1:])
        return found


def fit(signs: Matrix, successes: Floats, trials: Floats, prior: float = 1.0) -> Fit:
    """Maximum penalised likelihood: `successes` of `trials` for each row of signs.

    Each weight but the intercept has a normal prior of mean 0 and this standard deviation (ridge; Hoerl and Kennard
    1970; le Cessie and van Houwelingen 1992). Newton's steps, halved where they would not climb; the covariance is the
    inverse of the Hessian there (Laplace). Rows are patterns, so a million deals cost what a hundred do.
    """
    design = np.column_stack((np.ones(len(signs)), signs))
    penalty = np.diag([1e-6, *[1 / prior**2] * signs.shape[1]])
    weights = np.zeros(design.shape[1])
    height = _height(design, successes, trials, penalty, weights)
    for _ in range(STEPS):
        chance = special.expit(design @ weights)
        slope = design.T @ (successes - trials * chance) - penalty @ weights
        bend = (design * (trials * chance * (1 - chance))[:, None]).T @ design + penalty
        step = np.linalg.solve(bend, slope)
        while (
            _height(design, successes, trials, penalty, weights + step) < height - 1e-12 and np.abs(step).max() > 1e-9
        ):
            step = step / 2
        weights = weights + step
        height = _height(design, successes, trials, penalty, weights)
        if np.abs(step).max() < 1e-9:
            break
    spread: Matrix = np.linalg.inv(bend).astype(np.float64)
    return Fit(weights, spread)


def _height(design: Matrix, successes: Floats, trials: Floats, penalty: Matrix, weights: Floats) -> float:
    line = design @ weights
    return float(successes @ line - trials @ np.logaddexp(0, line) - weights @ penalty @ weights / 2)


def calibrated(signs: Matrix, successes: Floats, trials: Floats, seed: int = 0) -> Fit:
    """A fit whose weights are scaled by what they proved to be worth on cases held out (Cox 1958; van Houwelingen).

    The cases of each pattern are dealt into five folds at random, but always alike for a seed. The slope that brings
    the chances of the held-out fifths to what happened multiplies every weight, from 0 to 1.
    """
    whole = fit(signs, successes, trials)
    held = _folds(successes, trials, np.random.default_rng(seed))
    lines, seen = [], []
    for won, of in held:
        rest = fit(signs, successes - won, trials - of)
        lines.append(signs @ rest.weights[1:])
        seen.append((won, of))
    line = np.concatenate(lines)[:, None]
    slope = fit(line, np.concatenate([won for won, _ in seen]), np.concatenate([of for _, of in seen]), prior=10.0)
    scale = float(np.clip(slope.weights[1], 0.0, 1.0))
    weights = whole.weights[1:] * scale
    # The intercept is fitted anew beside the scaled weights, so that the mean chance is the mean seen.
    return Fit(np.concatenate(([_intercept(signs @ weights, successes, trials)], weights)), whole.spread * scale**2)


def _intercept(line: Floats, successes: Floats, trials: Floats) -> float:
    low, high = -40.0, 40.0
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if trials @ special.expit(middle + line) < successes.sum() else (low, middle)
    return (low + high) / 2


def _folds(successes: Floats, trials: Floats, chance: np.random.Generator) -> list[tuple[Floats, Floats]]:
    """(successes, trials) per pattern of each fold."""
    good, bad = successes.astype(np.int64), (trials - successes).astype(np.int64)
    shares = [1 / FOLDS] * FOLDS
    parts = [chance.multinomial(counts, shares).astype(np.float64) for counts in (good, bad)]
    return [(parts[0][:, fold], parts[0][:, fold] + parts[1][:, fold]) for fold in range(FOLDS)]
