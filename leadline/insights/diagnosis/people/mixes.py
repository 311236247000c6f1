"""What each person is given, by source, and what is won of it.

A person's mix is worth what is won of each source in all hands: sum over sources of (share of the person's deals) x
(win rate). It is held against the mix that the others were given in the same quarters, so that a change of
what comes in, or somebody's late arrival, is not taken for a choice of what they are given.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from leadline.insights.diagnosis.people.cases import QUARTER, Cases
from leadline.insights.ledger.ledger import NOBODY, Floats, Ledger, Places, Revenue, Status

LENT = 4.0  # decided deals of the whole that each source is lent
FEWEST = 20  # new deals of a person


@dataclass(frozen=True)
class Mixes:
    """One entry per person (P), S sources. `cost` is the log of the mix's worth over the others' (below 0: worse).

    `doubt` is its standard deviation where everybody draws from the same pool. `share` and `others` (P, S) are of new
    deals; `won`, `decided` (P, S).
    """

    owner: Places
    given: Floats
    cost: Floats
    doubt: Floats
    share: Floats
    others: Floats
    rate: Floats  # (P, S): the win rate in all hands
    won: Floats
    decided: Floats
    then: Floats  # (P, Q, S): new deals by quarter

    def source(self, row: int) -> int:
        """The source that costs a person most."""
        extra = (self.share[row] - self.others[row]) * (self.rate[row] - (self.others[row] * self.rate[row]).sum())
        return int(np.argmin(np.where(self.share[row] > self.others[row], extra, np.inf)))

    def without(self, row: int) -> Mixes:
        """All but one person, as if they had never been here."""
        others = np.arange(len(self.owner)) != row
        return _mixes(self.owner[others], self.then[others], self.won[others], self.decided[others])

    def apart(self, source: int) -> tuple[Floats, Floats]:
        """How much more of a source each person is given than the others then: log odds ratio, standard deviation."""
        total = self.given.sum() - self.given
        own, rest = self.share[:, source] * self.given, self.others[:, source] * total
        cells = np.stack([own, self.given - own, rest, total - rest]) + 0.5
        value: Floats = np.log(cells[0] * cells[3] / (cells[1] * cells[2]))
        return value, np.sqrt((1 / cells).sum(axis=0))


def mixes(ledger: Ledger) -> Mixes:
    """Of all who were given at least FEWEST new deals with a source."""
    deals, first = ledger.deals, first_owners(ledger)
    known = (deals.source != NOBODY) & (first != NOBODY) & np.isfinite(deals.created)
    rows = np.flatnonzero((deals.revenue == Revenue.NEW) & known)
    people, person, counts = np.unique(first[rows], return_inverse=True, return_counts=True)
    many = counts >= FEWEST
    place = np.where(many, np.cumsum(many) - 1, NOBODY)[person]
    rows, place = rows[place != NOBODY], place[place != NOBODY]
    quarter = np.floor((ledger.as_of - deals.created[rows]) / QUARTER).astype(np.int64)
    shape = (int(many.sum()), int(quarter.max(initial=0)) + 1, len(ledger.names["source"]))
    given = _counted(shape, place, quarter, deals.source[rows])
    ended = deals.status[rows] != Status.OPEN
    won = _counted(shape, place, quarter, deals.source[rows], deals.status[rows] == Status.WON).sum(axis=1)
    decided = _counted(shape, place, quarter, deals.source[rows], ended).sum(axis=1)
    return _mixes(people[many].astype(np.int32), given, won, decided)


def weaker(cases: Cases, source: int) -> float:
    """The chance that so few of a source's new deals go on, stage by stage, if it were like the others.

    Mantel and Haenszel (1959) with person and stage as the strata: whoever has most of a source may be anybody.
    """
    own = cases.at(cases.revenue == Revenue.NEW)
    chosen = (own.source == source + 1).astype(np.float64)
    stratum = np.unique(np.column_stack([own.owner, own.stage]), axis=0, return_inverse=True)[1].ravel()
    advanced = own.advanced.astype(np.float64)
    n, m, k = (np.bincount(stratum, weights) for weights in (np.ones_like(chosen), chosen, advanced))
    some = n > 1
    n, m, k = n[some], m[some], k[some]
    variance = float((m * (n - m) * k * (n - k) / (n**2 * (n - 1))).sum())
    seen = float((chosen * advanced)[np.isin(stratum, np.flatnonzero(some))].sum())
    return float(special.ndtr((seen - (m * k / n).sum()) / np.sqrt(variance))) if variance > 0 else 1.0


def first_owners(ledger: Ledger) -> Places:
    """Who had each deal first."""
    found = ledger.deals.owner.astype(np.int32).copy()
    owners = ledger.owners
    firsts = np.flatnonzero(np.append(True, owners.deal[1:] != owners.deal[:-1])[: len(owners)])
    found[owners.deal[firsts]] = np.nan_to_num(owners.was[firsts], nan=NOBODY)
    return found


def _counted(shape: tuple[int, int, int], *columns: NDArray[np.generic]) -> Floats:
    weights = columns[3].astype(np.float64) if len(columns) > 3 else None
    code = np.ravel_multi_index([np.asarray(one, np.int64) for one in columns[:3]], shape)
    found: Floats = np.bincount(code, weights, int(np.prod(shape))).reshape(shape).astype(np.float64)
    return found


def _mixes(people: Places, given: Floats, won: Floats, decided: Floats) -> Mixes:
    whole = won.sum() / max(float(decided.sum()), 1.0)
    rate = np.broadcast_to((won.sum(axis=0) + LENT * whole) / (decided.sum(axis=0) + LENT), won.shape)
    theirs = given.sum(axis=0) - given  # (P, Q, S)
    pool = theirs.sum(axis=2)
    share_then = np.divide(theirs, pool[:, :, None], out=np.zeros_like(theirs), where=pool[:, :, None] > 0)
    weight = np.where(pool > 0, given.sum(axis=2), 0.0)  # quarters in which there is nobody to compare with say nothing
    total = np.maximum(weight.sum(axis=1), 1e-9)
    own = np.where(pool[:, :, None] > 0, given, 0.0)
    share, others = own.sum(axis=1) / total[:, None], (share_then * weight[:, :, None]).sum(axis=1) / total[:, None]
    worth_own, worth_others = (share * rate).sum(axis=1), (others * rate).sum(axis=1)
    mean = (share_then * rate[:, None, :]).sum(axis=2)
    variance = np.maximum((share_then * rate[:, None, :] ** 2).sum(axis=2) - mean**2, 0.0)
    noise = (weight * variance * (1 + weight / np.maximum(pool, 1))).sum(axis=1) / total**2
    known = (worth_own > 0) & (worth_others > 0)
    cost = np.log(np.where(known, worth_own, 1.0) / np.where(known, worth_others, 1.0))
    doubt = np.sqrt(noise) / np.where(known, worth_others, 1.0)
    return Mixes(people, given.sum(axis=(1, 2)), cost, doubt, share, others, rate, won, decided, given)
