"""Every metric against its second, slow definition, whole and broken down, over a period, as of a day, in a zone."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadline.insights.store.warehouse import Warehouse
from tests.insights.asking import LATER, rows
from tests.oracle import metrics as oracle
from tests.strategies.changes import ledgers
from tests.strategies.ledger import START, Ledger

DIMENSIONS = (
    "owner",
    "team",
    "source",
    "stage",
    "pipeline",
    "product",
    "label",
    "Size",
    "day",
    "week",
    "month",
    "quarter",
    "year",
)


@settings(max_examples=15, deadline=None)
@given(
    ledger=ledgers(),
    period=st.none() | st.tuples(st.integers(0, 140), st.integers(0, 60)),
    days=st.none() | st.integers(0, 200),
    zone=st.sampled_from(("UTC", "America/New_York")),
    by=st.lists(st.sampled_from(DIMENSIONS), min_size=2, max_size=2, unique=True),
)
def test_metrics_are_what_the_slow_definition_says(
    warehouse: Warehouse,
    ledger: Ledger,
    period: tuple[int, int] | None,
    days: int | None,
    zone: str,
    by: list[str],
) -> None:
    as_of = LATER if days is None else START + dt.timedelta(days=days)
    start = START.date() + dt.timedelta(days=period[0]) if period else None
    end = start + dt.timedelta(days=period[1]) if start and period else None
    warehouse.follow(ledger)
    company = oracle.Company(ledger.rows, as_of, zone)
    for metric in oracle.METRICS:
        for dimension in (None, *by):
            found = rows(warehouse, metric, *filter(None, [dimension]), as_of=as_of, start=start, end=end, zone=zone)
            _same(found, oracle.answer(company, metric, dimension, start, end), dimension, metric)


def _same(found: list[dict], expected: dict, dimension: str | None, metric: str) -> None:
    told = {row[dimension] if dimension else None: row for row in found}
    if metric == "time_in_stage":  # stages with open visits only have a row of their own for Kaplan and Meier
        told = {label: row for label, row in told.items() if row["n"] or row["left_out"] or not dimension}
    assert told.keys() == expected.keys()
    cent = 0.011 * (dimension == "product")  # parts of a value are rounded to the cent
    for label, row in expected.items():
        for name, value in row.items():
            if isinstance(value, float | Decimal):
                assert float(told[label][name]) == pytest.approx(float(value), abs=max(cent * row["n"], 1e-9))
            else:
                assert told[label][name] == value, (metric, label, name)
