"""Working days: a count that a slow one confirms, holidays by country and region, days of one's own, and the verbs."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import given
from hypothesis import strategies as st

from leadline.accounts.actors import SYSTEM, actor
from leadline.crm import working_time
from leadline.crm.models.working_time import OwnDay, WorkingWeek
from leadline.crm.public_holidays import countries, public_holidays, regions
from leadline.crm.working_days import WorkingDays, months_after
from leadline.history.replay import disagreements
from leadline.history.undoing import undo_act
from tests.cast import Cast, assemble
from tests.oracle import working_days as oracle

FIRST, LAST = dt.date(2019, 1, 1), dt.date(2031, 12, 31)
days = st.dates(FIRST, LAST)
weeks = st.frozensets(st.integers(0, 6), min_size=1)
own_days = st.dictionaries(days, st.booleans(), max_size=12)
places = st.sampled_from([("", ""), ("DE", ""), ("DE", "BY"), ("GB", "SCT"), ("US", ""), ("IL", ""), ("JP", "")])


def holidays_of(country: str, region: str) -> set[dt.date]:
    return {day for year in range(FIRST.year, LAST.year + 1) for day in public_holidays(country, region, year)}


@given(days, days, weeks, places, own_days)
def test_a_slow_count_says_the_same(
    after: dt.date, until: dt.date, week: frozenset[int], place: tuple[str, str], own: dict[dt.date, bool]
) -> None:
    calendar, holidays = WorkingDays(week, *place, own), holidays_of(*place)
    assert calendar.working_days_between(after, until) == oracle.between(after, until, set(week), holidays, own)
    assert calendar.is_working_day(after) == oracle.worked(after, set(week), holidays, own)


@given(days, days, days, weeks, places, own_days)
def test_neighbouring_spans_add_up(
    a: dt.date, b: dt.date, c: dt.date, week: frozenset[int], place: tuple[str, str], own: dict[dt.date, bool]
) -> None:
    between = WorkingDays(week, *place, own).working_days_between
    assert between(a, b) + between(b, c) == between(a, c)
    assert between(a, b) == -between(b, a)
    assert abs(between(a, b)) <= abs((b - a).days)


@given(st.dates(FIRST, dt.date(2030, 1, 1)), st.integers(1, 30), weeks, places, own_days)
def test_the_day_so_many_working_days_on(
    day: dt.date, count: int, week: frozenset[int], place: tuple[str, str], own: dict[dt.date, bool]
) -> None:
    calendar = WorkingDays(week, *place, own)
    then = calendar.day_after(day, count)
    assert calendar.is_working_day(then)
    assert calendar.working_days_between(day, then) == count


def test_what_people_expect() -> None:
    """2026-11-20 is a Friday."""
    friday, monday = dt.date(2026, 11, 20), dt.date(2026, 11, 23)
    plain = WorkingDays()
    assert plain.working_days_between(friday, monday) == 1
    assert plain.working_days_between(friday, friday) == 0
    assert plain.working_days_between(monday, friday) == -1
    assert plain.day_after(friday) == monday
    shifted = WorkingDays(own={monday: False, dt.date(2026, 11, 21): True})
    assert shifted.day_after(friday) == dt.date(2026, 11, 21)
    assert shifted.working_days_between(friday, monday) == 1
    with pytest.raises(ValueError, match="1 or more"):
        plain.day_after(friday, 0)


def test_holidays_differ_by_region() -> None:
    epiphany = dt.date(2026, 1, 6)  # a Tuesday, off in Bavaria and not in Berlin
    assert not WorkingDays(country="DE", region="BY").is_working_day(epiphany)
    assert WorkingDays(country="DE", region="BE").is_working_day(epiphany)
    assert regions("DE")["BY"] == "Bayern"
    assert "DE" in countries()
    assert regions("ZZ") == {}
    assert public_holidays("ZZ", "", 2026) == {}
    assert public_holidays("", "", 2026) == {}


def test_holidays_are_named_in_the_readers_language_where_that_can_be() -> None:
    christmas = dt.date(2026, 12, 25)
    assert public_holidays("DE", "", 2026, "de")[christmas] == "Erster Weihnachtstag"
    assert public_holidays("DE", "", 2026, "en-gb")[christmas] == "Christmas Day"
    assert public_holidays("DE", "", 2026, "sw")[christmas] == "Christmas Day"


@pytest.fixture
def cast(db: None) -> Cast:
    return assemble()


def test_until_somebody_says_otherwise(db: None) -> None:
    assert working_time.company_days() == WorkingDays()
    assert working_time.is_working_day(dt.date(2026, 12, 25))  # a Friday; no country, no holidays
    assert working_time.working_days_between(dt.date(2026, 11, 20), dt.date(2026, 11, 27)) == 5


def test_a_company_says_when_it_works(cast: Cast) -> None:
    week = working_time.set_week(by=cast.leader, weekdays=["6", 0, 1, 1], country="DE", region="BY")
    assert week.weekdays == [0, 1, 6]
    OwnDay(on_date=dt.date(2026, 12, 24), name="Christmas Eve").add(by=cast.leader)
    kept = working_time.company_days()
    assert (kept.weekdays, kept.country, kept.region) == (frozenset({0, 1, 6}), "DE", "BY")
    assert kept.own == {dt.date(2026, 12, 24): False}
    working_time.set_week(by=cast.leader, country="AT")
    assert (WorkingWeek.company().region, WorkingWeek.objects.count()) == ("", 1)
    assert list(disagreements(WorkingWeek)) == list(disagreements(OwnDay)) == []


def test_it_can_be_taken_back(cast: Cast) -> None:
    first, second = actor(cast.leader).together(), actor(cast.leader).together()
    working_time.set_week(by=first, weekdays=[0])
    working_time.set_week(by=second, weekdays=[1])
    undo_act(second.act, by=cast.leader)
    assert working_time.company_days().weekdays == {0}
    undo_act(first.act, by=cast.leader)
    assert working_time.company_days() == WorkingDays()
    working_time.set_week(by=cast.leader, weekdays=[2])
    assert working_time.company_days().weekdays == {2}


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"weekdays": []}, "weekdays"),
        ({"weekdays": [7]}, "weekdays"),
        ({"weekdays": ["Monday"]}, "weekdays"),
        ({"weekdays": None}, "weekdays"),
        ({"country": "ZZ"}, "country"),
        ({"country": "DE", "region": "XX"}, "region"),
        ({"region": "BY"}, "region"),
        ({"first_weekday": 7}, "first_weekday"),
        ({"fiscal_month": 13}, "fiscal_month"),
        ({"fiscal_month": None}, "fiscal_month"),
    ],
)
def test_what_is_no_week(db: None, values: dict[str, object], field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        working_time.set_week(by=SYSTEM, **values)
    assert field in refused.value.message_dict
    assert working_time.company_days() == WorkingDays()


def test_a_day_is_in_the_list_once(db: None) -> None:
    day = dt.date(2026, 12, 24)
    first = OwnDay(on_date=day).add(by=SYSTEM)
    with pytest.raises(ValidationError):
        OwnDay(on_date=day, worked=True).add(by=SYSTEM)
    first.trash(by=SYSTEM)
    OwnDay(on_date=day, worked=True).add(by=SYSTEM)
    assert working_time.is_working_day(day)


def test_leaders_decide(cast: Cast) -> None:
    for somebody in (cast.owner, cast.reader):
        with pytest.raises(PermissionDenied):
            working_time.set_week(by=somebody, weekdays=[0])
        with pytest.raises(PermissionDenied):
            OwnDay(on_date=dt.date(2026, 12, 24)).add(by=somebody)


def test_quick_picks_fall_on_working_days() -> None:
    days = WorkingDays()
    saturday, monday = dt.date(2026, 11, 28), dt.date(2026, 11, 30)
    assert (days.from_day(saturday), days.from_day(monday)) == (monday, monday)
    assert WorkingDays(own={monday: False}).from_day(saturday) == dt.date(2026, 12, 1)
    assert WorkingDays(frozenset()).from_day(saturday) == saturday


def test_months_are_those_of_the_calendar() -> None:
    assert months_after(dt.date(2026, 11, 22), 3) == dt.date(2027, 2, 22)
    assert months_after(dt.date(2026, 11, 30), 3) == dt.date(2027, 2, 28)
    assert months_after(dt.date(2027, 8, 31), 6) == dt.date(2028, 2, 29)
    assert months_after(dt.date(2026, 12, 31), 12) == dt.date(2027, 12, 31)
