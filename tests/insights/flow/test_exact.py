"""The exact cases of flow and trust, and their corners."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from leadline.insights.catalogue import flow, trust
from leadline.insights.store.warehouse import Warehouse
from tests.insights.asking import behind, rows
from tests.strategies.ledger import DAY, START, Ledger

MINUTE = dt.timedelta(minutes=1)
ALL = (*flow.METRICS, *trust.METRICS)


def test_case_6_whales(warehouse: Warehouse) -> None:
    ledger = Ledger()
    (one,) = ledger.pipeline("1")
    for name in ("Acme", "Bolt"):
        ledger.add("organization", name=name)
    deals = [
        ledger.deal(one, START, value_base=value, organization_id=1 + n % 2)
        for n, value in enumerate(("100.00", *["10.00"] * 10))
    ]
    for deal in deals:
        ledger.close(deal, "won", START + DAY)
    ledger.close(ledger.deal(one, START), "won", START + DAY)  # nobody knows what it was worth
    warehouse.follow(ledger)
    (row,) = rows(warehouse, "effective_deals")
    assert row["value"] == pytest.approx(1 / (0.5**2 + 10 * 0.05**2))
    assert round(row["value"], 2) == 3.64
    assert (row["largest"], row["top_1"], row["top_3"], row["top_10"]) == (0.5, 0.5, 0.5, pytest.approx(0.55))
    assert (row["without_largest"], row["total"], row["n"], row["left_out"]) == (Decimal(100), Decimal(200), 11, 1)
    assert behind(warehouse, "effective_deals", "largest") == [deals[0]]
    assert behind(warehouse, "effective_deals", "top_10") == deals[:2]
    assert behind(warehouse, "effective_deals", "left_out") == [12]
    (row,) = rows(warehouse, "effective_customers")
    assert row["largest"] == pytest.approx(150 / 200)
    assert behind(warehouse, "effective_customers", "largest") == deals[::2]


def test_a_company_without_deals_and_one_with_a_single_deal(warehouse: Warehouse) -> None:
    warehouse.follow(Ledger())
    for metric in ALL:
        (row,) = rows(warehouse, metric.name)
        assert row["value"] in (None, 0), metric.name
        assert (row["n"], row["low"], behind(warehouse, metric.name)) == (0, None, [])
    ledger = Ledger()
    deal = ledger.deal(ledger.pipeline("1")[0], START, expected_close_on=START.date())
    warehouse.follow(ledger)
    for metric in ALL:
        (row,) = rows(warehouse, metric.name, as_of=START + DAY)
        assert row["n"] in (0, 1)
        assert behind(warehouse, metric.name, as_of=START + DAY) == [deal] * row["n"]


def test_a_deal_rots_from_its_last_touch_its_stage_or_its_beginning(warehouse: Warehouse) -> None:
    ledger = Ledger()
    first, second = ledger.pipeline("1", "2")
    ledger.change("stage", second, START, rot_days=2)
    touched, moved, fresh = (ledger.deal(first, START - 9 * DAY, value_base="5.00") for _ in range(3))
    elsewhere = ledger.deal(first, START - 99 * DAY)
    for deal in (touched, moved, fresh):
        ledger.move(deal, second, START, by=None, via="rule")
    ledger.add("activity", START, owner_id=None, deal_id=touched, done_at=START + 2 * DAY)
    ledger.add("activity", START, owner_id=None, deal_id=moved, due_at=START + DAY)  # planned is no touch
    ledger.change("deal", fresh, START + 2 * DAY - MINUTE, value_base="6.00")
    warehouse.follow(ledger)
    assert rows(warehouse, "rotting", as_of=START + 2 * DAY)[0]["n"] == 0  # just two days are not more than two
    (row,) = rows(warehouse, "rotting", as_of=START + 2 * DAY + MINUTE)
    assert (row["value"], row["open"], row["untold"], row["worth"]) == (1, 3, 1, Decimal(5))
    assert behind(warehouse, "rotting", as_of=START + 2 * DAY + MINUTE) == [moved]
    assert behind(warehouse, "rotting", "untold") == [elsewhere]
    assert behind(warehouse, "no_next_activity") == [touched, fresh, elsewhere]


def test_stalled_is_older_in_its_stage_than_95_percent_of_those_won_from_there(warehouse: Warehouse) -> None:
    ledger = Ledger()
    (one,) = ledger.pipeline("1")
    for days in range(1, 21):
        ledger.close(ledger.deal(one, START), "won", START + days * DAY)
    ledger.close(ledger.deal(one, START), "lost", START + 400 * DAY)
    deal = ledger.deal(one, START)
    warehouse.follow(ledger)
    assert rows(warehouse, "stalled", as_of=START + 20 * DAY)[0]["value"] == 2
    assert rows(warehouse, "stalled", as_of=START + 19 * DAY + MINUTE)[0]["untold"] == 3  # only 19 were won by then
    assert behind(warehouse, "stalled", as_of=START + 401 * DAY) == [deal]
    assert rows(warehouse, "age_in_stage", as_of=START + 401 * DAY)[0]["oldest"] == 1
    assert behind(warehouse, "deal_age", "oldest", as_of=START + 401 * DAY) == [deal]


def test_pushes_count_what_was_moved_later_also_over_a_leap_day(warehouse: Warehouse) -> None:
    ledger = Ledger()
    (one,) = ledger.pipeline("1")
    ann = ledger.add("user", name="Ann")
    deal = ledger.deal(one, START, owner_id=ann, expected_close_on=dt.date(2024, 2, 28))
    for day, at in ((dt.date(2024, 3, 1), 1), (dt.date(2024, 2, 28), 2), (dt.date(2024, 2, 29), 3), (None, 4)):
        ledger.change("deal", deal, START + at * DAY, expected_close_on=day)
    warehouse.follow(ledger)
    (row,) = rows(warehouse, "pushes", "owner")
    assert (row["owner"], row["value"], row["pushed_days"], row["deals"], row["sooner"]) == ("Ann", 2, 3, 1, 1)
    assert rows(warehouse, "pushes", start=(START + 3 * DAY).date())[0]["pushed_days"] == 1
    assert rows(warehouse, "pushes", as_of=START + DAY)[0]["pushed_days"] == 2


def _covered(**target: object) -> Ledger:
    ledger = Ledger()
    (one,) = ledger.pipeline("1")
    ledger.add("user", name="Ann")
    ledger.add("target", metric="booked_revenue", start_on=dt.date(2024, 1, 1), end_on=dt.date(2024, 3, 31), **target)
    won = ledger.deal(one, START, value_base="40.00", owner_id=1)
    ledger.close(won, "won", START + DAY)
    for day in (dt.date(2024, 3, 31), dt.date(2024, 4, 1), None):
        ledger.deal(one, START, value_base="100.00", expected_close_on=day, owner_id=1, person_id=1)
    return ledger


def test_coverage_is_open_value_without_fluff_over_what_the_target_lacks(warehouse: Warehouse) -> None:
    warehouse.follow(_covered(amount="91.00"))
    (row,) = rows(warehouse, "coverage", as_of=START + 2 * DAY)
    assert (row["target"], row["booked"], row["missing"], row["open_value"], row["n"]) == (91, 40, 51, 100, 1)
    assert row["value"] == pytest.approx(float(row["without_fluff"]) / 51, rel=1e-3)
    assert 90 < row["without_fluff"] < 100
    assert behind(warehouse, "coverage", as_of=START + 2 * DAY) == [2]
    january = rows(warehouse, "coverage", start=dt.date(2024, 1, 1), end=dt.date(2024, 1, 31))[0]
    assert january["target"] == 31  # of 91 days
    (ann,) = rows(warehouse, "coverage", "owner", as_of=START + 2 * DAY)
    assert (ann["target"], ann["value"], ann["booked"]) == (None, None, 40)


def test_what_is_parked_covers_nothing(warehouse: Warehouse) -> None:
    """R4: out of the pipeline, out of coverage; as it was before, it still counts before."""
    ledger = _covered(amount="91.00")
    ledger.change("deal", 2, START + 3 * DAY, status="nurture", come_back_on=dt.date(2024, 6, 1))
    warehouse.follow(ledger)
    assert rows(warehouse, "coverage", as_of=START + 2 * DAY)[0]["n"] == 1
    (row,) = rows(warehouse, "coverage", as_of=START + 4 * DAY)
    assert (row["n"], row["open_value"], row["value"]) == (0, 0, 0)
    assert behind(warehouse, "coverage", as_of=START + 4 * DAY) == []
    (standing,) = rows(warehouse, "open_value", as_of=START + 4 * DAY)
    assert standing["n"] == 2


def test_a_target_that_is_reached_needs_no_cover_and_peoples_add_up(warehouse: Warehouse) -> None:
    warehouse.follow(_covered(amount="40.00", user_id=1))
    (row,) = rows(warehouse, "coverage", as_of=START + 2 * DAY)
    assert (row["target"], row["missing"], row["value"]) == (40, 0, None)
    assert rows(warehouse, "coverage", where={"owner": "Ann"}, as_of=START + 2 * DAY)[0]["target"] == 40


def test_fluff_is_told_by_its_signs_and_opens_its_deals(warehouse: Warehouse) -> None:
    ledger = Ledger()
    (one,) = ledger.pipeline("1")
    for number in range(160):
        at = START + number * DAY / 4
        deal = ledger.deal(one, at, value_base=f"{number + 1}.00", title=f"Deal {number}", person_id=1)
        bare = number % 4 == 0
        if not bare:
            ledger.add("activity", at, owner_id=None, deal_id=deal, done_at=at + DAY)
        if number < 140:
            ledger.close(deal, "lost" if bare or number % 3 == 0 else "won", at + 20 * DAY)
    warehouse.follow(ledger)
    (row,) = rows(warehouse, "fluff_share", as_of=START + 90 * DAY)
    assert (row["n"], row["fluff"], row["learnt_from"]) == (20, 5, 160)
    assert 0.15 < row["low"] <= row["value"] <= row["high"] < 0.3
    assert behind(warehouse, "fluff_share", "fluff", as_of=START + 90 * DAY) == [141, 145, 149, 153, 157]
    assert rows(warehouse, "fluff_share", as_of=START + 41 * DAY)[0]["learnt_from"] == 0  # too few closed by then


def test_flaws_of_the_record_open_their_deals(warehouse: Warehouse) -> None:
    ledger = Ledger()
    stages = ledger.pipeline("1", "2", "3")
    first, twin, third = (ledger.deal(stages[0], START, title="Lamps", organization_id=7) for _ in range(3))
    for number, deal in enumerate((first, twin, third)):
        ledger.move(deal, stages[1 + (deal == third)], START + DAY + number * MINUTE / 2, by=4)
    ledger.close(first, "won", START + 2 * DAY, closed_at=START - DAY)
    ledger.close(twin, "lost", START + 3 * DAY)
    warehouse.follow(ledger)
    (row,) = rows(warehouse, "data_quality")
    assert (row["duplicate"], row["duplicate_of"], row["catch_up"], row["skipped_stage"]) == (3, 3, 3, 1)
    assert (row["won_without_value"], row["won_without_value_of"], row["lost_without_reason"]) == (1, 1, 1)
    assert behind(warehouse, "data_quality", "closed_before_created") == [first]
    assert behind(warehouse, "data_quality", "skipped_stage") == [third]
    assert behind(warehouse, "data_quality", "no_close_date") == [third]
    assert row["flawed"] == row["n"] == 3
