"""Touches, pushes and leads against their second, slow definition; what else metrics read, as exact cases."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadline.insights.facts import inputs
from leadline.insights.store.warehouse import Warehouse
from tests.insights.asking import LATER, followed
from tests.insights.test_derived import told
from tests.oracle import work
from tests.strategies.ledger import DAY, START, Ledger
from tests.strategies.work import companies_at_work

COLUMNS = {
    "touches": "deal, lead, touched_at, kind, actor",
    "pushes": "deal, pushed_at, was_on, now_on, days, actor",
    "leads": "lead, mql_at, sql_at, sal_at, handed_at",
}
SHAPES = {
    "int64": "BIGINT",
    "int32": "INTEGER",
    "string": "VARCHAR",
    "float64": "DOUBLE",
    "json": "JSON",
    "boolean": "BOOLEAN",
    "timestamp": "TIMESTAMP",
    "date": "DATE",
    "decimal(18, 2)": "DECIMAL(18,2)",
}


@settings(max_examples=25, deadline=None)
@given(ledger=companies_at_work(), days=st.integers(0, 40), cut=st.integers(0, 24))
def test_what_the_slow_definitions_say(warehouse: Warehouse, ledger: Ledger, days: int, cut: int) -> None:
    growing, whole = Ledger(), ledger.rows
    for growing.rows in (whole[:cut], whole):
        warehouse.follow(growing)
    for as_of in (LATER, START + days * DAY):
        for relation, columns in COLUMNS.items():
            wanted = sorted(getattr(work, relation)(whole, as_of), key=repr)
            assert told(warehouse, relation, columns, as_of) == wanted, (relation, as_of)
        kept = told(warehouse, "care", "deal, first_touched_at, touched_at, pushes, pushed_days", as_of)
        assert kept == [_care(deal, whole, as_of) for deal, *_ in kept], as_of
        assert [deal for deal, *_ in kept] == ([1] if as_of >= START else [])


def _care(deal: int, whole: list, as_of: dt.datetime) -> tuple:
    """What is kept of a deal, out of its touches and pushes."""
    touched = [touch[2] for touch in work.touches(whole, as_of) if touch[0] == deal]
    later = [push[4] for push in work.pushes(whole, as_of) if push[0] == deal and push[4] > 0]
    return (deal, min(touched, default=None), max(touched, default=None), len(later), sum(later))


@pytest.mark.parametrize("as_of", [LATER, START])
def test_every_relation_has_the_shape_that_facts_are_made_of(as_of: dt.datetime) -> None:
    ledger = Ledger()
    ledger.pipeline("One", at=START + DAY)
    warehouse = followed(ledger)
    for table in vars(inputs).values():
        if not hasattr(table, "get_name"):
            continue
        with warehouse.as_of(as_of) as tables:
            rows = tables.arrow(f"DESCRIBE SELECT * FROM {table.get_name()}").to_pylist()
        found = {row["column_name"]: row["column_type"] for row in rows}
        wanted = {name: SHAPES[str(kind)] for name, kind in table.schema().items()}
        if table is inputs.NAMES:
            wanted["place"] = "INTEGER"
        assert wanted.items() <= found.items(), table.get_name()


def test_what_a_lead_became_in_the_moment_it_was_first_seen_it_was_from_its_creation_on() -> None:
    ledger = Ledger()
    ledger.add("lead", START, stage="target", status="open", created_at=START - DAY)
    ledger.change("lead", 1, START, status="converted")
    assert told(followed(ledger), "leads", COLUMNS["leads"], LATER) == [(1, *[START - DAY] * 3, None)]
    assert work.leads(ledger.rows, LATER) == [(1, *[START - DAY] * 3, None)]


def test_leads_are_worth_what_the_rate_of_their_day_says() -> None:
    ledger = Ledger()
    for code in ("EUR", "USD"):
        ledger.add("currency", code=code, is_base=code == "EUR")
    ledger.add("rate", START, currency="USD", on_date=START.date(), rate="0.5")
    ledger.add("rate", START, currency="USD", on_date=(START + DAY).date(), rate="0.25")
    for value, currency, days in (("10.00", "EUR", 0), ("10.00", "USD", 0), ("10.00", "USD", 1), ("10.00", "USD", -1)):
        ledger.add("lead", START + DAY, stage="mql", status="open", created_at=START + days * DAY, value=value,
                   currency=currency)  # fmt: skip
    worth = [row[1] for row in told(followed(ledger), "leads", "lead, value_base")]
    assert worth == [Decimal(10), Decimal(5), Decimal("2.5"), None]


def test_where_no_currency_is_the_base_a_single_one_is() -> None:
    ledger = Ledger()
    ledger.add("lead", stage="mql", status="open", value="7.00", currency="CHF", created_at=START)
    warehouse = followed(ledger)
    assert told(warehouse, "leads", "value_base") == [(Decimal(7),)]
    ledger.add("lead", stage="mql", status="open", value="7.00", currency="EUR", created_at=START)
    warehouse.follow(ledger)
    assert told(warehouse, "leads", "value_base") == [(None,), (None,)]


def test_titles_are_kept_as_digests_that_are_equal_for_copies() -> None:
    ledger = Ledger()
    ledger.pipeline("One")
    for title in ("Lamp for Ann", " lamp for ann ", "Lamp for Bob", None):
        ledger.deal(1, START, title=title)
    ledger.change("deal", 3, START + DAY, value="1.00")
    keys = [row[1] for row in told(followed(ledger), "deals", "deal, title_key")]
    assert keys[0] == keys[1] != keys[2]
    assert [key is None for key in keys] == [False, False, False, True]


def test_people_targets_and_stages_stand_as_of_then() -> None:
    ledger = Ledger()
    ledger.pipeline("One", "Two")
    ledger.add("user", name="Ann", role="seller", hired_on=START.date(), carries_quota=True, is_active=True)
    ledger.add("target", metric="booked_revenue", user_id=1, start_on=dt.date(2024, 1, 1),
               end_on=dt.date(2024, 3, 31), amount="50000.00")  # fmt: skip
    ledger.change("target", 1, START + DAY, amount="60000.00")
    ledger.change("user", 1, START + DAY, role="leader", left_on=dt.date(2024, 2, 1))
    ledger.change("stage", 2, START + DAY, rot_days=5, probability=0.5)
    warehouse = followed(ledger)
    for as_of, role, amount, rot_days in ((START, "seller", 50_000, None), (LATER, "leader", 60_000, 5)):
        assert told(warehouse, "staff", "member, role, active", as_of) == [(1, role, True)]
        columns = "metric, member, team, amount"
        assert told(warehouse, "targets", columns, as_of) == [("booked_revenue", 1, None, Decimal(amount))]
        assert told(warehouse, "stages", "stage, rank, rot_days", as_of) == [(1, 1, None), (2, 2, rot_days)]
