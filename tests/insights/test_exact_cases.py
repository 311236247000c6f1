"""The exact cases of 2-metrics.md that concern these metrics, and the corners that no random company visits often."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from leadline.insights.store.warehouse import Warehouse
from tests.insights.asking import behind, rows
from tests.strategies.ledger import DAY, START, Ledger

MINUTE = dt.timedelta(minutes=1)


def by(found: list[dict], dimension: str) -> dict:
    return {row[dimension]: row for row in found}


def test_case_5_created_dragged_back_and_won(warehouse: Warehouse) -> None:
    ledger = Ledger()
    one, two, three = ledger.pipeline("1", "2", "3")
    deal = ledger.deal(one, START)
    ledger.move(deal, three, START + 2 * DAY)
    ledger.move(deal, two, START + 3 * DAY)
    ledger.close(deal, "won", START + 9 * DAY)
    warehouse.follow(ledger)
    stays = by(rows(warehouse, "time_in_stage", "stage"), "stage")
    assert {stage: row["value"] for stage, row in stays.items()} == {"1": 2.0, "2": 6.0, "3": 1.0}
    found = by(rows(warehouse, "stage_conversion", "stage"), "stage")
    assert {stage: (row["numerator"], row["n"]) for stage, row in found.items()} == dict.fromkeys("123", (1, 1))
    assert {stage: row["skipped"] for stage, row in found.items()} == {"1": 0, "2": 1, "3": 0}
    assert behind(warehouse, "stage_conversion", "skipped", where={"stage": "2"}) == [deal]
    on = (START + 2 * DAY).date()
    assert {row["stage"] for row in rows(warehouse, "stage_conversion", "stage", start=on, end=on)} == {"2", "3"}


def _two_sellers(each: int) -> Ledger:
    ledger = Ledger()
    first, _second = ledger.pipeline("First meeting", "Proposal")
    for name, share in (("A", 3), ("B", 3 / 2)):
        seller = ledger.add("user", name=name)
        for number in range(each):
            deal = ledger.deal(first, START, owner_id=seller)
            if number < each / share:
                ledger.move(deal, 2, START + DAY)
            else:
                ledger.close(deal, "lost", START + DAY)
    return ledger


@pytest.mark.parametrize(("each", "flags"), [(15, (None, None)), (150, ("below", "above"))])
def test_case_3_two_sellers_are_told_apart_only_with_enough_deals(
    warehouse: Warehouse, each: int, flags: tuple
) -> None:
    warehouse.follow(_two_sellers(each))
    a, b = rows(warehouse, "stage_conversion", "owner", where={"stage": "First meeting"})
    assert (a["owner"], a["numerator"], a["n"]) == ("A", each // 3, each)
    assert (b["owner"], b["numerator"], b["n"]) == ("B", 2 * each // 3, each)
    assert (a["flag"], b["flag"]) == flags
    assert a["value"] < a["shrunk"] < 0.5 < b["shrunk"] < b["value"]
    assert a["low"] < a["value"] < a["high"]


def test_stage_after_stage_the_team_converts_half(warehouse: Warehouse) -> None:
    ledger = Ledger()
    stages = ledger.pipeline("1", "2", "3")
    for number in range(8):
        deal = ledger.deal(stages[0], START)
        reached = {0: 3, 1: 2, 2: 1, 3: 1}.get(number, 0)
        for stage in stages[1 : reached + 1]:
            ledger.move(deal, stage, START + stage * DAY)
        ledger.close(deal, "won" if reached == 3 else "lost", START + 9 * DAY)
    warehouse.follow(ledger)
    found = rows(warehouse, "stage_conversion", "stage")
    assert [(row["numerator"], row["denominator"]) for row in found] == [(4, 8), (2, 4), (1, 2)]


def test_of_several_stages_a_deal_leaks_once(warehouse: Warehouse) -> None:
    """8 : 4 : 2 : 1 deals came to four stages, 15 passages; one of them was lost, in the second stage."""
    ledger = Ledger()
    stages = ledger.pipeline("1", "2", "3", "4")
    deals = [ledger.deal(stages[0], START) for _ in range(8)]
    for number, reached in enumerate((4, 3, 2, 2)):
        for stage in stages[1:reached]:
            ledger.move(deals[number], stage, START + stage * DAY)
    ledger.close(deals[3], "lost", START + 9 * DAY)
    warehouse.follow(ledger)
    (row,) = rows(warehouse, "deal_leakage")
    assert (row["value"], row["numerator"], row["n"], row["pending"]) == (1 / 8, 1, 8, 7)  # not 1 of 15
    assert [row["value"] for row in rows(warehouse, "deal_leakage", "stage")] == [0, 1 / 4, 0, 0]
    assert behind(warehouse, "deal_leakage", "numerator") == [deals[3]]


@pytest.mark.parametrize(("minutes", "other", "undone"), [(10, False, True), (11, False, False), (1, True, False)])
def test_a_move_undone_within_ten_minutes_by_the_same_person_is_no_visit(
    warehouse: Warehouse, minutes: int, other: bool, undone: bool
) -> None:
    ledger = Ledger()
    one, two = ledger.pipeline("1", "2")
    deal = ledger.deal(one, START)
    ledger.move(deal, two, START + DAY, by=1)
    ledger.move(deal, one, START + DAY + minutes * MINUTE, by=2 if other else 1)
    warehouse.follow(ledger)
    conversion = by(rows(warehouse, "stage_conversion", "stage"), "stage")
    assert ("2" not in conversion) == undone
    assert conversion["1"]["pending"] == undone
    # Inside the ten minutes nobody could know.
    at_once = by(rows(warehouse, "stage_conversion", "stage", as_of=START + DAY + MINUTE / 2), "stage")
    assert (at_once["1"]["numerator"], at_once["2"]["pending"]) == (1, 1)


def test_nobody_undoes_a_move_when_nobody_is_known_to_have_moved(warehouse: Warehouse) -> None:
    ledger = Ledger()
    one, two = ledger.pipeline("1", "2")
    deal = ledger.deal(one, START)
    for stage, minute in ((two, 0), (one, 5)):
        ledger.move(deal, stage, START + DAY + minute * MINUTE, by=None, via="import")
    warehouse.follow(ledger)
    assert by(rows(warehouse, "stage_conversion", "stage"), "stage")["1"]["numerator"] == 1


def test_a_win_clicked_by_mistake_leaves_no_trace(warehouse: Warehouse) -> None:
    ledger = Ledger()
    (one,) = ledger.pipeline("1")
    deal = ledger.deal(one, START)
    ledger.close(deal, "won", START + DAY)
    ledger.reopen(deal, START + DAY + MINUTE)
    ledger.close(deal, "lost", START + 2 * DAY)
    warehouse.follow(ledger)
    (row,) = rows(warehouse, "stage_conversion")
    assert (row["numerator"], row["n"]) == (0, 1)
    assert rows(warehouse, "time_in_stage")[0]["value"] == 2.0


def test_closed_deals_without_a_stage_pass_a_stage_not_recorded(warehouse: Warehouse) -> None:
    ledger = Ledger()
    ledger.pipeline("1", "2")
    for status in ("won", "won", "lost"):
        ledger.deal(None, START, status=status, closed_at=START + 30 * DAY)
    ledger.deal(1, START)
    warehouse.follow(ledger)
    found = by(rows(warehouse, "stage_conversion", "stage"), "stage")
    assert found.keys() == {"1", None}
    assert (found[None]["numerator"], found[None]["n"], found["1"]["pending"]) == (2, 3, 1)
    assert rows(warehouse, "time_in_stage")[0]["n"] == 0
    assert rows(warehouse, "win_rate")[0]["value"] == pytest.approx(2 / 3)


def _closed_without_a_stage(warehouse: Warehouse, unplaced: int, placed: int) -> None:
    """Ann's closed deals; beside them Bob's ten, each with its stages, and an open one of Ann's that moved on."""
    ledger = Ledger()
    ledger.pipeline("1", "2")
    ledger.pipeline("3", "4", name="Enterprise")
    ann, bob = (ledger.add("user", name=name) for name in ("Ann", "Bob"))
    for _ in range(unplaced):
        ledger.deal(None, START, status="lost", closed_at=START + DAY, owner_id=ann)
    ledger.move(ledger.deal(1, START, owner_id=ann), 2, START + DAY)
    for number in range(placed + 10):
        owner = ann if number < placed else bob
        ledger.close(ledger.deal(1, START, owner_id=owner), "won" if number % 2 else "lost", START + DAY)
    ledger.close(ledger.deal(3, START, pipeline_id=2, owner_id=ann), "won", START + DAY)
    warehouse.follow(ledger)


