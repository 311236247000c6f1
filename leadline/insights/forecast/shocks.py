"""Good and bad months of selling: how far all deals together did better or worse than each one's chances said.

Deals do not have their luck alone: a quarter's end, a new price, a holiday move them together. What wins of a month
differ from what was expected, beyond the luck of single deals, is the variance of a factor on all bookings of a month.
"""

from __future__ import annotations

import numpy as np

from leadline.insights.forecast.rows import Rows
from leadline.insights.forecast.spells import LOST, WON
from leadline.insights.ledger.ledger import Floats, Moments

MONTH = 28.0  # days
USUAL, HELD = 0.06, 4.0  # the standard deviation beforehand, and how many months it counts for
LASTS = 0.5  # correlation from one month to the next
MOST = 0.6
BLOCK = 4  # weeks
MOST_MONTHS = 26


def shock(rows: Rows, said: Floats, closed: Moments, as_of: float, start: float) -> float:
    """The standard deviation of that factor: by the open deals, or by all wins, whichever varied more.

    `said` is the chance of each row to be won as fitted; `closed` when deals were won.
    """
    there = rows.outcome != LOST
    month = np.maximum(0, rows.back[there] // MONTH).astype(np.int64)
    expected = np.bincount(month, rows.weight[there] * said[there]).astype(np.float64)
    won = np.bincount(month, rows.weight[there] * (rows.outcome[there] == WON)).astype(np.float64)
    told = expected >= 1.0
    return max(_beyond(won[told], expected[told], 1.0), _of_wins(closed, as_of, start))


def _of_wins(closed: Moments, as_of: float, start: float) -> float:
    """Each month's wins against the mean of the month before and the one after, whose own luck adds a half."""
    months = min(MOST_MONTHS, int((as_of - start) // MONTH))
    back = np.floor((as_of - closed) / MONTH).astype(np.int64)
    wins = np.bincount(back[(back >= 0) & (back < months)], minlength=max(1, months)).astype(np.float64)
    return _beyond(wins[1:-1], (wins[:-2] + wins[2:]) / 2, 1.5)


def _beyond(wins: Floats, expected: Floats, luck: float) -> float:
    """`luck` is the variance by chance, and that of the factor's estimate, in units of their own."""
    squares = luck * max(1e-9, float((expected**2).sum()))
    months = float(len(wins))
    doubt = 1 + np.sqrt(2 / max(1.0, months))  # one standard error of such a sum
    beyond = float(((wins - expected) ** 2 - doubt * luck * expected).sum()) / squares
    return min(MOST, float(np.sqrt((months * max(0.0, beyond) + HELD * USUAL**2) / (months + HELD))))


def factors(deviation: float, weeks: int, draws: int, rng: np.random.Generator) -> Floats:
    """(draws, weeks), of mean 1."""
    months = -(-weeks // BLOCK)
    normal = rng.standard_normal((draws, months))
    for month in range(1, months):
        normal[:, month] = LASTS * normal[:, month - 1] + np.sqrt(1 - LASTS**2) * normal[:, month]
    return np.repeat(np.exp(deviation * normal - deviation**2 / 2), BLOCK, axis=1)[:, :weeks]
