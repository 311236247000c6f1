"""What the forecast says of each open deal: which of them carry it."""

from __future__ import annotations

import numpy as np

from leadline.insights.forecast import sizes
from leadline.insights.forecast.answer import OpenDeals
from leadline.insights.forecast.chances import Chances
from leadline.insights.forecast.days import WEEK, today
from leadline.insights.forecast.sizes import Sizes
from leadline.insights.forecast.standing import Book
from leadline.insights.ledger.ledger import Floats


def open_deals(book: Book, likely: Chances, worth: Sizes, weeks: int, quarter_end: float) -> OpenDeals:
    """By the mean of the draws of the chances; a week that the quarter cuts counts by its days."""
    deals, first = book.ledger.deals, today(book.ledger)
    won, lost = likely.won.mean(axis=0), likely.lost.mean(axis=0)
    ahead = np.arange(likely.weeks)
    in_quarter = np.clip((quarter_end + 1 - first - WEEK * ahead) / WEEK, 0.0, 1.0)
    brings = sizes.expected(worth, likely.value)
    chance, by_quarter = won[:, :weeks].sum(axis=1), won @ in_quarter
    rows = likely.deal
    expected = deals.expected[rows]
    return OpenDeals(
        *(rows, deals.id[rows], deals.stage[rows], deals.owner[rows], likely.value),
        *(chance, lost[:, :weeks].sum(axis=1), by_quarter, chance * brings, by_quarter * brings),
        *(first + _half(won[:, :weeks]), expected),
    )


def _half(won: Floats) -> Floats:
    """Days until half of the chance has come."""
    running = np.cumsum(won, axis=1)
    if not running.size:
        return np.zeros(len(won))
    return np.asarray(WEEK * ((running < running[:, -1:] / 2).sum(axis=1) + 0.5))
