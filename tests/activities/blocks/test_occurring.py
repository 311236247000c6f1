"""When blocks take place: daylight saving, every second week, moved, days off, and nothing twice (R32)."""

from __future__ import annotations

import datetime as dt
import itertools
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadline.accounts.actors import SYSTEM
from leadline.activities.blocks import next_of, occurrences
from leadline.activities.blocks.clock import at_wall_clock
from leadline.activities.blocks.occurring import falls_on, planned
from leadline.activities.blocks.setting_up import set_up
from leadline.activities.models import Block, Sitting
from leadline.crm.models.working_time import OwnDay
from leadline.crm.working_days import WorkingDays
from leadline.crm.working_time import set_week
from tests.cast import person

ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC")
DAY = dt.timedelta(days=1)
MONDAY = dt.date(2026, 3, 2)
GERMAN = WorkingDays(country="DE")


def block(**fields: object) -> Block:
    usual = {"name": "Calls", "weekdays": [1, 3], "starts_at": dt.time(9), "zone": "Europe/Berlin", "start_on": MONDAY}
    return Block(**usual | fields)


blocks = st.builds(
    block,
    weekdays=st.lists(st.integers(0, 6), min_size=1, unique=True),
    every_weeks=st.integers(1, 4),
    starts_at=st.times().map(lambda time: time.replace(second=0, microsecond=0)),
    zone=st.sampled_from(ZONES),
    start_on=st.dates(dt.date(2025, 9, 1), dt.date(2026, 6, 1)),
    moved=st.dictionaries(
        st.dates(dt.date(2025, 9, 1), dt.date(2026, 12, 1)).map(dt.date.isoformat),
        st.one_of(
            st.none(),
            st.datetimes(dt.datetime(2025, 9, 1), dt.datetime(2026, 12, 1), timezones=st.just(dt.UTC)).map(
                dt.datetime.isoformat
            ),
        ),
        max_size=6,
    ),
)


@settings(max_examples=25)
@given(
    blocks,
    st.lists(st.datetimes(dt.datetime(2025, 9, 1), dt.datetime(2026, 12, 1), timezones=st.just(dt.UTC)), min_size=2),
)
def test_neighbouring_spans_hold_each_once_as_the_plan_has_it(one: Block, cuts: list[dt.datetime]) -> None:
    """Against a walk over all the days of the plan, and cut wherever one likes."""
    cuts = sorted(cuts)
    walked = {}
    day = one.start_on
    while day < dt.date(2027, 1, 10):
        weeks = (day - (one.start_on - DAY * one.start_on.weekday())).days // 7
        if day.weekday() in one.weekdays and weeks % one.every_weeks == 0 and GERMAN.is_working_day(day):
            where = one.moved.get(day.isoformat(), "planned")
            if where == "planned":
                walked[day] = at_wall_clock(day, one.starts_at, ZoneInfo(one.zone))
            elif where is not None:
                walked[day] = dt.datetime.fromisoformat(where)
        day += DAY
    whole = {day: moment for day, moment in walked.items() if cuts[0] <= moment < cuts[-1]}
    found = [each for start, end in itertools.pairwise(cuts) for each in planned(one, start, end, GERMAN)]
    assert len(found) == len({each.on_date for each in found}), "nothing twice"
    assert {each.on_date: each.starts_at for each in found} == whole
    assert all(each.ends_at - each.starts_at == dt.timedelta(minutes=one.minutes) for each in found)


@pytest.mark.parametrize(
    ("zone", "start", "hours"),
    [
        ("Europe/Berlin", dt.date(2026, 3, 24), [8, 8, 7, 7]),  # forward on 29 March
        ("America/New_York", dt.date(2026, 10, 27), [13, 13, 14, 14]),  # back on 1 November
    ],
)
def test_nine_o_clock_is_nine_o_clock_in_summer_and_in_winter(zone: str, start: dt.date, hours: list[int]) -> None:
    one = block(zone=zone, start_on=start)
    begins = at_wall_clock(start, dt.time(0), ZoneInfo(zone))
    found = planned(one, begins, begins + 14 * DAY, WorkingDays())
    assert [each.starts_at.hour for each in found] == hours
    assert [each.starts_at.astimezone(ZoneInfo(zone)).time() for each in found] == [dt.time(9)] * 4


def test_an_hour_that_is_leapt_over_and_one_that_comes_twice_are_there_once() -> None:
    """RFC 5545, 3.3.5."""
    berlin = ZoneInfo("Europe/Berlin")
    assert at_wall_clock(dt.date(2026, 3, 29), dt.time(2, 30), berlin) == dt.datetime(2026, 3, 29, 1, 30, tzinfo=dt.UTC)
    assert at_wall_clock(dt.date(2026, 10, 25), dt.time(2, 30), berlin).hour == 0
    nights = block(weekdays=[6], starts_at=dt.time(2, 30), start_on=dt.date(2026, 3, 22))
    days = WorkingDays(frozenset(range(7)))
    begin = dt.datetime(2026, 3, 20, tzinfo=dt.UTC)
    assert len(planned(nights, begin, begin + 14 * DAY, days)) == 2


def test_every_second_week_is_counted_from_the_week_of_the_first_day() -> None:
    one = block(start_on=dt.date(2026, 3, 5), every_weeks=2)  # a Thursday
    days = [dt.date(2026, 3, day) for day in range(1, 32)]
    assert [day.day for day in days if falls_on(one, day, WorkingDays())] == [5, 17, 19, 31]


@pytest.mark.django_db
def test_days_off_moved_days_and_sittings() -> None:
    user, other = person("Olga"), person("Theo")
    set_week(by=SYSTEM, country="DE")
    OwnDay(on_date=dt.date(2026, 4, 9), worked=False).add(by=SYSTEM)
    one = set_up(
        user, by=user, name="Calls", weekdays=[0, 1, 3], starts_at=dt.time(9), zone="Europe/Berlin", start_on=MONDAY,
        moved={"2026-04-07": "2026-04-11T10:00:00+02:00", "2026-04-13": None},
    )  # fmt: skip
    Sitting(owner=user, block=one, on_date="2026-04-09", began_at=dt.datetime(2026, 4, 9, 7, tzinfo=dt.UTC)).add(
        by=user
    )
    start = dt.datetime(2026, 4, 5, tzinfo=dt.UTC)
    found = occurrences([user, other], start, start + 10 * DAY)
    told = [(each.on_date.day, each.starts_at.day, each.moved, each.sitting is not None) for each in found]
    assert told == [
        (9, 9, False, True),  # off since, but somebody sat down to it; the 6th is Easter Monday, the 13th is skipped
        (7, 11, True, False),  # moved
        (14, 14, False, False),
    ]
    assert occurrences([other], start, start + 10 * DAY) == []
    assert next_of(user, start).on_date == dt.date(2026, 4, 9)  # type: ignore[union-attr]  # there is one
    assert next_of(other, start) is None
    here = next_of(user, start)
    assert here is not None
    length = here.ends_at - here.starts_at
    sitting = Sitting.objects.get()
    for share, still in ((0.1, True), (0.5, False)):
        sitting.edit(by=SYSTEM, ended_at=here.starts_at + share * length)
        found = next_of(user, here.starts_at + 0.9 * length)
        assert found is not None
        assert (found.on_date == here.on_date) == still  # who got up early may sit down again
