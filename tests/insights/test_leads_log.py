"""Leads out of the change log: what was known when, and leads that are deleted, merged, returned or handed over."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from leadline.insights.catalogue import leads, sources
from leadline.insights.store.warehouse import Warehouse
from tests.insights.asking import rows
from tests.strategies.ledger import DAY, START, Ledger

HOUR = dt.timedelta(hours=1)
STEPS = st.lists(
    st.tuples(
        st.integers(0, 7),
        st.sampled_from(("mql", "sql", "convert", "won", "lost", "discard", "hand", "call", "delete")),
    ),
    max_size=6,
)


def _company(*lives: list[tuple[int, str]]) -> Ledger:
    """Leads one after another, each led through its steps so many days apart."""
    ledger = Ledger()
    ledger.pipeline("Talk", "Close")
    for name in ("Ann", "Bob"):
        ledger.add("user", name=name, email=f"{name}@example.org")
    ledger.add("source", name="Inbound")
    ledger.add("activity_type", name="Call")
    for life in lives:
        at = START
        lead = ledger.add("lead", at, by=1, stage="target", status="open", owner_id=1, originator_id=1, source_id=1,
                          created_at=at)  # fmt: skip
        deal = None
        for days, deed in life:
            at += days * DAY + HOUR
            deal = _do(ledger, lead, deal, deed, at)
    return ledger


def _do(ledger: Ledger, lead: int, deal: int | None, deed: str, at: dt.datetime) -> int | None:
    if deed in ("mql", "sql"):
        ledger.change("lead", lead, at, stage=deed)
    elif deed == "convert" and deal is None:
        deal = ledger.deal(1, at, owner_id=2, source_id=1, value_base="100.00")
        ledger.change("lead", lead, at, stage="sal", status="converted", deal_id=deal, closed_at=at)
    elif deed in ("won", "lost") and deal is not None:
        ledger.close(deal, deed, at)
    elif deed == "discard" and deal is None:
        ledger.change("lead", lead, at, status="discarded", closed_at=at)
    elif deed == "hand":
        ledger.change("lead", lead, at, owner_id=2)
    elif deed == "call":
        ledger.add("activity", at, by=2, type_id=1, owner_id=2, lead_id=lead, created_at=at, done_at=at)
    elif deed == "delete":
        ledger.change("lead", lead, at, verb="delete", deleted_at=at)
    return deal


@settings(max_examples=2, deadline=None)
@given(lives=st.lists(STEPS, max_size=4), days=st.integers(0, 20))
def test_case_7_what_is_said_of_leads_in_the_past_does_not_change(
    warehouse: Warehouse, lives: list[list[tuple[int, str]]], days: int
) -> None:
    as_of = START + days * DAY
    ledger = _company(*lives)
    then = Ledger()
    then.rows = [row for row in ledger.rows if dt.datetime.fromisoformat(row[2]) <= as_of]
    then.rows = [(number, *row[1:]) for number, row in enumerate(then.rows, 1)]
    told = []
    for log in (then, ledger):
        warehouse.follow(log)
        told.append([rows(warehouse, m.name, "owner", as_of=as_of) for m in (*leads.METRICS, *sources.METRICS)])
    assert told[0] == told[1]


def test_a_lead_led_to_a_sale(warehouse: Warehouse) -> None:
    """Qualified on day 1, called by its new owner two hours after he got it, sold; another deleted, one discarded."""
    sold = [(1, "mql"), (0, "sql"), (0, "hand"), (0, "call"), (2, "convert"), (5, "won")]
    warehouse.follow(_company(sold, [(1, "mql"), (1, "discard")], [(1, "mql"), (0, "delete")]))
    (mql,), (won,) = rows(warehouse, "mql_to_sql"), rows(warehouse, "lead_to_won")
    assert (mql["numerator"], mql["n"], mql["skipped"]) == (1, 2, 0)
    assert (won["numerator"], won["n"], won["so_far"]) == (1, 2, 0.5)
    (answer,) = rows(warehouse, "response_time", where={"owner": "Bob"})
    assert (round(answer["value"], 3), answer["n"]) == (1.0, 1)
    (lag,) = rows(warehouse, "lag")
    # From the first deed, its qualifying on the first day, to the close: seven days and five hours.
    assert (round(lag["value"] * 24), lag["from_creation"]) == (7 * 24 + 5, 0)
    early = rows(warehouse, "lead_to_won", as_of=START + 2 * DAY)
    assert [(row["numerator"], row["pending"]) for row in early] == [(0, 2)]
