"""Ramp of new people, and the pace of a period."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadline.insights.numbers.pace import Sizes, pace, sizes
from leadline.insights.periods import months_later
from tests.insights.people.companies import FIRST_HIRED, teams
from tests.insights.people.company import DAY, Company, behind, rows
from tests.oracle import people, ramp

HIRED = dt.date(2024, 2, 29)


def _noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12))


def _company(monthly: list[int], left_on: dt.date | None = None) -> Company:
    """Three tenured people who win 100 a month each, one of unknown hire among them; and a new one."""
    company = Company()
    for number, hired_on in enumerate((dt.date(2020, 1, 1), dt.date(2021, 1, 1), None), 1):
        company.person(number, f"Old {number}", hired_on=hired_on)
        for month in range(-16, 18):
            company.deal("won", closed=_noon(months_later(HIRED, month)), owner=number, value_base=100)
    company.person(9, "New", hired_on=HIRED, left_on=left_on, carries_quota=True)
    for month, value in enumerate(monthly, 1):
        if value:
            company.deal("won", closed=_noon(months_later(HIRED, month)), owner=9, value_base=value)
    return company


def _new(company: Company, **more: object) -> dict:
    (row,) = rows(company, "ramp", "owner", where={"owner": "New"}, **more)
    return row


def test_ramp_is_half_and_then_all_of_the_tenured_quarter() -> None:
    company = _company([0, 20, 50, 80, 100, 120, 100])
    row = _new(company)  # trailing quarters: 0, 20, 70, 150, 230, 300 of 300
    assert (row["value"], row["full"], row["people"], row["unreached"]) == (4, 6, 1, 0)
    assert row["n"] == len(behind(company, "ramp", where={"owner": "New"})) == 6
    assert {each["owner"] for each in rows(company, "ramp", "owner")} == {"Old 1", "Old 2", "New"}
    old = rows(company, "ramp", "owner", where={"owner": "Old 1"})[0]
    assert (old["value"], old["people"]) == (None, 0)  # hired before anything is on record


def test_ramp_as_of_a_day_and_of_those_who_left_is_not_reached_yet() -> None:
    early = _new(_company([0, 20, 50, 80, 100, 120]), as_of=_noon(months_later(HIRED, 5)))
    assert (early["value"], early["full"], early["unreached"]) == (4, None, 1)
    gone = _new(_company([0, 20, 50, 80, 100, 120], left_on=months_later(HIRED, 3)))
    assert (gone["value"], gone["full"], gone["unreached"]) == (None, None, 1)
    never = _new(_company([]))
    assert (never["value"], never["unreached"], never["n"]) == (None, 1, 0)


def test_ramp_without_three_tenured_people_is_not_measured() -> None:
    company = Company()
    company.person(9, "New", hired_on=HIRED)
    company.deal("won", closed=_noon(HIRED), owner=9, value_base=100)
    row = _new(company)
    assert (row["value"], row["people"], row["unreached"]) == (None, 0, 0)


@settings(max_examples=12, deadline=None)
@given(
    company=teams(),
    months=st.integers(12, 48),
    hired=st.none() | st.integers(0, 400),
    zone=st.sampled_from(("UTC", "America/New_York")),
)
def test_ramp_is_what_the_slow_definition_says(company: Company, months: int, hired: int | None, zone: str) -> None:
    as_of = _noon(months_later(FIRST_HIRED, months))
    start, end = (None, None) if hired is None else (FIRST_HIRED + hired * DAY, FIRST_HIRED + 2 * hired * DAY)
    slow = people.Slow(company.rows, zone, as_of)
    for by in (None, "owner", "team"):
        found = rows(company, "ramp", *filter(None, [by]), start=start, end=end, zone=zone, as_of=as_of)
        expected = ramp.answer(slow, "ramp", by, start, end)
        told = {row[by] if by else None: row for row in found}
        assert {label: {name: told[label][name] for name in row} for label, row in expected.items()} == expected
        assert told.keys() == expected.keys()


FOUR = [(20.0, 100.0), (30.0, 100.0), (25.0, 100.0), (25.0, 100.0)]


def test_pace_by_the_teams_own_season() -> None:
    found = pace(30.0, 3, 11, 22, FOUR, Sizes(40, 10.0, 25.0))
    assert found.seasonal
    assert found.usual == pytest.approx(0.25)
    assert found.expected == pytest.approx(120)
    assert 30 <= found.low < 120 < found.high
    assert pace(0.0, 0, 11, 22, FOUR, Sizes(40, 10.0, 25.0)).expected is None


def test_pace_by_working_days_while_there_is_no_season() -> None:
    days = [(4.0, 1), (6.0, 1)] * 5
    found = pace(50.0, 10, 10, 20, [(1.0, 2.0)] * 3, sizes(days))
    assert not found.seasonal
    assert (found.usual, found.expected) == (0.5, 100.0)
    assert 50 < found.low < 100 < found.high
    assert pace(0.0, 0, 0, 20, [], sizes([])).expected is None
    over = pace(70.0, 10, 20, 20, [], sizes(days))
    assert (over.expected, over.low, over.high) == (70.0, 70.0, 70.0)


def test_one_small_deal_does_not_make_a_person_sure() -> None:
    """A company of thousands knows its season; one deal of 8,100 where they are mostly of 22,000 knows nothing."""
    season, own = [(550e4 + 1e4 * n, 1000e4) for n in range(-2, 3)], Sizes(20, 22e3, 15e3**2)
    found = pace(8100.0, 1, 36, 66, season, own, Sizes(5000, 10e3, 10e3**2))
    assert found.expected == pytest.approx(8100 / 0.55)
    assert found.low == pytest.approx(8100)  # nothing more may come
    assert found.high > 8100 + 2 * 22e3
    many = pace(400 * 22e3, 400, 36, 66, season, own, Sizes(5000, 10e3, 10e3**2))
    assert 0.7 < many.low / many.expected < 0.97
    assert 1.03 < many.high / many.expected < 1.3


@pytest.mark.parametrize("wins", [4, 12, 40])
def test_nine_of_ten_ends_lie_within_the_interval(wins: int) -> None:
    """One of eight people whose deals differ as widely as real ones do, in a company whose season differs, too."""
    chance, inside, asked = np.random.default_rng(wins), 0, 0
    for _ in range(150):
        parts = []  # of six periods: the results of eight people by then, and after it
        lumps: list[tuple[float, int]] = []
        for _period in range(6):
            usual = float(np.clip(chance.normal(0.5, 0.05), 0.3, 0.7))
            drawn = [
                [chance.lognormal(9, 0.9, size=chance.poisson(wins * share)) for share in (usual, 1 - usual)]
                for _person in range(8)
            ]
            parts.append([[half.sum() for half in person] for person in drawn])
            lumps += [(float(size), 1) for size in np.concatenate([np.concatenate(person) for person in drawn])]
        (*past, now), mine, counted = parts, drawn[0], len(drawn[0][0])
        if not counted:
            continue
        season = [(sum(early for early, _ in each), sum(map(sum, each))) for each in past]
        found = pace(float(now[0][0]), counted, 10, 20, season, sizes([(float(x), 1) for x in mine[0]]), sizes(lumps))
        asked += 1
        inside += found.low <= sum(now[0]) <= found.high
    assert 0.85 < inside / asked < 0.97