def test_where_deals_were_lost_nobody_knows_conversion_is_unknown(warehouse: Warehouse) -> None:
    _closed_without_a_stage(warehouse, unplaced=4, placed=10)
    found = by(rows(warehouse, "stage_conversion", "stage"), "stage")
    assert [found["1"][key] for key in ("value", "low", "high", "unknown")] == [None, None, None, 4]
    assert (found["1"]["numerator"], found["1"]["n"], found["2"]["pending"]) == (11, 21, 1)
    assert (found[None]["value"], found[None]["n"]) == (0.0, 4)
    assert (found["3"]["value"], found["3"]["unknown"]) == (1.0, 0)  # another pipeline, whose deals have stages
    pooled = rows(warehouse, "stage_conversion")[0]
    assert (pooled["value"], pooled["unknown"]) == (None, 4)
    projected = by(rows(warehouse, "projected_conversion", "stage"), "stage")
    assert [projected["1"][key] for key in ("value", "low", "high", "undecided", "numerator")] == [None] * 4 + [11]
    assert (projected[None]["value"], projected["3"]["value"]) == (0.0, 1.0)
    assert rows(warehouse, "stage_conversion", pipeline=2)[0]["value"] == 1.0
    assert rows(warehouse, "stage_conversion", where={"stage": None})[0]["value"] == 0.0
    assert rows(warehouse, "stage_conversion", where={"stage": "1"})[0]["value"] is None


