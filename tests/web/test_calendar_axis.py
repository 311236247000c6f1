"""The hours of a calendar on the days on which clocks change; what overlaps stands side by side."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadline.web.calendar.axis import axis_of, bounds
from leadline.web.calendar.lanes import SHORTEST, lanes
from leadline.web.calendar.spans import beside, shown_days

BERLIN = ZoneInfo("Europe/Berlin")
BACK, FORWARD = dt.date(2026, 10, 25), dt.date(2026, 3, 29)
ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo", "Asia/Kolkata", "UTC")
WORK = frozenset(range(5))


def at(day: dt.date, hour: int, minute: int = 0, fold: int = 0) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day, hour, minute, tzinfo=BERLIN, fold=fold).astimezone(dt.UTC)


def test_the_hour_that_passes_twice_stands_twice() -> None:
    axis = axis_of([BACK - dt.timedelta(days=1), BACK], BERLIN)
    assert (axis.length, axis.twice, axis.fall) == (25 * 60, (120, 180), BACK)
    assert [axis.place(at(BACK, 2, 30, fold)) for fold in (0, 1)] == [150, 210]
    assert axis.place(at(BACK, 3)) == axis.place(at(BACK - dt.timedelta(days=1), 3)) == 240
    assert axis.no_times(BACK - dt.timedelta(days=1)) == [(180, 240)]
    assert axis.no_times(BACK) == []
    assert [hour for _place, hour in axis.hours()][1:5] == [1, 2, 2, 3]
    assert len({place for place, _hour in axis.hours()}) == 25


def test_the_hour_that_is_left_out_is_no_time() -> None:
    axis = axis_of([FORWARD, FORWARD + dt.timedelta(days=1)], BERLIN)
    start, end = bounds(FORWARD, BERLIN)
    assert end - start == dt.timedelta(hours=23)
    assert (axis.length, axis.no_times(FORWARD)) == (24 * 60, [(120, 180)])
    assert axis.no_times(FORWARD + dt.timedelta(days=1)) == []
    assert axis.place(at(FORWARD, 3)) == 180


@pytest.mark.parametrize("name", ZONES)
def test_time_runs_down_the_axis_on_every_day_of_a_year(name: str) -> None:
    zone = ZoneInfo(name)
    for n in range(366):
        day = dt.date(2026, 1, 1) + n * dt.timedelta(days=1)
        start, end = bounds(day, zone)
        axis = axis_of([day], zone)
        step = dt.timedelta(minutes=30)
        places = [axis.place(start + k * step) for k in range((end - start) // step)]
        assert places == sorted(set(places)), f"{name} {day}"
        gone = axis.no_times(day)
        assert not [place for place in places if any(first <= place < last for first, last in gone)], f"{name} {day}"
        assert axis.length - sum(last - first for first, last in gone) == (end - start) / dt.timedelta(minutes=1)


TIMES = st.tuples(st.integers(0, 200), st.integers(0, 90)).map(lambda one: (one[0], one[0] + one[1]))


@settings(max_examples=60)
@given(st.lists(TIMES, max_size=14), st.integers(2, 5))
def test_nothing_covers_anything(times: list[tuple[int, int]], most: int) -> None:
    found, rests = lanes(times, most)
    drawn = [(start, max(end, start + SHORTEST)) for start, end in times]
    shown = [(lane, span) for lane, span in zip(found, drawn, strict=True) if lane.lane is not None]
    assert len(shown) + sum(rest.count for rest in rests) == len(times)
    boxes = [(lane.lane / lane.of, (lane.lane + lane.width) / lane.of, *span) for lane, span in shown]
    boxes += [((rest.of - 1) / rest.of, 1, rest.start, rest.end) for rest in rests]
    for n, (left, right, top, foot) in enumerate(boxes):
        assert 0 <= left < right <= 1 + 1e-9
        for other_left, other_right, other_top, other_foot in boxes[n + 1 :]:
            apart = right <= other_left + 1e-9 or other_right <= left + 1e-9
            assert apart or foot <= other_top or other_foot <= top


def test_eight_at_the_same_hour_stand_side_by_side_where_there_is_room() -> None:
    found, rests = lanes([(600, 660)] * 8, 10)
    assert sorted(lane.lane for lane in found if lane.lane is not None) == list(range(8))
    assert rests == []
    found, rests = lanes([(600, 660)] * 8, 4)
    assert [rest.count for rest in rests] == [5]


def test_days_of_a_view() -> None:
    day = dt.date(2026, 11, 25)  # a Wednesday
    assert shown_days("day", day, 0, WORK) == [day]
    assert [one.day for one in shown_days("week", day, 6, WORK)] == [22, 23, 24, 25, 26, 27, 28]
    assert [one.day for one in shown_days("work-week", day, 0, WORK)] == [23, 24, 25, 26, 27]
    month = shown_days("month", day, 0, WORK)
    assert (month[0], month[-1], len(month)) == (dt.date(2026, 10, 26), dt.date(2026, 12, 6), 42)
    assert beside("month", dt.date(2026, 1, 31), 1) == dt.date(2026, 2, 28)
    assert beside("week", day, -1) == dt.date(2026, 11, 18)
