"""What became of each stage from each month on: the comparisons behind a stage's conversion and its time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from weakref import ref

import numpy as np
from numpy.typing import NDArray
from scipy import special

from leadline.insights.diagnosis.changing import MONTH
from leadline.insights.diagnosis.missing import Missing
from leadline.insights.diagnosis.passing import ADVANCED, BINS, FAILED, WAITING, Shift, binned, extra, shifted
from leadline.insights.ledger.ledger import Flags, Floats, Ledger, Moments, Places, Status
from leadline.insights.ledger.passages import Passages, passages
from leadline.insights.ledger.rows import taken
from leadline.insights.numbers.logistic import fit

FEW = 40  # passages of a stage
RIPE = 6  # months after which nearly all passages are decided: how far months differ is seen on these
PRIOR = 0.5  # of what source, kind of money and person add, on the logit


@dataclass(frozen=True)
class Stage:
    """The passages of one stage, counted by how many months ago they began, what became of them and how long they took.

    `mixed` is what source, kind of money and person make of each passage, on the logit; `extra` how many times chance
    the variance of months is.
    """

    stage: int
    deal: Places
    entered: Moments
    ago: NDArray[np.int64]
    failed: Flags
    mixed: Floats
    counts: NDArray[np.float64]  # (months, 3, BINS)
    extra: float
    known: dict[int, Shift | None]  # by months ago: what was reckoned already

    def since(self, ledger: Ledger, date: float) -> Shift | None:
        """The change of the passages that began on a date or later; None where too little is known."""
        months = round((ledger.as_of - date) / MONTH)
        if months not in self.known:
            late: Flags = self.ago <= months
            apart = late.any() and (~late).any()
            offset = float(self.mixed[late].mean() - self.mixed[~late].mean()) if apart else 0.0
            before, after = self.counts[months + 1 :].sum(axis=0), self.counts[: months + 1].sum(axis=0)
            self.known[months] = shifted(before, after, offset, self.extra)
        return self.known[months]

    def counted(self, ledger: Ledger, date: float, failed: bool = False) -> tuple[int, ...]:
        """The rows of the deals that `since` counts after the change; of those that failed only."""
        late = self.ago <= round((ledger.as_of - date) / MONTH)
        return tuple(self.deal[late & self.failed if failed else late].tolist())


def stages(ledger: Ledger) -> list[Stage]:
    """Those with enough passages; of the ledger that was asked for last they are remembered. Raises Missing."""
    if _last and _last[0]() is ledger:
        known: list[Stage] = _last[1]
        return known
    found = _stages(ledger)
    _last[:] = [ref(ledger), found]
    return found


_last: list[Any] = []  # two checks ask for the same one after the other


def _stages(ledger: Ledger) -> list[Stage]:
    every = passages(ledger)
    known = (every.stage >= 0) & ~every.skipped & (every.entered >= ledger.start) & ~np.isnan(every.ended)
    rows = np.flatnonzero(known)
    if not (every.outcome[rows] < 0).any() and (ledger.deals.status == Status.LOST).any():
        raise Missing("ends")  # all that is seen to leave a stage went on
    if not len(rows):
        raise Missing("stages")
    found = []
    for place, count in zip(*np.unique(every.stage[rows], return_counts=True), strict=True):
        if count >= FEW:
            found.append(_stage(ledger, int(place), taken(every, rows[every.stage[rows] == place])))
    if not found:
        raise Missing("deals", FEW)
    return found


def _stage(ledger: Ledger, place: int, own: Passages) -> Stage:
    kind = np.select([own.outcome > 0, own.outcome < 0], [ADVANCED, FAILED], WAITING).astype(np.int64)
    stay = np.maximum(np.minimum(own.ended, ledger.as_of) - own.entered, 0.0)
    mixed = _hoped(ledger, own, kind)
    ago = np.ceil((ledger.as_of - own.entered) / MONTH).astype(np.int64)
    cell = (ago * 3 + kind) * BINS + binned(stay)
    counts = np.bincount(cell, minlength=(int(ago.max()) + 1) * 3 * BINS).reshape(-1, 3, BINS).astype(np.float64)
    ripe = (kind != WAITING) & (ago > RIPE)
    more = extra(ago[ripe], (kind == ADVANCED)[ripe].astype(np.float64), special.expit(mixed[ripe]))
    return Stage(place, own.deal, own.entered, ago, kind == FAILED, mixed, counts, more, {})


def _hoped(ledger: Ledger, own: Passages, kind: NDArray[np.int64]) -> Floats:
    """The logit of advancing that the mix of each case makes, from all decided ones (ridge)."""
    given = (own.source, own.owner, ledger.deals.revenue[own.deal])
    columns = [np.unique(each, return_inverse=True)[1] for each in given]
    signs = np.concatenate([np.eye(int(each.max()) + 1)[each] for each in columns], axis=1)
    code = np.zeros(len(own), np.int64)
    for each in columns:
        code = code * (int(each.max()) + 1) + each
    _, first, pattern = np.unique(code, return_index=True, return_inverse=True)
    decided = kind != WAITING
    trials = np.bincount(pattern, decided.astype(np.float64))
    successes = np.bincount(pattern, (kind == ADVANCED).astype(np.float64))
    made = fit(signs[first], np.asarray(successes, np.float64), np.asarray(trials, np.float64), PRIOR)
    line: Floats = made.weights[0] + signs @ made.weights[1:]
    return line
