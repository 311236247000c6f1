"""Asking rows that hang on deals, in order of deal and time, how things stood at a moment."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from leadline.insights.ledger.ledger import Facts, Floats, Ids, Moments, Places


@dataclass(frozen=True)
class Times:
    """Rows found by (deal, moment) in one search: the key of a row is its deal times `width` plus its time."""

    key: Floats
    begins: Ids  # (D + 1,): where the rows of each deal begin
    base: float
    width: float

    def until(self, deal: Places, at: Moments) -> Ids:
        """How many rows of the deal there are up to that moment, included."""
        return np.asarray(self._after(deal, at) - self.begins[deal])

    def last(self, deal: Places, at: Moments) -> Ids:
        """The row of the deal that was the last at that moment; -1: none yet."""
        after = self._after(deal, at)
        return np.where(after > self.begins[deal], after - 1, -1)

    def _after(self, deal: Places, at: Moments) -> Ids:
        clipped = np.clip(at - self.base, -1.0, self.width - 2.0)
        return np.searchsorted(self.key, deal * self.width + clipped, side="right")


def times(deal: Places, when: Moments, deals: int) -> Times:
    """Of rows in order of deal, then time; `deals` is how many deals there are."""
    base = float(when.min(initial=0.0)) if len(when) else 0.0
    width = (float(when.max()) - base if len(when) else 0.0) + 4.0
    begins = np.searchsorted(deal, np.arange(deals + 1)).astype(np.int64)
    return Times(deal * width + (when - base), begins, base, width)


def stood(facts: Facts, found: Times, deal: Places, at: Moments) -> Floats:
    """The fact as of that moment; NaN where nothing was known."""
    row = found.last(deal, at)
    return taken(facts.was, row)


def taken(column: Floats, row: Ids) -> Floats:
    """The column at these rows; NaN at -1."""
    if not len(column):
        return np.full(len(row), np.nan)
    return np.where(row >= 0, column[np.maximum(row, 0)], np.nan)
