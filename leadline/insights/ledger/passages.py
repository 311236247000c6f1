"""Passages: a deal and a stage it came to, once each, and what became of it there (R19), as in the warehouse."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from leadline.insights.ledger.ledger import NEVER, NOBODY, Flags, Floats, Ledger, Moments, Places, Status, Visits
from leadline.insights.ledger.rows import taken

ADVANCED, PENDING, FAILED = 1, 0, -1


@dataclass(frozen=True)
class Passages:
    """One row per deal and stage at its first entry, in order of deal and rank.

    A stage that a deal jumped over is `skipped`: entered and advanced at the moment of the jump. `ended` is NEVER while
    pending, NaN where nobody knows when it went on or failed. `owner` is the one at entry, `source` the deal's.
    """

    deal: Places
    stage: Places  # NOBODY: the deal was never seen in any
    entered: Moments
    ended: Moments
    outcome: NDArray[np.int8]  # ADVANCED, PENDING or FAILED
    owner: Places
    source: Places
    skipped: Flags

    def __len__(self) -> int:
        return len(self.deal)


def passages(ledger: Ledger) -> Passages:
    """Advanced: the deal ever reached a later stage of the pipeline, or was won; failed: it is lost or parked without.

    The definition is that of `derived.entries` and `derived.passages`.
    """
    visit, stage, went_on = _entries(ledger)
    visits = taken(ledger.visits, visit)
    deal = visits.deal
    won_at, failed_at, was_won = _ends(ledger)
    advanced = went_on | was_won[deal]
    failed = ~advanced & np.isin(ledger.deals.status, (Status.LOST, Status.NURTURE))[deal]
    following = _next(ledger, visits, stage)
    sooner = np.fmin(following, won_at[deal])
    return Passages(
        deal=deal,
        stage=stage,
        entered=visits.entered,
        ended=np.where(advanced, sooner, np.where(failed, failed_at[deal], NEVER)),
        outcome=np.where(advanced, ADVANCED, np.where(failed, FAILED, PENDING)).astype(np.int8),
        owner=visits.owner,
        source=ledger.deals.source[deal],
        skipped=stage != visits.stage,
    )


def _entries(ledger: Ledger) -> tuple[NDArray[np.int64], Places, Flags]:
    """(visit, stage, whether the deal ever went further in its pipeline), in order of deal, pipeline and rank."""
    visits, stages = ledger.visits, ledger.stages
    placed = np.flatnonzero(visits.stage != NOBODY)
    pipeline = stages.pipeline[visits.stage[placed]]
    order = np.lexsort((placed, pipeline, visits.deal[placed]))
    placed, pipeline = placed[order], pipeline[order]
    rank = stages.rank[visits.stage[placed]].astype(np.int64) + 1
    reached, furthest = _reached(visits.deal[placed], pipeline, rank)
    further = np.flatnonzero(rank > reached)
    count = (rank - reached)[further]
    row = np.repeat(further, count)
    crossed = reached[row] + 1 + np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count)
    stage = _by_rank(ledger)[pipeline[row], crossed - 1]
    own = crossed == rank[row]
    known = (stage != NOBODY) & (own | ~np.append(stages.gone, True)[stage])
    alone = _without_stage(visits, len(ledger.deals))
    visit = np.concatenate([placed[row][known], alone])
    found = np.concatenate([stage[known], np.full(len(alone), NOBODY)]).astype(np.int32)
    went_on = np.concatenate([(furthest[row] > crossed)[known], np.zeros(len(alone), bool)])
    back = np.argsort(visits.deal[visit], kind="stable")
    return visit[back], found[back], went_on[back]


def _reached(deal: Places, pipeline: Places, rank: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Of rows in order of deal, pipeline, time: the furthest rank before each, and of all of the deal's there."""
    new = np.append(True, (deal[1:] != deal[:-1]) | (pipeline[1:] != pipeline[:-1]))[: len(deal)]
    group, most = np.cumsum(new) - 1, int(rank.max(initial=0)) + 1
    running = np.maximum.accumulate(group * most + rank) - group * most
    reached = np.where(new, 0, np.append(0, running)[: len(rank)])
    ends = np.append(np.flatnonzero(new)[1:], len(deal)) - 1
    return reached, running[ends[group]]


def _by_rank(ledger: Ledger) -> Places:
    """Stages by pipeline and rank; NOBODY where there is none."""
    stages = ledger.stages
    shape = (int(stages.pipeline.max(initial=0)) + 1, int(stages.rank.max(initial=0)) + 1)
    found = np.full(shape, NOBODY, np.int32)
    found[stages.pipeline, stages.rank] = np.arange(len(stages.rank))
    return found


def _without_stage(visits: Visits, deals: int) -> NDArray[np.int64]:
    """The first visit of each deal that was never seen in a stage."""
    placed = np.zeros(deals, bool)
    placed[visits.deal[visits.stage != NOBODY]] = True
    first = np.append(True, visits.deal[1:] != visits.deal[:-1])[: len(visits)]
    return np.flatnonzero(first & ~placed[visits.deal])


def _ends(ledger: Ledger) -> tuple[Floats, Floats, Flags]:
    """Per deal: when it was first won and when it last was lost or parked (NaN: not known), and whether ever won.

    A time counts where a stay in a stage ended with it: when a deal closed that came closed, nobody knows.
    """
    facts, count = ledger.statuses, len(ledger.deals)
    won = np.flatnonzero(facts.was == Status.WON)[::-1]
    over = np.flatnonzero(np.isin(facts.was, (Status.LOST, Status.NURTURE)))
    was_won = ledger.deals.status == Status.WON
    was_won[facts.deal[won]] = True
    left = _left(ledger)
    won_at, failed_at = np.full(count, np.nan), np.full(count, np.nan)
    for found, rows in ((won_at, won[left[won]]), (failed_at, over[left[over]])):
        found[facts.deal[rows]] = facts.since[rows]
    return won_at, failed_at, was_won


def _left(ledger: Ledger) -> Flags:
    """Which changes of status ended a stay in a stage."""
    facts, visits = ledger.statuses, ledger.visits
    _moments, code = np.unique(np.concatenate([facts.since, visits.left]), return_inverse=True)
    key = np.concatenate([facts.deal, visits.deal]).astype(np.int64) * (len(code) + 1) + code.ravel()
    return np.isin(key[: len(facts)], key[len(facts) :])


def _next(ledger: Ledger, visits: Visits, stage: Places) -> Moments:
    """When the deal came to the next stage of the same pipeline; NaN where it did not."""
    pipeline = np.append(ledger.stages.pipeline, NOBODY)[stage]
    same = (visits.deal[1:] == visits.deal[:-1]) & (pipeline[1:] == pipeline[:-1])
    return np.append(np.where(same, visits.entered[1:], np.nan), np.nan)[: len(visits)]
