"""Correcting the spread by the pipeline's own past errors.

Each past forecast is scored by where the outcome fell in its own distribution, in the manner of conformal prediction
(Vovk, Gammerman, Shafer 2005; for forecasts in time Gibbs and Candes 2021), on a normal scale of the logarithm of
money. With few past forecasts, which overlap, the plain conformal quantile would be the largest error of all; so the
mean and the spread of the scores are held against none (0 and 1), each past forecast counting by the share of its days
that no other one covers, and the interval is never narrowed.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from leadline.insights.forecast.answer import HIGH, LOW, MEDIAN, Correction, Past
from leadline.insights.forecast.events import Events, times
from leadline.insights.ledger.ledger import Floats

TAIL = 1.6449  # of the normal distribution, 95 %
HELD_SPREAD, HELD_SHIFT = 5.0, 4.0  # past forecasts that "no correction" counts for
LUCK = 4.0  # what the square of a mean error by luck alone comes to, and then some
FARTHEST = 3.5
EVERY = 4  # weeks between two past forecasts
NARROWEST, WIDEST = 1.0, 2.5  # own past errors are too few to ever be surer by them


def correction(past: Sequence[Past]) -> Correction:
    """From the past forecasts whose outcome is known."""
    known = [(one, scored(one)) for one in past]
    told = [(one, score) for one, score in known if score is not None]
    if not told:
        return Correction(0)
    score = np.array([score for _, score in told])
    weight = np.array([min(1.0, EVERY / one.weeks) for one, _ in told])
    width = np.array([_width(one, np.sign(at)) for one, at in told])
    share = _share(float(np.average(score, weights=weight)), float(weight.sum()))
    shift = share * float(np.average(score * width, weights=weight))
    centred = score - share * float(np.average(score, weights=weight))
    spread = np.sqrt((HELD_SPREAD + (weight * centred**2).sum()) / (HELD_SPREAD + weight.sum()))
    return Correction(len({one.as_of for one, _ in told}), shift, float(np.clip(spread, NARROWEST, WIDEST)))


def _share(mean: float, weight: float) -> float:
    """How much of the mean error is mended: none where it may be luck (James and Stein's estimator, positive part)."""
    return max(0.0, 1 - LUCK / max(1e-9, weight * mean**2)) * weight / (weight + HELD_SHIFT)


def scored(one: Past) -> float | None:
    """How many standard deviations the outcome lies from the median; None where the forecast was (nearly) nothing."""
    width = _width(one, one.outcome - one.quantiles[MEDIAN])
    if width <= 0 or one.outcome <= 0 or one.quantiles[MEDIAN] <= 0:
        return None
    return float(np.clip(np.log(one.outcome / one.quantiles[MEDIAN]) / width, -FARTHEST, FARTHEST))


def corrected(found: Events, told: Correction) -> Events:
    """The same wins, with more or less money in each draw."""
    money = np.bincount(found.draw, found.money, minlength=found.draws)
    middle = float(np.median(money))
    if middle <= 0 or told.origins == 0:
        return found
    log = np.log(np.maximum(money, middle * 1e-3) / middle)
    return times(found, np.exp(told.shift + (told.spread - 1) * log))


def _width(one: Past, side: float) -> float:
    """One standard deviation of the logarithm, on that side of the median."""
    quantiles: Floats = np.maximum(one.quantiles, one.quantiles[HIGH] * 1e-3)
    if quantiles[HIGH] <= 0:
        return 0.0
    away = HIGH if side >= 0 else LOW
    return float(abs(np.log(quantiles[away] / quantiles[MEDIAN])) / TAIL)
