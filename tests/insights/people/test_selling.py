"""Bars and signs (R11), vanity (R15), symptoms (R23)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pytest

from leadline.insights.numbers.relation import DRAWS, relation, turned
from leadline.insights.selling import symptoms as of
from leadline.insights.selling.benchmark import CARRIES, EARNS, UNSURE, bars, signs
from leadline.insights.selling.vanity import MOVES, NONE, labels
from leadline.insights.selling.vanity import UNSURE as CANNOT_TELL
from tests.insights.people.company import START, Company, behind, rows


def _seller(company: Company, number: int, n: int, through: float, won: float) -> None:
    """Somebody who brings a share of n deals through the first of two stages, and wins another share of all of them."""
    company.person(number, f"Seller {number}")
    for i in range(n):
        advanced, wins = i < round(n * through), i < round(n * won)
        deal = company.deal("won" if wins else "lost", START, owner=number)
        company.passage(deal, 1, "advanced" if advanced else "failed")
        if advanced:
            company.passage(deal, 2, "advanced" if wins else "failed")


@pytest.mark.parametrize(
    ("n", "won", "verdict"),
    [(200, 0.2, CARRIES), (200, 0.45, EARNS), (120, 0.24, UNSURE)],
    ids=["carries", "earns", "few"],
)
def test_r11_three_quarters_against_a_half_and_no_more_wins(n: int, won: float, verdict: str) -> None:
    company = Company()
    company.name("stage", 1, "Qualified")
    company.name("stage", 2, "Proposal")
    _seller(company, 1, n, 0.75, won)
    for number in range(2, 6):
        _seller(company, number, 200, 0.5 + number / 100, 0.2)
    conversions = rows(company, "stage_conversion", "owner", "stage")
    (sign,) = [s for s in signs(conversions, rows(company, "stage_to_won", "owner", "stage")) if s.stage == "Qualified"]
    assert (sign.person, sign.verdict) == ("Seller 1", verdict)
    assert sign.through == pytest.approx(0.75, abs=0.01)
    assert sign.others_through == pytest.approx(0.535)
    bar = bars(conversions, [sign])[0]
    assert bar.person == ("Seller 5" if verdict == CARRIES else "Seller 1")
    carried = behind(company, "stage_to_won", "carried", where={"owner": sign.person, "stage": sign.stage})
    assert len(carried) == round(n * 0.75) - round(n * won)


def test_nobody_carries_where_all_convert_alike() -> None:
    company = Company()
    company.name("stage", 1, "Qualified")
    for number in range(1, 5):
        _seller(company, number, 40, 0.5, 0.25)
    conversions = rows(company, "stage_conversion", "owner", "stage")
    assert signs(conversions, rows(company, "stage_to_won", "owner", "stage")) == []
    assert bars(rows(Company(), "stage_conversion", "owner", "stage"), []) == []


WEEKS = [f"2024-W{week:02}" for week in range(1, 105)]  # names only; their order counts


def _weekly(table: np.ndarray) -> list[dict[str, Any]]:
    return [
        {"owner": f"P{person}", "week": WEEKS[week], "value": value, "n": int(value)}
        for (person, week), value in np.ndenumerate(table)
        if value
    ]


def _work(seed: int, people: int, weeks: int = 104) -> tuple[dict[str | None, Any], list[dict[str, Any]]]:
    """Calls that bring nothing, demos that bring wins six weeks later; both swing with the season, as wins do."""
    draws = np.random.default_rng(seed)
    season = 1 + 0.5 * np.sin(np.arange(weeks) / 8)
    calls, demos = draws.poisson(10 * season, (people, weeks)), draws.poisson(1.5 * season, (people, weeks))
    ripe = np.roll(demos, 6, axis=1)
    ripe[:, :6] = 1
    wins = draws.poisson(0.05 + 0.35 * ripe)
    return {"Call": _weekly(calls), "Demo": _weekly(demos)}, _weekly(wins)


@pytest.mark.parametrize("people", [6, 20])
def test_r15_what_moves_with_bookings_and_what_does_not(people: int) -> None:
    work, bookings = _work(1, people)
    call, demo = labels(work, bookings, WEEKS, 60.0)
    assert (call.name, call.verdict) == ("Call", NONE)
    assert (demo.name, demo.verdict) == ("Demo", MOVES)
    assert demo.found is not None
    assert demo.found.lag == 4  # the sum of weeks 4 to 7 before holds the sixth
    assert demo.n == people * (104 - 8 - 3)


def test_r15_few_weeks_or_wins_cannot_tell() -> None:
    work, bookings = _work(2, 6)
    few = [{**row, "n": 1} for row in bookings[:20]]
    for found in (
        labels(work, few, WEEKS, 60.0),
        labels(work, bookings, WEEKS, None),
        labels(work, bookings, [], 60.0),
    ):
        assert {label.verdict for label in found} == {CANNOT_TELL}
    short = labels(*_work(3, 1, 60), WEEKS[:60], 60.0)
    assert short[0].verdict == CANNOT_TELL


def test_r15_chance_alone_seldom_moves() -> None:
    draws, said = np.random.default_rng(7), 0
    for _ in range(40):
        found = relation(draws.poisson(3.0, (6, 80)).astype(float), draws.poisson(0.3, (6, 80)).astype(float), 12)
        assert found is not None
        said += found.chance <= 0.05
    assert said <= 6
    assert relation(np.zeros((3, 80)), np.ones((3, 80)), 4) is None
    assert relation(np.zeros((0, 80)), np.zeros((0, 80)), 4) is None


def _rate(k: int, n: int, owner: str = "Ann") -> dict[str, Any]:
    return {"owner": owner, "value": k / n if n else None, "numerator": k, "n": n, "low": None, "high": None}


def test_r23_each_symptom_is_present_absent_or_cannot_be_told() -> None:
    share = {"value": 0.1, "low": 0.05, "high": 0.15, "n": 100}
    assert of.close_rate(share).present is True
    assert of.close_rate({**share, "low": 0.25, "high": 0.4}).present is False
    assert of.close_rate({**share, "high": 0.3}).present is None
    assert of.close_rate({"value": None, "low": None, "high": None, "n": 0}).measured is False
    assert of.bookings([100.0] * 12).present is False
    assert of.bookings([0, 0, 0, 900, 0, 0, 0, 0, 900, 0, 0, 0]).present is True
    assert of.bookings([1.0] * 5).measured is False
    assert of.wasted({"value": 0.9, "low": 0.8, "high": 0.95, "n": 50, "left_out": 2}).present is True
    assert of.wasted({"value": 0.9, "low": 0.8, "high": 0.95, "n": 5, "left_out": 200}).measured is False
    assert of.unhappy().measured is False


def test_r23_turnover_and_those_who_do_not_improve() -> None:
    today = dt.date(2026, 3, 1)
    staff = [
        of.Member(f"P{n}", dt.date(2020, 1, 1), today - dt.timedelta(days=40) if n < 8 else None) for n in range(16)
    ]
    found = of.turnover(staff, today)
    assert found.value == pytest.approx(8 / (8 + 8 * 325 / 365), rel=1e-6)
    assert found.present is True
    assert of.turnover([of.Member("A", None, None)], today).measured is False
    flat = of.tenured([_rate(300, 1000)], [_rate(300, 1000)], [], dt.date(2024, 3, 1))
    assert (flat.value, flat.present, flat.n) == (0, True, 1)
    better = of.tenured([_rate(200, 1000)], [_rate(400, 1000)], [], dt.date(2024, 3, 1))
    assert better.present is False
    hired = [of.Member("Ann", dt.date(2025, 3, 1), None)]
    assert of.tenured([_rate(2, 9)], [_rate(2, 9)], hired, dt.date(2024, 3, 1)).measured is False


@pytest.mark.parametrize("people", [1, 5])
def test_turns_are_what_turning_each_draw_gives(people: int) -> None:
    weeks, lags = 30, 3
    numbers = np.random.default_rng(people)
    before, after = numbers.normal(size=(lags, people * weeks)), numbers.normal(size=(people, weeks))
    draws = np.random.default_rng(1904).integers(0, weeks, (DRAWS, people))
    found = turned(before, after, np.full(lags, 2.0))
    for draw, turns in enumerate(draws):
        each = np.concatenate([np.roll(own, turn) for own, turn in zip(after, turns, strict=True)])
        assert np.allclose(found[draw], before @ each / 2.0)
