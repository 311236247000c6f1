"""The order of what is due: stated in a formula, so that its promises can be tried."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadline.activities.ordering import (
    Matter,
    decay,
    line_of_day,
    ordered,
    usual,
    weight,
)

NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
values = st.none() | st.floats(0, 1e9)
days = st.floats(0, 4000)
rots = st.none() | st.floats(-400, 400)
hours = st.none() | st.integers(-9, 12).map(lambda hour: NOW + dt.timedelta(hours=hour))


@st.composite
def matters(draw: Any, pk: int = 1) -> Matter:
    late = draw(days)
    return Matter(
        pk, NOW - dt.timedelta(days=late), draw(values), late, draw(rots), draw(st.integers(0, 3)), draw(hours)
    )


lists = st.integers(0, 12).flatmap(lambda n: st.tuples(*(matters(pk) for pk in range(n))))


@given(lists, st.floats(1, 1e6), st.randoms(use_true_random=False))
@settings(max_examples=25)
def test_the_order_is_the_same_however_the_matters_are_given(some: Any, middle: float, chance: random.Random) -> None:
    shuffled = list(some)
    chance.shuffle(shuffled)
    found = ordered(shuffled, middle, NOW)
    assert found == ordered(some, middle, NOW)
    assert sorted(one.pk for one in found) == [one.pk for one in some]
    held = [one for one in found if one.held_at is not None]
    assert held == line_of_day(shuffled)  # at their hours, whatever else there is


@given(matters(), st.floats(1, 1e6), st.floats(0, 1e9), days, st.floats(0, 400))
@settings(max_examples=25)
def test_worth_more_later_and_nearer_to_rot_never_comes_after(
    matter: Matter, middle: float, more: float, later: float, nearer: float
) -> None:
    heavier = [
        replace(matter, expected=(matter.expected or 0) + more),
        replace(matter, overdue_days=matter.overdue_days + later),
        replace(matter, rots_in=400 if matter.rots_in is None else matter.rots_in - nearer),
    ]
    for other in heavier:
        assert weight(other, middle) >= weight(matter, middle)
    assert decay(more, later + 1, middle) > decay(more, later, middle)
    assert decay(more * 2 + middle, later, middle) > decay(more, later, middle)


@pytest.mark.parametrize(
    ("matter", "expected"),
    [
        (Matter(1, NOW), 1.0),
        (Matter(1, NOW, expected=1000.0), 2.0),
        (Matter(1, NOW, expected=3000.0, overdue_days=7), 3.0 * 2.0),
        (Matter(1, NOW, expected=1000.0, rots_in=1), 2.0 * 2.5),
        (Matter(1, NOW, expected=1000.0, rots_in=-30, priority=3), 2.0 * 4.0 * 1.75),
    ],
)
def test_the_formula_in_numbers(matter: Matter, expected: float) -> None:
    assert weight(matter, 1000.0) == pytest.approx(expected)


def test_a_meeting_stands_at_its_hour_and_comes_first_when_it_is_near() -> None:
    whale = Matter(1, NOW, expected=1e6, rots_in=-3, priority=3)
    near = Matter(2, NOW, held_at=NOW + dt.timedelta(minutes=10))
    past = Matter(3, NOW, held_at=NOW - dt.timedelta(hours=1))
    later = Matter(4, NOW, held_at=NOW + dt.timedelta(hours=3))
    small = Matter(5, NOW)
    assert [one.pk for one in ordered([whale, near, past, later, small], 1000.0, NOW)] == [3, 2, 1, 5, 4]


def test_the_usual_value_is_the_middle_one_that_is_known() -> None:
    assert usual([None, 0.0, 100.0, 300.0, 200.0]) == 200.0
    assert usual([]) == usual([None, 0.0]) == 1.0
