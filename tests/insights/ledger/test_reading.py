"""The ledger read from the warehouse: its passages are the warehouse's, its past is what was read then."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from leadline.insights.ledger.cutting import as_of
from leadline.insights.ledger.ledger import NEVER, Ledger, Status
from leadline.insights.ledger.narrowing import narrowed
from leadline.insights.ledger.passages import passages
from leadline.insights.ledger.reading import EPOCH, days, ledger
from leadline.insights.store.warehouse import Warehouse
from tests.insights.asking import LATER
from tests.insights.ledger.same import TABLES, rows
from tests.strategies import changes
from tests.strategies.ledger import DAY, START
from tests.strategies.ledger import Ledger as Log

OUTCOMES = {1: "advanced", 0: "pending", -1: "failed"}
HASTE = dt.timedelta(minutes=11)


def read(warehouse: Warehouse, log: Log, moment: dt.datetime = LATER) -> Ledger:
    warehouse.follow(log)
    with warehouse.as_of(moment) as tables:
        return ledger(tables, moment)


def at(number: float) -> dt.datetime | None:
    return EPOCH + dt.timedelta(seconds=round(number * 86_400)) if np.isfinite(number) else None


@settings(max_examples=6, deadline=None)
@given(log=changes.ledgers(deals=10))
def test_passages_are_the_warehouses(warehouse: Warehouse, log: Log) -> None:
    found = read(warehouse, log)
    with warehouse.as_of(LATER) as tables:
        told = tables.arrow("SELECT deal, stage, entered_at, ended_at, outcome, owner, skipped FROM passages")
    ids = {kind: [*found.names[kind].ids.tolist(), None] for kind in ("stage", "owner")}
    own = [
        (int(found.deals.id[deal]), ids["stage"][stage], at(entered), at(ended), OUTCOMES[outcome], ids["owner"][owner],
         bool(skipped))
        for deal, stage, entered, ended, outcome, owner, _source, skipped in columns(passages(found))
    ]  # fmt: skip
    assert sorted(own, key=repr) == sorted((tuple(row.values()) for row in told.to_pylist()), key=repr)


def columns(table: Any) -> Any:
    return zip(*(column.tolist() for column in vars(table).values()), strict=True)


@settings(max_examples=6, deadline=None)
@given(log=changes.ledgers(deals=8), draw=st.data())
def test_cut_off_it_says_what_was_read_then(warehouse: Warehouse, log: Log, draw: st.DataObject) -> None:
    """Soon after a change it may yet be taken back, and then it never was: such moments are left out."""
    written = sorted({dt.datetime.fromisoformat(row[2]) for row in log.rows})
    ends = [one for one in written if not any(one < other <= one + HASTE for other in written)]
    then = draw.draw(st.sampled_from(ends)) + HASTE
    whole, past = read(warehouse, log), read(warehouse, log, then)
    cut = as_of(whole, days(then))
    kept = np.isin(past.deals.id, cut.deals.id)  # what is in the trash by now is not in the ledger
    past = narrowed(past, kept, np.ones(len(past.leads), bool))
    for name in TABLES:
        # Of closed deals these may have been set again: `statuses` tells when they closed.
        leave = {"stage", "pipeline", "closed"} if name == "deals" else set()
        assert rows(cut, name, leave) == rows(past, name, leave), name
    assert rows(still_open(cut), "deals") == rows(still_open(past), "deals")
    if kept.all():
        assert (cut.start, cut.as_of) == (past.start, past.as_of)


def still_open(of: Ledger) -> Ledger:
    return narrowed(of, of.deals.status == Status.OPEN, np.ones(len(of.leads), bool))


def test_what_nobody_knows_is_not_a_number_and_what_did_not_come_is_never(warehouse: Warehouse) -> None:
    log = changes.company()
    log.deal(2, START, status="won", closed_at=None, created_at=None)
    log.deal(1, START + DAY, created_at=START)
    log.deal(3, START + DAY, created_at=START, status="nurture", closed_at=None)
    deals = read(warehouse, log).deals
    by_id = {number: row for row, number in enumerate(deals.id.tolist())}
    won, open_, parked = (by_id[number] for number in (1, 2, 3))
    assert np.isnan([deals.closed[won], deals.created[won], deals.value[open_]]).all()
    assert (deals.status[won], deals.closed[open_]) == (Status.WON, NEVER)
    assert (deals.status[parked], deals.closed[parked]) == (Status.NURTURE, days(START + DAY))


def test_a_hasty_close_was_none(warehouse: Warehouse) -> None:
    log = changes.company()
    for by in (1, 2):  # taken back by the same person, and by another
        deal, close = log.deal(1, START), START + DAY
        log.change("deal", deal, close, by=1, status="won", closed_at=close)
        log.change("deal", deal, close + dt.timedelta(minutes=5), by=by, status="open", closed_at=None)
    found = read(warehouse, log)
    assert np.bincount(found.statuses.deal).tolist() == [1, 3]
    assert passages(found).outcome.tolist() == [0, 1]


def test_no_deals_at_all(warehouse: Warehouse) -> None:
    found = read(warehouse, changes.company())
    assert (len(found.deals), len(passages(found)), len(as_of(found, 3.0).deals)) == (0, 0, 0)
    assert found.start == found.as_of
