"""Flow and trust against their second, slow definition: whole and by person, over a period, as of a day, in a zone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadline.insights import duckdb_sql
from leadline.insights.facts import open_deals
from leadline.insights.facts.compiled import facts_sql
from leadline.insights.store.warehouse import Warehouse
from tests.insights.asking import LATER, rows
from tests.oracle import flow, fluff, trust
from tests.strategies.ledger import START, Ledger
from tests.strategies.standing import companies

FAMILIES = (flow, trust, fluff)


@pytest.fixture(scope="module", autouse=True)
def _few() -> Iterator[None]:
    """So that two won deals are enough to compare with."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(duckdb_sql, "_known", {})
        patch.setattr(duckdb_sql, "_file", [])
        patch.setattr(open_deals, "ENOUGH_WON", 2)
        patch.setattr(flow, "ENOUGH", 2)
        yield


@settings(max_examples=12, deadline=None)
@given(
    ledger=companies(),
    period=st.none() | st.tuples(st.integers(0, 140), st.integers(0, 60)),
    days=st.none() | st.integers(0, 200),
    zone=st.sampled_from(("UTC", "America/New_York")),
)
def test_metrics_are_what_the_slow_definition_says(
    warehouse: Warehouse, ledger: Ledger, period: tuple[int, int] | None, days: int | None, zone: str
) -> None:
    as_of = LATER if days is None else START + dt.timedelta(days=days)
    start = START.date() + dt.timedelta(days=period[0]) if period else None
    end = start + dt.timedelta(days=period[1]) if start and period else None
    warehouse.follow(ledger)
    with warehouse.as_of(as_of) as tables:
        slow = flow.Slow(tables, as_of, zone)
    for family in FAMILIES:
        for metric in family.METRICS:
            for by in (None, "owner"):
                found = rows(warehouse, metric, *filter(None, [by]), as_of=as_of, start=start, end=end, zone=zone)
                same(found, family.answer(slow, metric, by, start, end), by, metric)


def same(found: list[dict[str, Any]], expected: dict[Any, dict[str, Any]], by: str | None, metric: str) -> None:
    told = {row[by] if by else None: row for row in found}
    assert told.keys() == expected.keys(), metric
    for label, row in expected.items():
        for name, value in row.items():
            if isinstance(value, float | Decimal):
                assert float(told[label][name]) == pytest.approx(float(value), abs=1e-8), (metric, label, name)
            else:
                assert told[label][name] == value, (metric, label, name)
    if by is None:
        assert (len(found), set(found[0]) >= {"value", "n", "low", "high"}) == (1, True)


@settings(max_examples=8, deadline=None)
@given(ledger=companies(deals=14))
def test_the_signs_of_fluff_are_what_the_slow_definition_says(warehouse: Warehouse, ledger: Ledger) -> None:
    warehouse.follow(ledger)
    with warehouse.as_of(LATER) as tables:
        found = {row["deal"]: row for row in tables.arrow(facts_sql("signs", (), "UTC")).to_pylist()}
        slow = trust.signs(flow.Slow(tables, LATER, "UTC"))
    assert found.keys() == slow.keys()
    for deal, told in slow.items():
        assert {name: found[deal][name] for name in told} == told
