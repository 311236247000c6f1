"""The cases of each stage: passages that are decided, with what was given and who had them."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from leadline.insights.ledger.ledger import NOBODY, Flags, Ledger, Moments, Places, Status
from leadline.insights.ledger.passages import passages
from leadline.insights.numbers.case_mix import Cells, Codes

QUARTER = 91.3125  # days
MONTH = 30.4375
TENURE = (3.0, 6.0, 12.0)  # months since the hire at which newcomers are no longer quite as new
BANDS = 3  # of size
KNOWN_ENOUGH = 0.9  # of the won and of the lost: a size that only winners have would tell the outcome, not the case


@dataclass(frozen=True)
class Cases:
    """One entry per decided passage; `owner` had it at entry and to the end. Factors are levels from 0."""

    deal: Places
    stage: Places
    entered: Moments
    owner: Places
    advanced: Flags
    source: Codes
    revenue: Codes
    quarter: Codes  # of entry, backwards from the ledger's moment
    tenure: Codes  # of the owner at entry: the last level is of those who know their work, or whose hire is not known
    band: Codes  # of size; all 0 where sizes are not known well enough

    def __len__(self) -> int:
        return len(self.deal)

    def at(self, rows: Flags | NDArray[np.intp]) -> Cases:
        """Some of them."""
        return Cases(*(getattr(self, one.name)[rows] for one in fields(self)))

    def factors(self) -> list[Codes]:
        """What was given: all that is fixed in the model."""
        return [self.source, self.revenue, self.quarter, self.tenure, self.band]


def cases(ledger: Ledger) -> Cases:
    """All decided passages of stages that were really entered, by somebody who had the deal to the passage's end.

    Stage NOBODY is the whole life of deals that were never seen in a stage.
    """
    all_of, deals = passages(ledger), ledger.deals
    kept = (all_of.outcome != 0) & ~all_of.skipped & (all_of.owner != NOBODY)
    kept &= np.isfinite(all_of.entered)
    rows = np.flatnonzero(kept)
    deal, entered, owner = all_of.deal[rows], all_of.entered[rows], all_of.owner[rows]
    same = _kept_by(ledger, deal, entered, all_of.ended[rows])
    rows, deal, entered, owner = rows[same], deal[same], entered[same], owner[same]
    return Cases(
        deal,
        all_of.stage[rows],
        entered,
        owner,
        all_of.outcome[rows] > 0,
        (all_of.source[rows] + 1).astype(np.int64),
        deals.revenue[deal].astype(np.int64),
        np.floor((ledger.as_of - entered) / QUARTER).astype(np.int64),
        tenure(ledger, owner, entered),
        _bands(ledger)[deal],
    )


def tenure(ledger: Ledger, owner: Places, when: Moments) -> Codes:
    """The level of somebody's time here at a moment."""
    months = (when - ledger.staff.hired[owner]) / MONTH
    found = np.searchsorted(TENURE, months, side="right")
    return np.where(np.isnan(months), len(TENURE), found).astype(np.int64)


def _kept_by(ledger: Ledger, deal: Places, entered: Moments, ended: Moments) -> Flags:
    """Whether the deal changed hands at no time between the two moments: what is handed over is nobody's skill."""
    owners = ledger.owners
    changed = np.flatnonzero(owners.deal[1:] == owners.deal[:-1]) + 1
    whose, when = owners.deal[changed], owners.since[changed]
    touched = np.isin(deal, whose)
    found = np.ones(len(deal), dtype=bool)
    if not touched.any():
        return found
    order = np.argsort(whose, kind="stable")
    whose, when = whose[order], when[order]
    for nth in range(int(np.bincount(whose).max())):  # the nth change of each deal against all of its passages
        at = np.searchsorted(whose, deal[touched], side="left") + nth
        there = (at < len(whose)) & (whose[np.minimum(at, len(whose) - 1)] == deal[touched])
        moment = np.where(there, when[np.minimum(at, len(whose) - 1)], np.nan)
        found[np.flatnonzero(touched)[(moment > entered[touched]) & (moment < ended[touched])]] = False
    return found


def _bands(ledger: Ledger) -> Codes:
    """The third of all sizes that each deal falls into, 0 where none is recorded; of no deal where few are known."""
    deals = ledger.deals
    value = np.where(deals.value > 0, deals.value, np.nan)
    known = np.isfinite(value)
    for status in (Status.WON, Status.LOST):
        own = deals.status == status
        if not own.any() or known[own].mean() < KNOWN_ENOUGH:
            return np.zeros(len(deals), dtype=np.int64)
    edges = np.quantile(value[known], (np.arange(BANDS - 1) + 1) / BANDS)
    return np.where(known, 1 + np.searchsorted(edges, np.nan_to_num(value)), 0).astype(np.int64)


def cells(chosen: Cases) -> tuple[Cells, Places]:
    """Alike cases counted together, and the place in the ledger of each person of the cells."""
    columns = [np.unique(column, return_inverse=True)[1] for column in chosen.factors()]
    columns = [column for column in columns if len(column) and column.max() > 0]
    people, person = np.unique(chosen.owner, return_inverse=True)
    code: Codes = person.astype(np.int64)
    for column in columns:
        code = code * (int(column.max()) + 1) + column
    _, first, cell = np.unique(code, return_index=True, return_inverse=True)
    trials = np.bincount(cell).astype(np.float64)
    successes = np.bincount(cell, chosen.advanced.astype(np.float64)).astype(np.float64)
    factors = tuple(column[first].astype(np.int64) for column in columns)
    return Cells(factors, person[first].astype(np.int64), successes, trials), people.astype(np.int32)
