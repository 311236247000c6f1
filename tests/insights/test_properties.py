"""What must hold for every company."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from leadline.insights.catalogue import METRICS
from leadline.insights.store.warehouse import Warehouse
from tests.insights.asking import rows
from tests.strategies.changes import ledgers
from tests.strategies.ledger import START, Ledger


def _happened_by(ledger: Ledger, moment: dt.datetime) -> Ledger:
    """The ledger as if nothing had happened since."""
    cut = Ledger()
    kept = [row for row in ledger.rows if dt.datetime.fromisoformat(row[2]) <= moment]
    cut.rows = [(number, *row[1:]) for number, row in enumerate(kept, 1)]
    return cut


def _broken_down(metric: str) -> list[str]:
    return [name for name in ("stage", "owner") if name in METRICS[metric].dimensions]


@settings(max_examples=12, deadline=None)
@given(ledger=ledgers(), days=st.integers(0, 160), minutes=st.integers(0, 15), part=st.integers(0, 5))
def test_case_7_a_report_of_the_past_does_not_change_when_later_events_are_added(
    warehouse: Warehouse, ledger: Ledger, days: int, minutes: int, part: int
) -> None:
    as_of = START + dt.timedelta(days=days, minutes=minutes)
    metrics = list(METRICS)[part::6]
    told = []
    for log in (_happened_by(ledger, as_of), ledger):
        warehouse.follow(log)
        told.append([rows(warehouse, metric, *_broken_down(metric), as_of=as_of) for metric in metrics])
    assert told[0] == told[1]


@settings(max_examples=8, deadline=None)
@given(ledger=ledgers())
def test_case_8_conversions_by_person_weighted_by_passages_add_up_to_the_teams(
    warehouse: Warehouse, ledger: Ledger
) -> None:
    warehouse.follow(ledger)
    for row in rows(warehouse, "stage_conversion", "stage"):
        people = rows(warehouse, "stage_conversion", "owner", where={"stage": row["stage"]})
        assert sum(person["n"] for person in people) == row["n"]
        assert sum(person["numerator"] for person in people) == row["numerator"]
        if None not in {each["value"] for each in (row, *people) if each["n"]}:
            weighted = sum((person["value"] or 0) * person["n"] for person in people)
            assert abs(weighted - (row["value"] or 0) * row["n"]) < 1e-9


@settings(max_examples=8, deadline=None)
@given(ledger=ledgers(), by=st.sampled_from((("owner",), ("team", "stage"), ("source", "pipeline"))))
def test_a_tempered_value_never_contradicts_the_measured_one(
    warehouse: Warehouse, ledger: Ledger, by: tuple[str, ...]
) -> None:
    warehouse.follow(ledger)
    for metric in ("stage_conversion", "win_rate", "deal_size", "time_to_close", "time_in_stage"):
        for row in rows(warehouse, metric, *by):
            value, shrunk = row["value"], row["shrunk"]
            assert (shrunk is None) == (value is None)
            if value is None:
                assert (row["flag"], row["p_below"]) == (None, None)
            elif row["p_below"] > 0.5:
                assert value <= shrunk
            elif row["p_below"] < 0.5:
                assert value >= shrunk - 1e-9


@settings(max_examples=8, deadline=None)
@given(ledger=ledgers())
def test_the_funnel_never_widens(warehouse: Warehouse, ledger: Ledger) -> None:
    warehouse.follow(ledger)
    for pipeline in (1, 2):
        found = rows(warehouse, "stage_conversion", "stage", pipeline=pipeline)
        entered = [row["n"] + row["pending"] for row in found if row["stage"] is not None]
        assert entered == sorted(entered, reverse=True)
        for earlier, later in pairwise(found):
            if later["stage"] is not None:
                assert later["n"] + later["pending"] <= earlier["numerator"]


@settings(max_examples=8, deadline=None)
@given(ledger=ledgers())
def test_sums_by_any_dimension_add_up(warehouse: Warehouse, ledger: Ledger) -> None:
    warehouse.follow(ledger)
    for metric in ("booked_revenue", "open_value"):
        (whole,) = rows(warehouse, metric)
        for dimension in ("owner", "team", "source", "product", "stage", "pipeline", "month", "Size"):
            parts = rows(warehouse, metric, dimension)
            assert sum((row["value"] for row in parts), Decimal(0)) == whole["value"]


@settings(max_examples=12, deadline=None)
@given(ledger=ledgers(deals=8), cuts=st.lists(st.integers(0, 200), max_size=3))
def test_following_step_by_step_is_reading_all_at_once(warehouse: Warehouse, ledger: Ledger, cuts: list[int]) -> None:
    whole = ledger.rows
    warehouse.follow(ledger)
    at_once = warehouse.fingerprint()
    growing = Ledger()  # another log: begins anew
    for cut in sorted(cuts):
        growing.rows = whole[:cut]
        warehouse.follow(growing)
    growing.rows = whole
    warehouse.follow(growing)
    assert warehouse.fingerprint() == at_once
    assert warehouse.follow(growing) is False
