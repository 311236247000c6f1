"""Deals by bands of their fit: how many are won, and how large they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from leadline.insights.numbers.centre import Groups, means
from leadline.insights.numbers.proportions import jeffreys
from leadline.insights.numbers.shown import shown

Ids = NDArray[np.int64]
EDGES = (75, 50, 25, 0)  # the least fit of each band, the best band first
NAMES = ("75 to 100", "50 to 74", "25 to 49", "0 to 24", None)  # None: nothing can be said of how it fits


@dataclass(frozen=True)
class Closed:
    """Closed deals: their ids, which were won, and what those were worth (NaN: unknown, or lost)."""

    deals: Ids
    won: NDArray[np.bool_]
    worth: NDArray[np.float64]


def by_band(closed: Closed, fits: Mapping[int, int]) -> list[dict[str, Any]]:
    """Rows with band, numerator won of n closed, value, low, high (Jeffreys), size (mean of the won), its interval.

    `sized` is how many the size rests on, `deals` are the ids behind n. A band without deals has no row.
    """
    places = np.array([_place(fits.get(int(deal))) for deal in closed.deals], dtype=np.int64)
    return [_row(name, closed, places == place) for place, name in enumerate(NAMES) if (places == place).any()]


def _place(fit: int | None) -> int:
    return len(EDGES) if fit is None else next(place for place, edge in enumerate(EDGES) if fit >= edge)


def _row(name: str | None, closed: Closed, here: NDArray[np.bool_]) -> dict[str, Any]:
    n, k = int(here.sum()), int((here & closed.won).sum())
    low, high = jeffreys(np.array([float(k)]), np.array([float(n)]))
    sizes = np.sort(closed.worth[here & closed.won & ~np.isnan(closed.worth)])
    mean = means(Groups(sizes, np.array([0, len(sizes)], dtype=np.int64)))
    return {
        "band": name,
        "numerator": k,
        "n": n,
        "value": k / n,
        "low": shown(low[0]),
        "high": shown(high[0]),
        "size": shown(mean.value[0]),
        "size_low": shown(mean.low[0]),
        "size_high": shown(mean.high[0]),
        "sized": len(sizes),
        "deals": closed.deals[here],
        "won": closed.deals[here & closed.won],
    }
