"""Companies whose deals are worked on, or not: touches, planned activities, moved dates, copies, gaps in the record."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import strategies as st

from tests.strategies.changes import OWNERS, STAGES, ledgers
from tests.strategies.ledger import DAY, START, Ledger

DATES = tuple(dt.date(2024, 2, 27) + dt.timedelta(days=days) for days in (0, 2, 3, 40))
AMOUNTS = ("10.00", "10.00", "250.00", None)
WHOSE = ({}, {"user_id": 1}, {"user_id": 2}, {"team_id": 1}, {"pipeline_id": 1})
_maybe = st.none() | st.sampled_from((1, 2))
_gap = st.integers(0, 60 * 24 * 40)
_act = st.one_of(
    st.tuples(st.just("date"), st.none() | st.sampled_from(DATES)),
    st.tuples(st.just("done"), st.sampled_from(OWNERS)),
    st.tuples(st.just("planned"), st.sampled_from(OWNERS)),
    st.tuples(st.just("move"), st.sampled_from(STAGES[:4])),
    st.tuples(st.just("note"), st.sampled_from(OWNERS)),
)


@st.composite
def companies(draw: st.DrawFn, deals: int = 7) -> Ledger:
    """A small company with its whole history, and what was done about its deals."""
    ledger = draw(ledgers(deals=deals, steps=5))
    for stage in STAGES:
        ledger.change("stage", stage, START, rot_days=draw(st.sampled_from((None, 2, 10))))
    for name in ("Acme", "Bolt"):
        ledger.add("organization", name=name)
    for deal in range(1, ledger.ids.get("deal", 0) + 1):
        _known(draw, ledger, deal)
        at = START + dt.timedelta(minutes=draw(_gap))
        for act in draw(st.lists(_act, max_size=4)):
            _do(ledger, deal, at, act)
            at += draw(st.sampled_from((dt.timedelta(seconds=20), dt.timedelta(hours=5), 12 * DAY)))
    _sittings(draw, ledger)
    for whose in draw(st.lists(st.sampled_from(WHOSE), max_size=3)):
        start_on = dt.date(2024, draw(st.integers(1, 6)), 1)
        ends_on, amount = (
            start_on + draw(st.sampled_from((0, 40, 90))) * DAY,
            draw(st.sampled_from(("50.00", "900.00"))),
        )
        ledger.add("target", metric="booked_revenue", start_on=start_on, end_on=ends_on, amount=amount, **whose)
    return ledger


def _known(draw: st.DrawFn, ledger: Ledger, deal: int) -> None:
    values = {
        "title": draw(st.sampled_from(("Lamps", "lamps ", "Shades"))),
        "organization_id": draw(_maybe),
        "person_id": draw(_maybe),
        "lost_reason_id": draw(_maybe),
        "value_base": draw(st.sampled_from(AMOUNTS)),
    }
    ledger.change("deal", deal, START + 200 * DAY, by=None, via="import", **values)


def _do(ledger: Ledger, deal: int, at: dt.datetime, act: tuple[str, Any]) -> None:
    kind, what = act
    if kind == "date":
        ledger.change("deal", deal, at, by=1, expected_close_on=what)
    elif kind == "move":
        if ledger.states["deal", deal].get("status") == "open":
            ledger.change("deal", deal, at, by=2, stage_id=what, pipeline_id=1)
    elif kind == "note":
        ledger.add("note", at, by=what, deal_id=deal)
    else:
        done = at if kind == "done" else None
        ledger.add("activity", at, by=what, owner_id=what, deal_id=deal, created_at=at, due_at=at + DAY, done_at=done)


def _sittings(draw: st.DrawFn, ledger: Ledger) -> None:
    """One person moves several deals, one quickly after the other."""
    at = START + 90 * DAY
    for deal in range(1, ledger.ids.get("deal", 0) + 1):
        if draw(st.booleans()) and ledger.states["deal", deal].get("status") == "open":
            ledger.change("deal", deal, at, by=3, stage_id=draw(st.sampled_from(STAGES[:4])), pipeline_id=1)
            at += dt.timedelta(seconds=draw(st.sampled_from((0, 30, 31, 600))))
