"""How the deals of one pipeline went through its stages: one row a deal, one column a stage."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from leadline.insights.fitted.fitted import Matrix
from leadline.insights.ledger.ledger import NEVER, Ledger, Places, Status


@dataclass(frozen=True)
class Paths:
    """n deals, K stages. `entered` is NEVER where a stage was not reached; `ended` is NEVER while the deal is in it.

    A deal has advanced from a stage when it reached a later one, or was won; stages between two that are recorded were
    gone through at once. Going back changes nothing of what was reached.
    """

    deal: NDArray[np.int64]  # rows of the ledger's deals
    entered: Matrix
    ended: Matrix
    outcome: NDArray[np.int8]  # 1 advanced, -1 lost or parked, 0 still there or not reached
    owner: Places  # (n, K): who had the deal as it entered
    first: NDArray[np.int64]  # the stage in which it was recorded first
    stages: Places  # (K,)


def stages_of(ledger: Ledger, pipeline: int) -> Places:
    """The stages of a pipeline in order; those that are gone where deals went through them."""
    own = ledger.stages.pipeline == pipeline
    seen = np.bincount(ledger.visits.stage[ledger.visits.stage >= 0], minlength=len(own)) > 0
    found = np.flatnonzero(own & (~ledger.stages.gone | seen))
    return found[np.argsort(ledger.stages.rank[found], kind="stable")].astype(np.int32)


def paths(ledger: Ledger, pipeline: int) -> Paths:
    """Of all its deals that a stage is known of."""
    stages = stages_of(ledger, pipeline)
    place = np.full(len(ledger.stages.rank) + 1, -1)
    place[stages] = np.arange(len(stages))
    deals, visits = ledger.deals, ledger.visits
    here = (deals.pipeline[visits.deal] == pipeline) & (place[visits.stage] >= 0)
    rows, of = np.unique(visits.deal[here], return_inverse=True)
    entered = np.full((len(rows), len(stages)), NEVER)
    np.minimum.at(entered, (of, place[visits.stage[here]]), visits.entered[here])
    owner = np.repeat(deals.owner[rows][:, None], len(stages), axis=1)
    owner[of[::-1], place[visits.stage[here]][::-1]] = visits.owner[here][::-1]  # the first visit is written last
    first = np.argmin(entered, axis=1) if len(rows) and len(stages) else np.zeros(len(rows), np.int64)
    closed, status = deals.closed[rows], deals.status[rows]
    won = status == Status.WON
    later = np.column_stack([entered[:, 1:], np.where(won, closed, NEVER)]) if len(stages) else entered
    exits = np.minimum.accumulate(later[:, ::-1], axis=1)[:, ::-1]
    passed = np.isfinite(exits) & (np.arange(len(stages)) >= first[:, None])
    entered = np.where(passed & ~np.isfinite(entered), exits, np.minimum(entered, exits))
    entered = np.where(np.arange(len(stages)) >= first[:, None], entered, np.where(passed, entered, NEVER))
    over = (status == Status.LOST) | (status == Status.NURTURE)
    there = np.isfinite(entered)
    failed = there & ~np.isfinite(exits) & over[:, None]
    ended = np.where(failed, np.maximum(closed[:, None], entered), exits)
    ended = np.where(there, ended, NEVER)
    outcome = np.where(failed, -1, np.where(there & np.isfinite(exits), 1, 0)).astype(np.int8)
    return Paths(rows, entered, ended, outcome, owner, first, stages)
