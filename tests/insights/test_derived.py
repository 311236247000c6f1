"""Visits and passages against their second, slow definition, over companies with every kind of history."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from leadline.insights.store.warehouse import Warehouse
from tests.oracle import visits as oracle
from tests.strategies.changes import ledgers
from tests.strategies.ledger import START, Ledger

LATER = dt.datetime(2099, 1, 1)


def told(warehouse: Warehouse, table: str, columns: str, as_of: dt.datetime = LATER) -> list[tuple]:
    with warehouse.as_of(as_of) as tables:
        rows = tables.arrow(f"SELECT {columns} FROM {table}").to_pylist()
    return sorted((tuple(row.values()) for row in rows), key=repr)


def visits(warehouse: Warehouse, as_of: dt.datetime = LATER) -> list[tuple]:
    columns = "deal, pipeline, stage, entered_at, left_at, ended, owner, source"
    return told(warehouse, "visits", columns, as_of)


def passages(warehouse: Warehouse, as_of: dt.datetime = LATER) -> list[tuple]:
    columns = "deal, pipeline, stage, entered_at, skipped, outcome, owner, source"
    return told(warehouse, "passages", columns, as_of)


def expected(found: list) -> list[tuple]:
    return sorted((tuple(vars(one).values()) for one in found), key=repr)


@settings(max_examples=30, deadline=None)
@given(ledger=ledgers(), days=st.integers(0, 200))
def test_visits_and_passages_are_what_the_slow_definition_says(warehouse: Warehouse, ledger: Ledger, days: int) -> None:
    warehouse.follow(ledger)
    for as_of in (LATER, START + dt.timedelta(days=days)):
        assert visits(warehouse, as_of) == expected(oracle.visits(ledger.rows, as_of))
        assert passages(warehouse, as_of) == expected(oracle.passages(ledger.rows, as_of))