def test_nobody_is_compared_by_what_is_unknown(warehouse: Warehouse) -> None:
    _closed_without_a_stage(warehouse, unplaced=4, placed=10)
    for more in ({}, {"where": {"stage": "1"}}):
        ann, bob = rows(warehouse, "stage_conversion", "owner", **more)
        assert [ann[key] for key in ("value", "shrunk", "p_below", "flag", "unknown")] == [None] * 4 + [4]
        assert (bob["value"], bob["shrunk"], bob["unknown"]) == (pytest.approx(bob["numerator"] / 10), 0.5, 0)


def test_a_few_closed_deals_without_a_stage_leave_conversion_as_it_is(warehouse: Warehouse) -> None:
    _closed_without_a_stage(warehouse, unplaced=1, placed=10)  # one of 21
    found = by(rows(warehouse, "stage_conversion", "stage"), "stage")
    assert (found["1"]["value"], found["1"]["unknown"]) == (pytest.approx(11 / 21), 1)
    ann, bob = rows(warehouse, "stage_conversion", "owner", where={"stage": "1"})
    assert (ann["value"], ann["unknown"], bob["value"]) == (None, 1, 0.5)  # of Ann's eleven it is too many


def test_opened_and_closed_at_one_instant(warehouse: Warehouse) -> None:
    ledger = Ledger()
    one, two = ledger.pipeline("1", "2")
    deal = ledger.deal(two, START)
    ledger.move(deal, one, START, via="import")  # the import corrects its own first state
    ledger.close(deal, "won", START)
    warehouse.follow(ledger)
    assert [row["stage"] for row in rows(warehouse, "stage_conversion", "stage")] == ["1"]
    assert rows(warehouse, "time_in_stage", "stage")[0]["value"] == 0.0
    assert rows(warehouse, "time_to_close")[0]["value"] == 0.0


def test_an_unknown_date_is_left_out_and_counted(warehouse: Warehouse) -> None:
    ledger = Ledger()
    (one,) = ledger.pipeline("1")
    known = ledger.deal(one, START)
    unknown = ledger.deal(one, START + DAY, created_at=None)
    for deal in (known, unknown):
        ledger.close(deal, "won", START + 4 * DAY)
    warehouse.follow(ledger)
    for metric in ("time_to_close", "time_in_stage"):
        (row,) = rows(warehouse, metric)
        assert (row["value"], row["n"], row["left_out"]) == (4.0, 1, 1)
        assert behind(warehouse, metric, "left_out") == [unknown]
    assert rows(warehouse, "stage_conversion")[0]["n"] == 2
    assert rows(warehouse, "stage_conversion", start=START.date())[0]["n"] == 1


def test_a_closing_before_the_creation_is_no_duration(warehouse: Warehouse) -> None:
    ledger = Ledger()
    (one,) = ledger.pipeline("1")
    deal = ledger.deal(one, START)
    ledger.close(deal, "won", START + DAY, closed_at=START - DAY)
    warehouse.follow(ledger)
    assert rows(warehouse, "time_to_close")[0]["left_out"] == 1


