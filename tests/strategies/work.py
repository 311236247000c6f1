"""Companies at work: leads that come along, dates that are pushed, notes, activities, slips taken back, imports."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import strategies as st

from tests.strategies.ledger import DAY, START, Ledger

WAYS = ("web", "web", "import", "rule", "mcp")
STAGES, STATUSES = ("target", "mql", "sql", "sal"), ("open", "converted", "discarded")
_people = st.none() | st.sampled_from((1, 2))
_day = st.sampled_from((None, dt.date(2024, 2, 28), dt.date(2024, 2, 29), dt.date(2024, 3, 31)))
_changes = {
    "deal": st.one_of(
        st.fixed_dictionaries({"stage_id": st.sampled_from((1, 2))}),
        st.fixed_dictionaries({"expected_close_on": _day}),
        st.fixed_dictionaries({"value": st.sampled_from(("1.00", "2.00"))}),
    ),
    "lead": st.one_of(
        st.fixed_dictionaries({"stage": st.sampled_from(STAGES)}),
        st.fixed_dictionaries({"status": st.sampled_from(STATUSES)}),
        st.fixed_dictionaries({"owner_id": _people}),
    ),
    "note": st.fixed_dictionaries({"deal_id": st.sampled_from((None, 1)), "lead_id": st.just(1)}),
    "activity": st.fixed_dictionaries({"done_at": st.none() | st.integers(0, 30).map(lambda n: START + n * DAY)}),
}
_hours = st.sampled_from((0, 0, 1, 30, 24 * 7))


@st.composite
def companies_at_work(draw: st.DrawFn, steps: int = 14) -> Ledger:
    """One deal, one lead, a note and an activity on each of them, and what people and machines did to them."""
    ledger = Ledger()
    ledger.pipeline("First", "Last")
    ledger.deal(1, START, expected_close_on=draw(_day))
    born = draw(st.sampled_from((None, START, START - DAY)))
    ledger.add("lead", START, stage=draw(st.sampled_from(STAGES)), status="open", owner_id=draw(_people),
               created_at=born)  # fmt: skip
    for place in ({"deal_id": 1}, {"lead_id": 1}, {}):
        ledger.add("note", START, by=draw(_people), via=draw(st.sampled_from(WAYS)), **place)
        ledger.add("activity", START, owner_id=draw(_people), **place)
    at = START
    for _ in range(draw(st.integers(0, steps))):
        at += dt.timedelta(hours=draw(_hours))
        _step(draw, ledger, at)
    return ledger


def _step(draw: st.DrawFn, ledger: Ledger, at: dt.datetime) -> None:
    how: dict[str, Any] = {"by": draw(_people), "via": draw(st.sampled_from(WAYS))}
    entity = draw(st.sampled_from(sorted(_changes)))
    record = draw(st.integers(1, ledger.ids[entity]))
    act = draw(st.sampled_from(("change", "change", "change", "undo", "trash")))
    if act == "trash":
        ledger.change(entity, record, at, verb="delete", deleted_at=at, **how)
        return
    if act == "undo":
        slip = next((row for row in reversed(ledger.rows) if row[6:8] == (entity, record)), None)
        if slip is None or slip[8] != "change" or slip[11] is not None:
            return
        how["undoes"] = slip[0]
    ledger.change(entity, record, at, **how, **draw(_changes[entity]))
