"""Weeks of open deals: what was known of a deal at a past moment, and what became of it in each week from then on.

Landmarks (van Houwelingen, "Dynamic prediction by landmarking in event history analysis", Scandinavian Journal of
Statistics 34, 2007): every deal open at a past moment is one case; its weeks ahead are rows as long as it was open and
as far as is known by now. So the chances for the weeks ahead are learned just as they are used, from what was known
then, with no model of how stages, touches and dates would move on.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from leadline.insights.forecast.spells import STILL, Spells
from leadline.insights.forecast.standing import Book, Standing, standing
from leadline.insights.ledger.ledger import Floats, Ids

WEEK = 7.0
AHEAD = 13  # weeks that a landmark is followed
BACK = 130  # weeks back that still teach
CASES = 24_000  # landmarks at most: deals are looked at every other week, every third …
QUIET = 45_000  # rows in which nothing happened, at most: the others count for more


@dataclass(frozen=True)
class Rows:
    """One row a landmark and week ahead. `case` is the row of `known`, the state at the landmark."""

    known: Standing
    case: Ids
    ahead: Ids  # 1 is the first week
    back: Floats  # days from the row's week to now
    outcome: NDArray[np.int8]
    weight: Floats  # adds up to what happened: a deal seen from several landmarks counts once

    def __len__(self) -> int:
        return len(self.case)


def rows(book: Book, rng: np.random.Generator, cases: int = CASES) -> Rows:
    """All that the past teaches about weeks of open deals, thinned to what the time allows."""
    as_of = book.ledger.as_of
    spells, week, stride = _landmarks(book.spells, as_of, book.ledger.start, cases)
    at = as_of - WEEK * week
    ends = np.ceil((spells.ended - at) / WEEK)
    known = np.minimum(np.minimum(ends, AHEAD), week).astype(np.int64)
    case = np.repeat(np.arange(len(at)), known)
    ahead = np.arange(len(case)) - np.repeat(np.cumsum(known) - known, known) + 1
    outcome = np.where(ahead == ends[case], spells.outcome[case], STILL).astype(np.int8)
    quiet = outcome == STILL
    share = min(1.0, QUIET * cases / CASES / max(1, int(quiet.sum())))
    kept = ~quiet | (rng.random(len(case)) < share)
    seen = max(1.0, AHEAD / stride)  # from about so many landmarks each event is seen
    weight = np.where(quiet, 1 / share, 1.0)[kept] / seen
    case, ahead = case[kept], ahead[kept]
    used, place = np.unique(case, return_inverse=True)
    state = standing(book, spells.deal[used], at[used])
    return Rows(state, place, ahead, WEEK * (week[case] - ahead), outcome[kept], weight)


def _landmarks(spells: Spells, as_of: float, start: float, cases: int) -> tuple[Spells, Floats, int]:
    """(the spell of each, how many weeks ago, how many weeks lie between two of a deal)."""
    most = np.minimum(np.floor((as_of - np.maximum(spells.begun, start)) / WEEK), BACK)
    least = np.maximum(1, np.floor((as_of - np.minimum(spells.ended, as_of)) / WEEK) + 1)
    count = np.maximum(0, most - least + 1).astype(np.int64)
    stride = max(1, int(np.ceil(count.sum() / cases)))
    which = np.repeat(np.arange(len(spells)), count)
    week = np.arange(len(which)) - np.repeat(np.cumsum(count) - count, count) + np.repeat(least, count)
    kept = (week.astype(np.int64) + spells.deal[which]) % stride == 0
    return spells[which[kept]], week[kept], stride
