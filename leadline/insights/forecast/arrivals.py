"""How many deals will be created: per stream, week by week.

Each stream's weekly rate is followed by the gamma-Poisson model with discount (Harrison and Stevens 1976; Smith and
Miller, "A non-Gaussian state space model and application to prediction of records", JRSS B 48, 1986): old weeks count
less, by a factor that foretells the stream's own past weeks best. The season is that of all streams together.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln

from leadline.insights.ledger.ledger import Floats

DISCOUNTS = (0.7, 0.8, 0.88, 0.94, 0.97, 0.985)
USUAL = np.array([-3.0, -2.0, -1.0, 0.0, 0.0, -0.5])  # what is thought of them beforehand, on the log scale
SEASONAL = 60  # weeks of history from which on a season can be told from a trend
DAMPED = 0.5  # how much of the trend goes on
TREND, WAVE = 0.2, 0.12  # standard deviations beforehand: of growth a year, of the waves of the season
YEAR = 365.25 / 7
RECENT = 60  # weeks by which the dispersion is judged


@dataclass(frozen=True)
class Stream:
    """The rate now: gamma with `shape` and `rate`, of weeks at season 1; `spread`: how much weeks vary beyond it."""

    shape: float
    rate: float
    discount: float
    spread: float


def season(counts: Floats, ahead: int) -> Floats:
    """(past weeks + ahead,): times the usual week, from the counts (W,) of all streams, the last week last.

    A Poisson regression on two waves a year and a trend, held against none; half of the trend is carried on.
    """
    weeks = len(counts)
    if weeks < SEASONAL or counts.sum() < 100:
        return np.ones(weeks + ahead)
    week = np.arange(weeks + ahead, dtype=np.float64) - weeks
    angle = 2 * np.pi * week / YEAR
    waves = np.column_stack([np.sin(angle), np.cos(angle), np.sin(2 * angle), np.cos(2 * angle)])
    columns = np.column_stack([np.ones(len(week)), week / YEAR, waves])
    held = 1 / np.array([10.0, TREND, *[WAVE] * 4]) ** 2
    past, found = columns[:weeks], np.zeros(6)
    found[0] = np.log(counts.mean())
    for _ in range(12):
        mean = np.exp(past @ found)
        much = max(1.0, float(((counts - mean) ** 2 / mean).sum() / max(1, weeks - 6)))
        slope = past.T @ (counts - mean) / much - held * found * (np.arange(6) > 0)
        found = found + np.linalg.solve((past.T * mean) @ past / much + np.diag(held), slope)
    return np.asarray(np.exp(waves @ found[2:] + DAMPED * found[1] * np.maximum(week, 0) / YEAR))


def stream(counts: Floats, seasonal: Floats) -> Stream:
    """One stream's rate, from its counts (W,) and the season of the same weeks."""
    followed = [_followed(counts, seasonal, discount) for discount in DISCOUNTS]
    best = int(np.argmax([one[0] for one in followed] + USUAL))
    return followed[best][1]


def _followed(counts: Floats, seasonal: Floats, discount: float) -> tuple[float, Stream]:
    """How well each week was foretold (log likelihood, from the second quarter on), and where it ends."""
    first = counts[:8]
    shape, rate = 0.5 + 0.25 * float(first.sum()), 0.5 + 0.25 * float(seasonal[:8].sum())
    shapes, rates = np.empty(len(counts)), np.empty(len(counts))
    for week, (count, factor) in enumerate(zip(counts, seasonal, strict=True)):
        shapes[week], rates[week] = shape, rate
        shape, rate = discount * shape + count, discount * rate + factor
    mean = shapes / rates * seasonal
    told = slice(min(8, len(counts) // 2), None)
    size = shapes * discount
    lately = slice(max(told.start, len(counts) - RECENT), None)
    beyond = (counts[lately] - mean[lately]) ** 2 - mean[lately] - mean[lately] ** 2 / size[lately]
    spread = float(np.clip(beyond.sum() / max(1e-9, (mean[lately] ** 2).sum()), 0.0, 1.0))
    softer = 1 + spread * float(mean[lately].mean() if len(mean[lately]) else 0.0)
    likely = _likelihood(counts[told], 1 / (1 / size[told] + spread), mean[told])
    return likely, Stream(shape / softer, rate / softer, discount, spread)


def _likelihood(counts: Floats, size: Floats, mean: Floats) -> float:
    """Of the negative binomial."""
    share = size / (size + mean)
    log = gammaln(counts + size) - gammaln(size) - gammaln(counts + 1) + size * np.log(share)
    return float((log + counts * np.log1p(-share + 1e-12)).sum())


def rates(one: Stream, seasonal: Floats, draws: int, rng: np.random.Generator) -> Floats:
    """(draws, weeks ahead) of the weekly rate: the level wanders on as it did, each week has luck of its own."""
    shape = max(one.shape, 0.05)
    level = rng.gamma(shape, 1 / max(one.rate, 1e-9), draws)
    found = np.empty((draws, len(seasonal)))
    for week, factor in enumerate(seasonal):
        kept = max(one.discount * shape, 1e-3)
        level = level * rng.beta(kept, max(1e-6, (1 - one.discount) * shape), draws) / one.discount
        own = rng.gamma(1 / one.spread, one.spread, draws) if one.spread > 1e-4 else 1.0
        found[:, week] = level * own * factor
    return found
