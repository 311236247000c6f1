"""The chances of each open deal, week by week, from whichever model the data bear."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from leadline.insights.forecast.hazards import Hazards, fitted
from leadline.insights.forecast.rows import CASES, Rows, rows
from leadline.insights.forecast.shocks import shock
from leadline.insights.forecast.spells import LOST, WON
from leadline.insights.forecast.standing import Book, standing
from leadline.insights.forecast.table import Table, tabled
from leadline.insights.ledger.ledger import Floats, Places

ENOUGH = 200  # closed deals from which on a model is fitted
EITHER = 25  # of them won, and lost


@dataclass(frozen=True)
class Chances:
    """`won` and `lost`: (B, O, W) shares won and lost in each week ahead, the best estimate first."""

    method: Literal["hazards", "table"]
    deal: Places
    value: Floats
    won: Floats
    lost: Floats
    shock: float  # of months

    @property
    def weeks(self) -> int:
        return int(self.won.shape[2])


def chances(
    book: Book, weeks: int, quarter_ends: Floats, draws: int, rng: np.random.Generator, cases: int = CASES
) -> Chances:
    """Of the deals open now; `draws` of what is uncertain about the model."""
    ledger = book.ledger
    past = rows(book, rng, cases)
    known = standing(book, book.open, np.full(len(book.open), ledger.as_of))
    model = _model(book, past, quarter_ends, draws, rng)
    won, lost = model.ahead(known, weeks, ledger.as_of)
    still = np.cumprod(1 - won - lost, axis=2)
    before = np.concatenate([np.ones_like(still[:, :, :1]), still[:, :, :-1]], axis=2)
    months = shock(past, model.said, ledger.deals.closed[book.won], ledger.as_of, ledger.start)
    method: Literal["hazards", "table"] = "hazards" if _enough(past, book) else "table"
    return Chances(method, book.open, known.value, _centred(won * before), _centred(lost * before), months)


def _model(book: Book, past: Rows, quarter_ends: Floats, draws: int, rng: np.random.Generator) -> Hazards | Table:
    names = book.ledger.names
    if _enough(past, book):
        return fitted(past, len(names["owner"]), quarter_ends, book.ledger.as_of, draws, rng)
    return tabled(past, len(names["stage"]), draws, rng)


def _centred(share: Floats) -> Floats:
    """(B, O, W) shares whose mean over the draws is the best estimate: doubt must not move what is expected."""
    if len(share) > 1:
        share[1:] *= share[0] / np.maximum(share[1:].mean(axis=0), 1e-12)
        share /= np.maximum(1.0, share.sum(axis=2, keepdims=True))
    return share


def _enough(past: Rows, book: Book) -> bool:
    ended = book.spells.outcome[book.spells.ended <= book.ledger.as_of]
    won, lost = int((ended == WON).sum()), int((ended == LOST).sum())
    return won + lost >= ENOUGH and min(won, lost) >= EITHER and len(past) > 0
