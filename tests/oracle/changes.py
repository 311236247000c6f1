"""What changed between two moments, slowly: deal by deal, state by state."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from decimal import Decimal
from typing import Any

from leadline.insights.changes.steps import Scope
from tests.oracle.states import State, history

Bars = dict[str, tuple[Decimal, set[int], int]]


def bars(rows: list[tuple[Any, ...]], scope: Scope, after: dt.datetime, until: dt.datetime) -> Bars:
    """Name to amount, deals and how many of them counted as nothing, opening and closing among them."""
    found: dict[str, Any] = defaultdict(lambda: [Decimal(0), set(), set()])
    found["opening"], found["closing"] = [Decimal(0), set(), set()], [Decimal(0), set(), set()]

    def put(name: str, deal: int, amount: Decimal, *counted: Decimal) -> None:
        found[name][0] += amount
        found[name][1].add(deal)
        if any(counted or (amount,)):
            found[name][2].add(deal)

    for deal, states in history(rows, "deal", until).items():
        if scope.seen is not None and deal not in scope.seen:
            continue
        was: State | None = None
        for state in states:
            if state.since > after and (name := _reason(scope, was, state)):
                became, before_it = _amount(scope, state), _amount(scope, was)
                put(name, deal, became - before_it, became, before_it)
            was = state
        before = [state for state in states if state.since <= after]
        if before and _counts(scope, before[-1]):
            put("opening", deal, _amount(scope, before[-1]))
        if _counts(scope, states[-1]):
            put("closing", deal, _amount(scope, states[-1]))
    return {name: (amount, deals, len(deals - worth)) for name, (amount, deals, worth) in found.items()}


def _here(scope: Scope, state: State) -> bool:
    return scope.pipeline is None or state.pipeline_id == scope.pipeline


def _theirs(scope: Scope, state: State) -> bool:
    of_owner = scope.owners is None or state.owner_id in scope.owners
    return of_owner and (scope.sources is None or state.source_id in scope.sources)


def _counts(scope: Scope, state: State | None) -> bool:
    if state is None or state.gone or state.status != "open":
        return False
    day = state.expected_close_on
    timely = scope.closing is None or (day is not None and str(scope.closing[0]) <= day <= str(scope.closing[1]))
    return _here(scope, state) and _theirs(scope, state) and timely


def _amount(scope: Scope, state: State | None) -> Decimal:
    return Decimal(state.value_base or 0) if state and _counts(scope, state) else Decimal(0)


def _reason(scope: Scope, was: State | None, state: State) -> str | None:
    if _counts(scope, was) and _counts(scope, state):
        assert was is not None
        if _amount(scope, was) == _amount(scope, state):
            return None
        same = (was.value, was.currency) == (state.value, state.currency)
        return "rerated" if same else "revalued"
    if _counts(scope, state):
        return _came(scope, was)
    return _went(scope, state) if _counts(scope, was) else None


def _came(scope: Scope, was: State | None) -> str:
    if was is None:
        return "added"
    if was.gone:
        return "restored"
    if was.status != "open":
        return "reopened"
    if not _here(scope, was):
        return "moved_in"
    return "dated_in" if _theirs(scope, was) else "handed_in"


def _went(scope: Scope, state: State) -> str:
    if state.gone:
        return "deleted" if state.merged_into_id is None else "merged"
    if state.status != "open":
        return "parked" if state.status == "nurture" else str(state.status)
    if not _here(scope, state):
        return "moved_out"
    return "dated_out" if _theirs(scope, state) else "handed_out"
