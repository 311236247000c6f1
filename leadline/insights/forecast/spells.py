"""The times deals were open, and how each of them ended."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from leadline.insights.ledger.ledger import NEVER, Flags, Ledger, Moments, Places, Status

STILL, WON, LOST = 0, 1, 2  # how a spell ended; parked counts as lost


@dataclass(frozen=True)
class Spells:
    """One row for each time a deal was open; in order of deal, then time. `ended` is NEVER for those still open."""

    deal: Places
    begun: Moments
    ended: Moments
    outcome: NDArray[np.int8]

    def __len__(self) -> int:
        return len(self.deal)

    def __getitem__(self, rows: Flags) -> Spells:
        return Spells(self.deal[rows], self.begun[rows], self.ended[rows], self.outcome[rows])


def spells(ledger: Ledger) -> Spells:
    """Of every deal at least one: reopened deals have several, such as never were open an empty one.

    Where only the end is known it is the beginning too; others of unknown times are left out.
    """
    facts, deals = ledger.statuses, ledger.deals
    same = np.append(facts.deal[1:] == facts.deal[:-1], False) if len(facts) else np.zeros(0, bool)
    differs = np.append(True, (facts.was[1:] != facts.was[:-1]) | ~same[:-1]) if len(facts) else np.zeros(0, bool)
    deal, since, was = facts.deal[differs], facts.since[differs], facts.was[differs]
    follows = np.append(deal[1:] == deal[:-1], False) if len(deal) else np.zeros(0, bool)
    rows = np.flatnonzero(was == Status.OPEN)
    ends = np.minimum(rows + 1, max(0, len(deal) - 1))
    ended = np.where(follows[rows], since[ends], NEVER)
    became = np.where(follows[rows], was[ends], Status.OPEN)
    missing = np.ones(len(deals), bool)
    missing[deal[rows]] = False
    other = np.flatnonzero(missing).astype(np.int32)
    whose = np.concatenate([deal[rows], other])
    begun = np.concatenate([since[rows], deals.created[other]])
    ended = np.concatenate([ended, np.where(deals.status[other] == Status.OPEN, NEVER, deals.closed[other])])
    became = np.concatenate([became, deals.status[other]])
    begun = np.where(np.isnan(begun), ended, begun)
    order = np.lexsort((begun, whose))
    found = Spells(whose[order], begun[order], ended[order], _outcome(became)[order])
    return found[np.isfinite(found.begun) & ~np.isnan(found.ended)]


def _outcome(status: NDArray[np.float64]) -> NDArray[np.int8]:
    return np.select([status == Status.OPEN, status == Status.WON], [STILL, WON], LOST).astype(np.int8)
