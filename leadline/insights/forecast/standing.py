"""How deals stood at past moments: what a forecast made then could have known of them."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any, Self

import numpy as np

from leadline.insights.forecast.spells import Spells, spells
from leadline.insights.forecast.times import Times, stood, taken, times
from leadline.insights.ledger.ledger import NOBODY, Floats, Ids, Ledger, Moments, Places, Status

LATELY = 28.0  # days of touches that count


@dataclass(frozen=True)
class Standing:
    """One row a deal and moment; days since, NaN where unknown."""

    stage: Places
    owner: Places
    source: Places
    revenue: Places
    in_stage: Floats
    age: Floats
    touches: Floats  # within LATELY
    quiet: Floats  # days since the last touch
    pushes: Floats
    ahead: Floats  # days until the expected close; negative: overdue
    value: Floats

    def __getitem__(self, rows: Any) -> Self:
        return type(self)(*(getattr(self, one.name)[rows] for one in fields(self)))


@dataclass(frozen=True)
class Book:
    """A ledger opened at the pages that the forecast asks again and again."""

    ledger: Ledger

    @cached_property
    def spells(self) -> Spells:
        return spells(self.ledger)

    @cached_property
    def open(self) -> Places:
        """Rows of the deals open now."""
        return np.flatnonzero(self.ledger.deals.status == Status.OPEN).astype(np.int32)

    @cached_property
    def won(self) -> Places:
        """Rows of the deals won."""
        return np.flatnonzero(self.ledger.deals.status == Status.WON).astype(np.int32)

    @cached_property
    def visits(self) -> Times:
        return times(self.ledger.visits.deal, self.ledger.visits.entered, len(self.ledger.deals))

    @cached_property
    def values(self) -> Times:
        return times(self.ledger.values.deal, self.ledger.values.since, len(self.ledger.deals))

    @cached_property
    def expectations(self) -> Times:
        return times(self.ledger.expectations.deal, self.ledger.expectations.since, len(self.ledger.deals))

    @cached_property
    def owners(self) -> Times:
        return times(self.ledger.owners.deal, self.ledger.owners.since, len(self.ledger.deals))

    @cached_property
    def touched(self) -> tuple[Times, Moments]:
        """Touches of deals, and when they were."""
        rows = self.ledger.touches.deal >= 0
        deal, when = self.ledger.touches.deal[rows], self.ledger.touches.when[rows]
        order = np.lexsort((when, deal))
        return times(deal[order], when[order], len(self.ledger.deals)), when[order]

    @cached_property
    def pushed(self) -> Floats:
        """How often the expected day has moved later, up to and with each row of the expectations."""
        facts = self.ledger.expectations
        if not len(facts):
            return np.zeros(0)
        later = np.append(False, (facts.deal[1:] == facts.deal[:-1]) & (facts.was[1:] > facts.was[:-1])).astype(float)
        running = np.cumsum(later)
        first = self.expectations.begins[facts.deal]
        return np.asarray(running - running[first] + later[first])


def standing(book: Book, deal: Places, at: Moments) -> Standing:
    """As of those moments; rows of `deal` and `at` belong together."""
    ledger = book.ledger
    visit = book.visits.last(deal, at)
    has = visit >= 0
    stage = _picked(ledger.visits.stage, visit, np.full(len(deal), NOBODY))
    entered = np.where(has, taken(ledger.visits.entered, visit), ledger.deals.created[deal])
    expected = book.expectations.last(deal, at)
    moments, when = book.touched
    last = taken(when, moments.last(deal, at))
    owner = stood(ledger.owners, book.owners, deal, at)
    return Standing(
        stage=stage.astype(np.int32),
        owner=np.where(np.isnan(owner), NOBODY, owner).astype(np.int32),
        source=ledger.deals.source[deal],
        revenue=ledger.deals.revenue[deal].astype(np.int32),
        in_stage=np.nan_to_num(np.maximum(0.0, at - entered)),
        age=np.nan_to_num(np.maximum(0.0, at - ledger.deals.created[deal])),
        touches=(moments.until(deal, at) - moments.until(deal, at - LATELY)).astype(float),
        quiet=np.nan_to_num(at - np.where(np.isnan(last), ledger.deals.created[deal], last)),
        pushes=np.nan_to_num(taken(book.pushed, expected)),
        ahead=taken(ledger.expectations.was, expected) - np.floor(at),
        value=stood(ledger.values, book.values, deal, at),
    )


def _picked(column: Places, row: Ids, otherwise: Ids) -> Ids:
    if not len(column):
        return otherwise
    return np.where(row >= 0, column[np.maximum(row, 0)], otherwise)
