"""Which time stands for the present."""

from __future__ import annotations

import numpy as np

from leadline.insights.fitted.fitted import QUARTER, Window
from leadline.insights.ledger.ledger import Floats

MOST = 12  # past quarters that are told apart
ENOUGH_CLOSED, ENOUGH_WON = 60, 15


def quarters(start: float, end: float) -> Floats:
    """The beginnings of the whole quarters recorded, oldest first; one that is not whole where there is none."""
    count = int(min(MOST, max(1, (end - start) // QUARTER)))
    return np.asarray(end - QUARTER * np.arange(count, 0, -1), dtype=np.float64)


def window(start: float, end: float, closed: Floats, won: Floats) -> Window:
    """The last half year, or as much more as it takes to hold enough closed deals (moments `closed` and `won`).

    Half a year: what began in it is then most of what is seen, and season weighs little. With few deals an older
    quarter's chances are a better guess at today's than the luck of a handful.
    """
    most = len(quarters(start, end))
    for count in (2, 3, 4, 6, 8):
        if count > most:
            break
        since = end - QUARTER * count
        if (closed >= since).sum() >= ENOUGH_CLOSED and (won >= since).sum() >= ENOUGH_WON:
            return Window(max(since, start), end, count, "recent" if count == 2 else "thin")
    longest = min(most, 8)
    return Window(max(end - QUARTER * longest, start), end, longest, "short" if most < 8 else "thin")
