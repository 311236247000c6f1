"""What of a deal's journey gets into the records, and when: as late, as jumpy and as tidy as people are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from leadline.insights.simulator.company import STAGES, Flags, Floats, Numbers, Places, Visits
from leadline.insights.simulator.draws import Lot
from leadline.insights.simulator.lives import Lives
from leadline.insights.simulator.parameters import (
    BACK_A_VISIT,
    CAUGHT_UP,
    CLOSE_CLICKED,
    SAME_DAY,
    SKIP_A_VISIT,
)
from leadline.insights.simulator.plan import Plan
from leadline.insights.simulator.span import NOT_YET

MINUTE = 1 / 1440
LAST = STAGES - 1


@dataclass(frozen=True)
class Traces:
    """Times in days since the start, of the future too; `events` and `stages` (n, K + 2) are in order, then NOT_YET."""

    created: Floats
    closed: Floats
    events: Floats
    stages: Places
    late: Flags


def traced(plan: Plan, lives: Lives) -> Traces:
    """The records of every life; those created at the end or later are not there yet."""
    journeys, begun = lives.journeys, lives.setting.begun
    late = lives.draws.lot(Lot.LATE) < SAME_DAY
    visited = np.isfinite(journeys.entered)
    rank = np.cumsum(visited, axis=1) - 1
    closed = _another_day(plan, begun, journeys.closed, lives, late)
    created = np.where(late, closed - (rank[:, -1] + 2 + 10 * lives.draws.lot(Lot.BACK_FROM)) * MINUTE, begun)
    clicked = _clicked(lives, visited, rank, closed, late)
    entries = np.where(late[:, None], created[:, None] + rank * MINUTE, clicked)
    entries = np.where(visited & ~_skipped(lives, visited), entries, NOT_YET)
    back, return_, stage = _went_back(plan, lives, entries, late)
    events = np.column_stack([entries, back, return_])
    stages = np.column_stack([np.broadcast_to(np.arange(STAGES), entries.shape), stage - 1, stage])
    order = np.argsort(events, axis=1, kind="stable")
    return Traces(
        created,
        closed,
        np.take_along_axis(events, order, axis=1),
        np.take_along_axis(stages, order, axis=1).astype(np.int16),
        late,
    )


def visits(plan: Plan, lives: Lives, traces: Traces) -> Visits:
    """The moves up to the end."""
    there = traces.events < plan.span.days
    row = np.nonzero(there)[0]
    at, setting = traces.events[there], lives.setting
    actor = np.where(at < setting.handed[row], setting.owner[row], setting.successor[row])
    return Visits(offsets(there.sum(axis=1)), traces.stages[there], plan.span.moments(at), actor.astype(np.int16))


def offsets(counts: Numbers) -> Numbers:
    """Where each row's part begins in a ragged table, and where the last one ends."""
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)


def _another_day(plan: Plan, begun: Floats, closed: Floats, lives: Lives, late: Flags) -> Floats:
    """Deals that are written down when they begin close on another day."""
    same = ~late & (np.floor(closed) == np.floor(begun))
    return np.where(same, plan.span.in_office(begun + 1, lives.draws.hour[:, LAST]), closed)


def _clicked(lives: Lives, visited: Flags, rank: Numbers, closed: Floats, late: Flags) -> Floats:
    """When each entry was recorded: some catch up in one go, most enter the last stage when it is over."""
    entered, draws = lives.journeys.entered, lives.draws
    last = np.max(np.where(visited, entered, -1.0), axis=1)
    at_once = (draws.lot(Lot.CAUGHT_UP) < CAUGHT_UP)[:, None] & (rank > 0)
    found = np.where(at_once, last[:, None] + 0.6 * rank * MINUTE, entered)
    closing = visited[:, LAST] & (rank[:, LAST] > 0) & (draws.lot(Lot.CLOSE_CLICKED) < CLOSE_CLICKED)
    before = closed - (2 + 24 * draws.lot(Lot.BACK_TO)) * MINUTE
    found[:, LAST] = np.where(closing, np.maximum(found[:, LAST], before), found[:, LAST])
    return found


def _skipped(lives: Lives, visited: Flags) -> Flags:
    """Stages that a deal went through and nobody recorded: neither the first nor the last it was in."""
    between = visited.copy()
    between[:, LAST] = False
    between[:, :LAST] &= visited[:, 1:]
    between[:, 1:] &= visited[:, :LAST]
    between[:, 0] = False
    return between & (lives.draws.skip < SKIP_A_VISIT)


def _went_back(plan: Plan, lives: Lives, entries: Floats, late: Flags) -> tuple[Floats, Floats, Numbers]:
    """(when back, when forward again, from which stage): once at most, for a while within a stay of some days."""
    draws, left = lives.draws, lives.journeys.left
    stay = np.where(np.isfinite(entries) & (entries < left), left, 0.0) - np.where(np.isfinite(entries), entries, 0.0)
    may = (stay > 2) & (draws.back < BACK_A_VISIT) & ~(late | (draws.lot(Lot.CAUGHT_UP) < CAUGHT_UP))[:, None]
    may[:, [0, LAST]] = False
    stage = np.argmax(may, axis=1)
    row = np.arange(len(stage))
    begins, stayed = entries[row, stage], stay[row, stage]
    back = plan.span.in_office(begins + (0.2 + 0.3 * draws.lot(Lot.BACK_FROM)) * stayed, draws.lot(Lot.BACK_TO))
    return_ = plan.span.in_office(back + (0.2 + 0.3 * draws.lot(Lot.BACK_TO)) * stayed, draws.lot(Lot.BACK_FROM))
    fits = may.any(axis=1) & (back > begins) & (return_ > back) & (return_ < left[row, stage])
    return np.where(fits, back, NOT_YET), np.where(fits, return_, NOT_YET), stage
