"""The five questions of pipeline health by their stated rules (R16)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from leadline.insights.health.enough import Added, each_stage, first_stage
from leadline.insights.health.focus import Pressing, chances, focus, ranked, reasons
from leadline.insights.health.moving import Flow, moving
from leadline.insights.health.records import up_to_date
from leadline.insights.needed.answer import Needed
from leadline.insights.needed.needing import needed
from leadline.insights.needed.plan import MONEY, WINS, Goal, Plan, Step
from leadline.insights.needed.share import Share

TODAY = dt.date(2026, 3, 1)


def _needed(there: tuple[int, ...] = (8, 4, 2, 1), wins: int = 1, trials: int = 5000, **more: Any) -> Needed:
    """Four stages at 50 % each, surely."""
    goal = Goal(Decimal(wins), more.get("unit", WINS), TODAY, more.get("until", dt.date(2026, 8, 31)))
    steps = tuple(Step(n, f"S{n}", Share(trials // 2, trials), count) for n, count in enumerate(there))
    return needed(Plan(goal, steps, more.get("days", 30.0), 120))


def _row(share: float | None, n: int, low: float | None = None, high: float | None = None) -> dict[str, Any]:
    found = {"value": share, "share": share, "n": n, "open": n, "low": low, "high": high, "flawed": 0}
    return found | {"share_low": low, "share_high": high}


def test_enough_at_each_stage_is_what_should_win_what_is_still_missing() -> None:
    assert each_stage(None).because == "no_target"
    yes = each_stage(_needed())
    assert (yes.verdict, yes.because) == ("yes", "enough")
    assert [(each.about, each.value, each.beside) for each in yes.evidence[1:]] == [
        ("S0", 8, 16), ("S1", 4, 8), ("S2", 2, 4), ("S3", 1, 2),
    ]  # fmt: skip
    no = each_stage(_needed(wins=10))
    assert (no.verdict, no.because) == ("no", "short")
    assert no.evidence[0].against
    assert "S0" in no.about["stages"]
    assert each_stage(_needed(wins=2, trials=8)).because == "too_close"
    assert each_stage(_needed(trials=0)).because == "not_measured"
    assert each_stage(_needed(wins=0)).because == "target_reached"
    assert each_stage(_needed(unit=MONEY)).because == "not_measured"  # what a win brings is not known


def test_enough_at_the_first_stage_compares_the_pace_with_what_is_needed() -> None:
    plan = _needed(wins=30)
    weekly = plan.per_week.value
    assert weekly is not None
    assert first_stage(plan, Added(round(weekly * 8) + 1)).verdict == "yes"
    assert first_stage(plan, Added(0)).because == "too_few"
    assert first_stage(plan, Added(round(weekly * 8) - 4)).because == "too_close"
    assert first_stage(None, Added(5)).because == "no_target"
    assert first_stage(_needed(), Added(0)).because == "nothing_to_add"
    late = first_stage(_needed(wins=30, until=TODAY + dt.timedelta(days=20)), Added(100))
    assert (late.verdict, late.because) == ("no", "too_late")
    assert first_stage(_needed(trials=0, wins=30), Added(100)).because == "not_measured"


@pytest.mark.parametrize(
    ("flow", "stalled", "said"),
    [
        (Flow(10, 520), _row(0.0, 40, 0.0, 0.1), ("no", "slower")),
        (Flow(40, 520), _row(0.6, 40, 0.4, 0.7), ("no", "stalled")),
        (Flow(80, 1000), _row(0.05, 40, 0.01, 0.12), ("yes", "moving")),
        (Flow(2, 30), _row(0.05, 40, 0.01, 0.12), ("unknown", "few_moves")),
        (Flow(80, 1000), _row(0.25, 40, 0.15, 0.37), ("unknown", "close")),
        (Flow(9, 5), _row(0.0, 9, 0.0, 0.2), ("unknown", "short_history")),
        (Flow(40, 520), _row(None, 0), ("unknown", "close")),
    ],
)
def test_moving_compares_the_pace_with_the_year_before_and_counts_the_stalled(
    flow: Flow, stalled: dict[str, Any], said: tuple[str, str]
) -> None:
    found = moving(flow, stalled, _row(12.0, 40, 9.0, 15.0))
    assert (found.verdict, found.because) == said
    assert [each.key for each in found.evidence] == ["pace", "stalled", "age"]


def test_a_pace_that_cannot_be_said_is_not_known() -> None:
    found = moving(Flow(0, 0), _row(0.0, 40, 0.0, 0.1), _row(12.0, 40, 9.0, 15.0))
    assert (found.verdict, found.evidence[0].value, found.evidence[0].low) == ("unknown", None, None)
    assert moving(Flow(3, 0), _row(0.0, 40, 0.0, 0.1), _row(12.0, 40, 9.0, 15.0)).evidence[0].value is None
    assert moving(Flow(0, 30), _row(0.0, 40, 0.0, 0.1), _row(12.0, 40, 9.0, 15.0)).evidence[0].value == 0


def test_up_to_date_needs_touched_deals_and_records_in_order() -> None:
    fine, some, all_of = _row(0.05, 40, 0.01, 0.15), _row(0.25, 40, 0.2, 0.3), _row(0.9, 40, 0.8, 0.95)
    order, mess = _row(0.95, 40, 0.93, 0.97), _row(0.6, 40, 0.55, 0.65)
    none = _row(None, 0)
    assert up_to_date(order, fine, none, all_of).verdict == "yes"  # no activities planned is told, not held against
    assert up_to_date(order, all_of, none, fine).because == "idle"
    assert up_to_date(order, fine, all_of, fine).because == "rotting"
    assert (up_to_date(mess, fine, fine, fine).verdict, up_to_date(mess, fine, fine, fine).because) == (
        "no",
        "in_order",
    )
    assert up_to_date(order, some, none, fine).because == "unclear"
    assert up_to_date(none, none, none, none).because == "empty"


def _deal(deal: int, amount: int | None, chance: float | None, *why: str) -> Pressing:
    return Pressing(deal, None if amount is None else Decimal(amount), chance, 0.0, why)


def test_focus_ranks_deals_with_a_reason_by_value_times_chance() -> None:
    deals = [_deal(1, 100, 0.5), _deal(2, 100, 0.2, "soon"), _deal(3, 300, 0.1, "rotten"), _deal(4, None, 0.9, "soon")]
    assert [deal.deal for deal in ranked(deals)] == [3, 2, 4]
    found = focus(deals)
    assert (found.verdict, found.evidence[0].value, found.evidence[1].value) == ("yes", 3, pytest.approx(50))
    assert focus(deals[:1]).because == "none"
    assert (found.evidence[1].beside, found.evidence[1].n) == (2, 3)  # one has no value: not all is in the sum
    assert focus(deals[3:]).because == "not_measured"
    assert focus(deals[3:]).evidence[1].value is None
    assert focus([]).because == "empty"


def test_the_chance_of_a_stage_is_the_product_from_there_on() -> None:
    assert chances([("a", 0.5), ("b", 0.4), ("c", 0.25)]) == {"c": 0.25, "b": 0.1, "a": 0.05}
    assert chances([("a", 0.5), ("b", None), ("c", 0.25)]) == {"c": 0.25, "b": None, "a": None}


def test_reasons_to_act() -> None:
    deal = {"expected_close_on": TODAY, "stalled": True, "rotten": False, "unplanned": True}
    assert reasons(deal, TODAY) == ("soon", "stalled", "unplanned")
    assert reasons({**deal, "expected_close_on": TODAY - dt.timedelta(days=1)}, TODAY)[0] == "overdue"
    assert reasons({**deal, "expected_close_on": None, "stalled": False}, TODAY) == ("unplanned",)
    assert "soon" not in reasons({**deal, "expected_close_on": TODAY + dt.timedelta(days=15)}, TODAY)
