"""Hand-offs, reasons, key events and versions of playbooks against their slow definition, and exact cases."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadline.insights.store.warehouse import Warehouse
from tests.insights.asking import LATER, behind, followed, rows
from tests.oracle import process as oracle
from tests.strategies.ledger import DAY, START, Ledger
from tests.strategies.process import item, teams

HOUR = dt.timedelta(hours=1)
BROKEN_DOWN = {
    "response_time": ("owner",),
    "hand_offs": ("giver", "taker"),
    "hand_offs_accepted": ("giver_role", "taker_role"),
    "deal_hand_offs_accepted": ("giver",),
    "time_to_accept": ("taker",),
    "return_reasons": ("lack", "giver"),
    "lost_reasons": ("source", "lost_reason"),
    "lost_to": ("lost_reason", "competitor"),
    "discard_reasons": ("discard_reason",),
    "key_events": ("event",),
    "playbook_conversion": ("stage", "playbook"),
}


@settings(max_examples=6, deadline=None)
@given(ledger=teams(), days=st.integers(0, 6), cut=st.integers(0, 40))
def test_what_the_slow_definitions_say(warehouse: Warehouse, ledger: Ledger, days: int, cut: int) -> None:
    growing, whole = Ledger(), ledger.rows
    for growing.rows in (whole[:cut], whole):
        warehouse.follow(growing)
    for as_of in (LATER, START + days * DAY):
        process = oracle.Process(whole, as_of)
        for metric, dimensions in BROKEN_DOWN.items():
            for by in ((), dimensions):
                found = {tuple(row[name] for name in by): row for row in rows(warehouse, metric, *by, as_of=as_of)}
                expected = process.answer(metric, *by)
                assert found.keys() == expected.keys(), (metric, by, as_of)
                for labels, row in expected.items():
                    for name, value in row.items():
                        got = found[labels][name]
                        assert got == (pytest.approx(value) if isinstance(value, float) else value), (metric, name)


def _team() -> Ledger:
    ledger = Ledger()
    ledger.pipeline("First", "Last")
    for name in ("Ann", "Bob"):
        ledger.add("user", name=name, email=f"{name}@example.org")
    for name in ("Budget", "Date"):
        ledger.add("lack", name=name)
    ledger.add("activity_type", name="Call")
    return ledger


def _lead(ledger: Ledger, **more: object) -> int:
    return ledger.add("lead", START, stage="sql", status="open", owner_id=1, created_at=START, **more)


def _handed(ledger: Ledger, lead: int, at: dt.datetime) -> int:
    return ledger.add("hand_off", at, lead_id=lead, giver_id=1, taker_id=2, giver_role="inbound", taker_role="closer",
                      state="waiting", handed_at=at)  # fmt: skip


def test_r39_a_lead_is_given_back_then_accepted_and_another_waits() -> None:
    ledger = _team()
    first, second = _lead(ledger), _lead(ledger)
    back = _handed(ledger, first, START + HOUR)
    ledger.change("hand_off", back, START + 2 * HOUR, state="returned", answered_at=START + 2 * HOUR, lacks=[1, 2])
    again = _handed(ledger, first, START + 5 * HOUR)
    ledger.change("hand_off", again, START + 8 * HOUR, state="accepted", answered_at=START + 8 * HOUR)
    _handed(ledger, second, START + 5 * HOUR)
    slip = _handed(ledger, second, START)
    ledger.change("hand_off", slip, START + HOUR, state="withdrawn", answered_at=START + HOUR)
    store = followed(ledger)
    assert rows(store, "hand_offs")[0]["n"] == 3
    (pair,) = rows(store, "hand_offs_accepted", "giver_role", "taker_role")
    assert (pair["giver_role"], pair["taker_role"]) == ("inbound", "closer")
    assert (pair["numerator"], pair["n"], pair["pending"], pair["value"]) == (1, 2, 1, 0.5)
    assert pair["low"] < 0.5 < pair["high"]
    (taken,) = rows(store, "time_to_accept")
    assert (taken["value"], taken["n"], taken["unanswered"]) == (3.0, 1, 1)
    lacked = {row["lack"]: (row["numerator"], row["n"]) for row in rows(store, "return_reasons", "lack")}
    assert lacked == {"Budget": (1, 1), "Date": (1, 1)}
    assert behind(store, "hand_offs_accepted", "pending") == [second]
    assert behind(store, "return_reasons", where={"lack": "Budget"}) == [first]
    # As it was known while it waited for its first answer.
    (then,) = rows(store, "hand_offs_accepted", as_of=START + 1.5 * HOUR)
    assert (then["n"], then["pending"]) == (0, 1)


def test_r39_each_who_got_a_lead_answers_for_their_own_time() -> None:
    """Ann answers after an hour and hands it on; Bob after two; what Ann does then is no answer of his."""
    ledger = _team()
    lead = _lead(ledger)
    for hour, who in ((1, 1), (11, 1), (12, 2)):
        at = START + hour * HOUR
        ledger.add("activity", at, type_id=1, owner_id=who, lead_id=lead, created_at=at, done_at=at)
    ledger.change("lead", lead, START + 10 * HOUR, owner_id=2)
    store = followed(ledger)
    found = {row["owner"]: (row["value"], row["n"]) for row in rows(store, "response_time", "owner")}
    assert found == {"Ann": (1.0, 1), "Bob": (2.0, 1)}
    assert behind(store, "response_time", where={"owner": "Bob"}) == [lead]
    (day,) = rows(store, "response_time", start=START.date(), end=START.date())
    assert day["n"] == 2


def test_r2_a_deal_keeps_the_version_that_was_in_force_when_it_came() -> None:
    ledger = _team()
    for version, at in ((1, START), (2, START + 10 * DAY)):
        ledger.add("playbook", at, stage_id=1, version=version, items=[item("sent", "tick")], published_at=at)
    ledger.add("playbook", START, stage_id=1, version=3, items=[], published_at=None)  # a draft
    before, old, new = (ledger.deal(1, START + days * DAY) for days in (-1, 1, 11))
    for deal in (before, old):
        ledger.move(deal, 2, START + 12 * DAY)
    ledger.close(new, "lost", START + 13 * DAY)
    ledger.add("answer", START + 2 * DAY, deal_id=old, key="sent", value=True)
    ledger.add("answer", START + 12 * DAY, deal_id=new, key="sent", value=None, waived="Known customer")
    store = followed(ledger)
    found = {row["playbook"]: (row["numerator"], row["n"]) for row in
             rows(store, "playbook_conversion", "playbook", where={"stage": "First"})}  # fmt: skip
    assert found == {None: (1, 1), "First, version 1": (1, 1), "First, version 2": (0, 1)}
    assert list(found) == ["First, version 1", "First, version 2", None]
    assert behind(store, "playbook_conversion", where={"playbook": "First, version 2"}) == [new]
    (event,) = rows(store, "key_events", "event")  # what was waived has not happened
    assert (event["event"], event["n"]) == ("Proposal sent", 1)
    assert behind(store, "key_events", where={"event": "Proposal sent"}) == [old]


def test_r4_shares_of_reasons_are_of_the_same_stage() -> None:
    ledger = _team()
    for name in ("Price", "Timing"):
        ledger.add("lost_reason", name=name)
    for number, (stage, reason) in enumerate(((1, 1), (1, 2), (1, 2), (1, None), (2, 1))):
        deal = ledger.deal(stage, START)
        ledger.close(deal, "lost", START + (number + 1) * DAY, lost_reason_id=reason)
    store = followed(ledger)
    found = {(row["stage"], row["lost_reason"]): (row["numerator"], row["n"])
             for row in rows(store, "lost_reasons", "stage", "lost_reason")}  # fmt: skip
    assert found == {("First", "Price"): (1, 4), ("First", "Timing"): (2, 4), ("First", None): (1, 4),
                     ("Last", "Price"): (1, 1)}  # fmt: skip
    price = {"stage": "First", "lost_reason": "Price"}
    assert behind(store, "lost_reasons", "numerator", where=price) == [1]
    assert behind(store, "lost_reasons", "denominator", where=price) == [1, 2, 3, 4]


def test_nothing_is_said_of_nothing() -> None:
    store = followed(_team())
    for metric, by in BROKEN_DOWN.items():
        (row,) = rows(store, metric)
        assert row["n"] == 0
        assert row["value"] in (None, 0)
        assert rows(store, metric, *by) == []