def test_parked_reopened_deleted_restored_merged(warehouse: Warehouse) -> None:
    ledger = Ledger()
    (one,) = ledger.pipeline("1")
    parked, back, deleted, restored, merged = (ledger.deal(one, START) for _ in range(5))
    for deal in (parked, back):
        ledger.change("deal", deal, START + DAY, status="nurture")
    ledger.reopen(back, START + 5 * DAY)
    for deal in (deleted, restored):
        ledger.delete(deal, START + DAY)
    ledger.change("deal", restored, START + 2 * DAY, deleted_at=None)
    ledger.change("deal", merged, START + DAY, merged_into_id=parked)
    warehouse.follow(ledger)
    (row,) = rows(warehouse, "stage_conversion")
    assert (row["numerator"], row["denominator"], row["pending"]) == (0, 1, 2)
    assert rows(warehouse, "stage_conversion", as_of=START + DAY - MINUTE)[0]["pending"] == 5
    assert behind(warehouse, "deals_added") == [parked, back, restored]
    assert rows(warehouse, "time_in_stage")[0]["open"] == 2


def test_values_shared_out_by_product_add_up_to_the_cent(warehouse: Warehouse) -> None:
    ledger = Ledger()
    (one,) = ledger.pipeline("1")
    for name in "abc":
        ledger.add("product", name=name)
    for value in ("100.00", "0.01", "9007199254740993.07", None):
        deal = ledger.deal(one, START, value_base=value)
        for product in (1, 2, 3):
            ledger.add("deal_product", deal_id=deal, product_id=product, quantity="1", unit_price="7.00")
        ledger.close(deal, "won", START + DAY)
    bare = ledger.deal(one, START, value_base="50.00")
    ledger.close(bare, "won", START + DAY)
    warehouse.follow(ledger)
    found = by(rows(warehouse, "booked_revenue", "product"), "product")
    assert sum(row["value"] for row in found.values()) == Decimal("9007199254741143.08")
    assert found[None]["value"] == Decimal("50.00")
    assert {row["n"] for label, row in found.items() if label} == {4}
    (whole,) = rows(warehouse, "booked_revenue")
    assert (whole["value"], whole["n"], whole["left_out"]) == (Decimal("9007199254741143.08"), 5, 1)


def test_the_day_begins_where_the_company_is(warehouse: Warehouse) -> None:
    ledger = Ledger()
    (one,) = ledger.pipeline("1")
    before_summer, night, leap = (
        dt.datetime(2024, 3, 30, 22, 59), dt.datetime(2024, 3, 31, 21, 59), dt.datetime(2024, 2, 29, 23, 30)
    )  # fmt: skip
    for at in (before_summer, before_summer + MINUTE, night, night + MINUTE, leap):
        ledger.close(ledger.deal(one, dt.datetime(2024, 1, 15)), "won", at)
    warehouse.follow(ledger)
    berlin = by(rows(warehouse, "booked_revenue", "day", zone="Europe/Berlin"), "day")
    # The 31st of March has 23 hours in Berlin: 30 March 23:00 to 31 March 22:00 UTC.
    assert {day: row["n"] for day, row in berlin.items()} == {
        "2024-03-01": 1, "2024-03-30": 1, "2024-03-31": 2, "2024-04-01": 1,
    }  # fmt: skip
    day = dt.date(2024, 3, 31)
    assert rows(warehouse, "win_rate", start=day, end=day, zone="Europe/Berlin")[0]["n"] == 2
    assert rows(warehouse, "win_rate", "day", start=dt.date(2024, 2, 29), end=dt.date(2024, 2, 29))[0]["n"] == 1
    assert [row["week"] for row in rows(warehouse, "win_rate", "week")] == ["2024-W09", "2024-W13"]
    quarters = rows(warehouse, "deals_added", "quarter", "year", end=dt.date(2024, 1, 31))
    assert [(row["quarter"], row["year"], row["n"]) for row in quarters] == [("2024-Q1", "2024", 5)]


def test_time_in_stage_watches_open_visits_too(warehouse: Warehouse) -> None:
    ledger = Ledger()
    one, two = ledger.pipeline("1", "2")
    for days in (1, 2, 3):
        ledger.move(ledger.deal(one, START), two, START + days * DAY)
    for _ in range(3):
        ledger.deal(one, START)
    warehouse.follow(ledger)
    row = by(rows(warehouse, "time_in_stage", "stage", as_of=START + 10 * DAY), "stage")["1"]
    assert (row["value"], row["n"], row["open"]) == (2.0, 3, 3)
    assert row["km_median"] == 3.0  # of six, the third left after three days; the others are still there
    # As it stood after a day and a half one had left and five were under way: no median yet.
    early = rows(warehouse, "time_in_stage", where={"stage": "1"}, as_of=START + 1.5 * DAY)[0]
    assert (early["n"], early["km_median"]) == (1, None)


