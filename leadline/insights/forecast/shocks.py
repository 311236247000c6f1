"""Good and bad months of selling: how far all deals together did better or worse than each one's chances said.

Deals do not have their luck alone: a quarter's end, a new price, a holiday move them together. What wins of a month
differ from what was expected, beyond the luck of single deals, is the variance of a factor on all bookings of a month.
"""

from __future__ import annotations

import numpy as np

from leadline.insights.forecast.rows import Rows
from leadline.insights.forecast.spells import LOST, WON
from leadline.insights.ledger.ledger import Floats

MONTH = 28.0  # days
USUAL, HELD = 0.08, 4.0  # the standard deviation beforehand, and how many months it counts for
LASTS = 0.5  # correlation from one month to the next
MOST = 0.6
BLOCK = 4  # weeks


def shock(rows: Rows, said: Floats) -> float:
    """The standard deviation of that factor; `said` is the chance of each row to be won as fitted."""
    there = rows.outcome != LOST
    month = np.maximum(0, rows.back[there] // MONTH).astype(np.int64)
    expected = np.bincount(month, rows.weight[there] * said[there])
    won = np.bincount(month, rows.weight[there] * (rows.outcome[there] == WON))
    told = expected >= 1.0
    beyond = float(((won - expected) ** 2 - expected)[told].sum() / max(1e-9, float((expected[told] ** 2).sum())))
    months = float(told.sum())
    return min(MOST, float(np.sqrt((months * max(0.0, beyond) + HELD * USUAL**2) / (months + HELD))))


def factors(deviation: float, weeks: int, draws: int, rng: np.random.Generator) -> Floats:
    """(draws, weeks), of mean 1."""
    months = -(-weeks // BLOCK)
    normal = rng.standard_normal((draws, months))
    for month in range(1, months):
        normal[:, month] = LASTS * normal[:, month - 1] + np.sqrt(1 - LASTS**2) * normal[:, month]
    return np.repeat(np.exp(deviation * normal - deviation**2 / 2), BLOCK, axis=1)[:, :weeks]
