"""What a factor has been at its best, without mistaking luck for a benchmark (R17)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from leadline.insights.ledger.ledger import Floats

BEST = 4  # quarters in a row: a year, so that no season is anybody's best
STEPS = 20
LEAST = 3  # quarters with cases, without which nothing has a best


@dataclass(frozen=True)
class Benchmark:
    """Draws on the logarithm: the present (N,), the best (N,), and the place of the best's first quarter."""

    now: Floats
    best: Floats
    first: int
    quarters: int


def benchmark(log: Floats, error: Floats, recent: int, draws: int, rng: np.random.Generator) -> Benchmark | None:
    """Of quarters (Q,), oldest first, more being better; NaN: nothing known. None where too few quarters know anything.

    Each quarter is drawn towards the mean of all (Efron and Morris 1975), and only then the best four in a row are
    chosen. How far quarters truly differ is drawn as well: that they do not at all is as likely before as that they do.
    So the best of even luck is no better than the mean. The present is the mean of the last `recent` quarters, tempered
    alike.
    """
    known = np.isfinite(log) & np.isfinite(error) & (error > 0)
    if known.sum() < LEAST or not known[-recent:].any():
        return None
    spread, chance = _spreads(log[known], error[known])
    weight = np.where(known, 1 / (spread[:, None] ** 2 + np.where(known, error, 1.0) ** 2), 0.0)
    seen = np.where(known, log, 0.0)
    centre = (weight * seen).sum(axis=1, keepdims=True) / weight.sum(axis=1, keepdims=True)
    pull = spread[:, None] ** 2 * weight
    mean = centre + pull * (seen - centre)  # (spreads, Q)
    picked = rng.choice(len(spread), draws, p=chance)
    away = np.sqrt(spread[picked, None] ** 2 * (1 - pull[picked])) * rng.standard_normal((draws, len(log)))
    drawn = mean[picked] + away
    length = min(BEST, len(log))
    windows = sliding_window_view(chance @ mean, length).mean(axis=1)
    enough = sliding_window_view(known, length).sum(axis=1) * 2 >= length
    first = int(np.argmax(np.where(enough, windows, -np.inf)))
    return Benchmark(drawn[:, -recent:].mean(axis=1), drawn[:, first : first + length].mean(axis=1), first, length)


def _spreads(log: Floats, error: Floats) -> tuple[Floats, Floats]:
    """Standard deviations that there may be between quarters, the first 0, and how likely each is."""
    spread = np.linspace(0.0, 2 * float(log.std()), STEPS + 1)
    variance = spread[:, None] ** 2 + error**2
    centre = (log / variance).sum(axis=1) / (1 / variance).sum(axis=1)
    fit = np.log(variance) + (log - centre[:, None]) ** 2 / variance
    evidence = -0.5 * (fit.sum(axis=1) + np.log((1 / variance).sum(axis=1)))  # the mean integrated out
    weight = np.exp(evidence - evidence.max())
    weight[0] *= STEPS  # as likely before as all others together
    return spread, np.asarray(weight / weight.sum())