def test_the_empty_company_has_no_numbers_and_no_errors(warehouse: Warehouse) -> None:
    warehouse.follow(Ledger())
    for metric in ("stage_conversion", "win_rate", "deal_size", "time_to_close", "time_in_stage"):
        (row,) = rows(warehouse, metric)
        assert (row["value"], row["n"], row["low"]) == (None, 0, None)
        assert rows(warehouse, metric, "owner") == []
    assert rows(warehouse, "booked_revenue")[0]["value"] == 0
    assert rows(warehouse, "deals_added")[0]["value"] == 0


def test_two_people_of_one_name_are_two_people(warehouse: Warehouse) -> None:
    ledger = Ledger()
    (one,) = ledger.pipeline("1")
    for email in ("a@example.org", "b@example.org"):
        ledger.deal(one, START, owner_id=ledger.add("user", name="Ann Lee", email=email))
    warehouse.follow(ledger)
    found = rows(warehouse, "deals_added", "owner")
    assert [(row["owner"], row["n"]) for row in found] == [
        ("Ann Lee (a@example.org)", 1),
        ("Ann Lee (b@example.org)", 1),
    ]


def test_names_and_teams_are_those_of_the_day_asked_for(warehouse: Warehouse) -> None:
    ledger = Ledger()
    (one,) = ledger.pipeline("1")
    north, south = ledger.add("team", name="North"), ledger.add("team", name="South")
    ann = ledger.add("user", name="Ann", team_id=north)
    ledger.deal(one, START, owner_id=ann)
    ledger.change("user", ann, START + 5 * DAY, name="Anna", team_id=south)
    warehouse.follow(ledger)
    for as_of, label, team in ((START + DAY, "Ann", "North"), (START + 6 * DAY, "Anna", "South")):
        (row,) = rows(warehouse, "deals_added", "owner", "team", as_of=as_of)
        assert (row["owner"], row["team"]) == (label, team)


def test_several_choices_and_labels_count_a_deal_under_each(warehouse: Warehouse) -> None:
    ledger = Ledger()
    (one,) = ledger.pipeline("1")
    for name in ("Hot", "Cold"):
        ledger.add("label", name=name)
    ledger.deal(one, START, label_ids=[1, 2])
    ledger.deal(one, START, label_ids=[])
    warehouse.follow(ledger)
    assert [(row["label"], row["n"]) for row in rows(warehouse, "deals_added", "label")] == [
        ("Cold", 1), ("Hot", 1), (None, 1),
    ]  # fmt: skip


def test_another_pipeline_is_another_funnel_and_the_fate_of_the_deal_decides_both(warehouse: Warehouse) -> None:
    ledger = Ledger()
    one, _two = ledger.pipeline("1", "2")
    third, _fourth = ledger.pipeline("3", "4", name="Enterprise")
    moved = [ledger.deal(one, START) for _ in range(3)]
    for deal in moved:
        ledger.change("deal", deal, START + DAY, stage_id=third, pipeline_id=2)
    ledger.close(moved[0], "won", START + 2 * DAY)
    ledger.close(moved[1], "lost", START + 2 * DAY)
    warehouse.follow(ledger)
    for pipeline in (1, 2):
        (row,) = rows(warehouse, "stage_conversion", pipeline=pipeline)
        assert (row["numerator"], row["denominator"], row["pending"]) == (1, 2, 1)


def test_reordering_stages_makes_every_passage_anew(warehouse: Warehouse) -> None:
    ledger = Ledger()
    one, two = ledger.pipeline("1", "2")
    ledger.deal(two, START)
    warehouse.follow(ledger)
    assert len(rows(warehouse, "stage_conversion", "stage")) == 2
    ledger.change("stage", one, START + DAY, position=9)
    warehouse.follow(ledger)
    assert [row["stage"] for row in rows(warehouse, "stage_conversion", "stage")] == ["2"]
    before = rows(warehouse, "stage_conversion", "stage", as_of=START + DAY / 2)
    assert [row["stage"] for row in before] == ["1", "2"]
