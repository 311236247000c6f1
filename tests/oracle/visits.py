"""Visits and passages, slowly: a deal is walked through from its first state to its last."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from tests.oracle.states import State, history, moment

Ledger = Any
TEN_MINUTES = dt.timedelta(minutes=10)


@dataclass
class Visit:
    deal: int
    pipeline: int | None
    stage: int | None
    entered: dt.datetime | None
    left: dt.datetime | None
    ended: str
    owner: int | None
    source: int | None


@dataclass
class Passage:
    deal: int
    pipeline: int | None
    stage: int | None
    entered: dt.datetime | None
    skipped: bool
    outcome: str
    owner: int | None
    source: int | None


def deals(rows: list[Any], until: dt.datetime) -> dict[int, list[State]]:
    """The states of all deals that are neither deleted nor merged."""
    found = history(rows, "deal", until)
    return {deal: [s for s in states if not s.gone] for deal, states in found.items() if not states[-1].gone}


def place(state: State) -> Any:
    return (state.pipeline_id, state.stage_id) if state.status == "open" else state.status


def moves(states: list[State]) -> list[State]:
    """Where the deal went, without what was undone."""
    stood: list[State] = []
    previous = None
    for state in states:
        if previous is not None and place(state) == place(previous):
            previous = state
            continue
        previous = state
        back = len(stood) > 1 and place(stood[-2]) == place(state)
        same = state.actor is not None and stood and stood[-1].actor == state.actor
        if back and same and state.since - stood[-1].since <= TEN_MINUTES:
            stood.pop()
        else:
            stood.append(state)
    return stood


def positions(rows: list[Any], until: dt.datetime) -> dict[int, tuple[int, int]]:
    """Stage to (pipeline, rank)."""
    found = {stage: states[-1] for stage, states in history(rows, "stage", until).items()}
    ordered = sorted(found, key=lambda stage: (found[stage].position, found[stage].gone, stage))
    return {stage: (found[stage].pipeline_id, ordered.index(stage)) for stage in ordered}


def visits(rows: list[Any], until: dt.datetime) -> list[Visit]:
    order = positions(rows, until)
    found = []
    for deal, states in deals(rows, until).items():
        walked = moves(states)
        created = moment(states[-1].created_at)
        for index, state in enumerate(walked):
            following = walked[index + 1] if index + 1 < len(walked) else None
            if state.status != "open" and index:
                continue
            found.append(_visit(deal, state, following, index == 0, created, order))
    return found


def _visit(deal: int, state: State, following: State | None, first: bool, created: Any, order: Any) -> Visit:
    entered: dt.datetime | None = state.since
    if first and not (created and following and created > following.since):
        entered = created
    left = following.since if following else None
    if following and following.status in ("won", "lost") and following.closed_at is None:
        left = None
    if state.status != "open":
        left = None if state.stage_id else moment(state.closed_at)
    ended = _ended(state, following, order)
    return Visit(deal, state.pipeline_id, state.stage_id, entered, left, ended, state.owner_id, state.source_id)


def _ended(state: State, following: State | None, order: Any) -> str:
    status = state.status if state.status != "open" else following.status if following else None
    if status is None:
        return "open"
    if status != "open":
        return "parked" if status == "nurture" else status
    assert following is not None
    if following.pipeline_id != state.pipeline_id:
        return "transferred"
    if state.stage_id and following.stage_id and order[following.stage_id][1] < order[state.stage_id][1]:
        return "went_back"
    return "advanced"


def passages(rows: list[Any], until: dt.datetime) -> list[Passage]:
    order = positions(rows, until)
    gone = {stage for stage, states in history(rows, "stage", until).items() if states[-1].gone}
    found = []
    for deal, states in deals(rows, until).items():
        own = [visit for visit in visits(rows, until) if visit.deal == deal]
        was_won = any(state.status == "won" for state in moves(states))
        known = [visit for visit in own if visit.stage in order]
        for stage, (pipeline, rank) in order.items():
            further = [v for v in known if order[v.stage][0] == pipeline == v.pipeline and order[v.stage][1] >= rank]
            if further and (stage not in gone or further[0].stage == stage):
                on = was_won or any(order[visit.stage][1] > rank for visit in further)
                found.append(_passage(further[0], stage, on, states[-1].status))
        if own and not known:
            found.append(_passage(own[0], own[0].stage, was_won, states[-1].status))
    return found


def _passage(visit: Visit, stage: int | None, went_on: bool, status: str) -> Passage:
    outcome = "advanced" if went_on else "failed" if status in ("lost", "nurture") else "pending"
    skipped = visit.stage != stage
    return Passage(visit.deal, visit.pipeline, stage, visit.entered, skipped, outcome, visit.owner, visit.source)
