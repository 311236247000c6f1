"""Recurrence by the clock on the wall: across daylight saving, month ends, leap days, up to a day or a number."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from itertools import pairwise

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from leadline.activities.recurring import checked, due_in, following, next_slot, said, slot_of
from leadline.activities.zones import clock_of, end_of_day

BERLIN, NEW_YORK = zoneinfo.ZoneInfo("Europe/Berlin"), zoneinfo.ZoneInfo("America/New_York")
ZONES = [BERLIN, NEW_YORK, *map(zoneinfo.ZoneInfo, ("Africa/Cairo", "Australia/Lord_Howe", "UTC", "America/Havana"))]
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
DAY = dt.timedelta(days=1)


def slots(rule: str, slot: str, count: int) -> list[str]:
    found = [slot]
    while len(found) < count and (slot := next_slot(rule, slot, len(found))):
        found.append(slot)
    return found


@given(
    zone=st.sampled_from(ZONES),
    first=st.datetimes(dt.datetime(2024, 1, 1), dt.datetime(2027, 12, 31)).map(lambda at: at.replace(microsecond=0)),
    steps=st.integers(1, 3),
    weekdays=st.sets(st.sampled_from(DAYS)),
    alone=st.booleans(),
)
@settings(max_examples=40)
def test_every_n_weeks_is_what_a_calendar_on_the_wall_says(
    zone: zoneinfo.ZoneInfo, first: dt.datetime, steps: int, weekdays: set[str], alone: bool
) -> None:
    """Counted day by day, without the library; the clock shows the same time, but in the hour that is skipped."""
    rule = checked(f"FREQ=WEEKLY;INTERVAL={steps}" + (f";BYDAY={','.join(sorted(weekdays))}" if weekdays else ""))
    slot = first.date().isoformat() if alone else first.isoformat()
    monday = first.date() - first.weekday() * DAY
    wanted = {DAYS.index(day) for day in weekdays} or {first.weekday()}
    days = [first.date() + n * DAY for n in range(1, 90)]
    expected = [day for day in days if day.weekday() in wanted and (day - monday).days // 7 % steps == 0]
    found = slots(rule, slot, 4)
    assert [dt.datetime.fromisoformat(one).date() for one in found[1:]] == expected[: len(found) - 1]
    due = [due_in(one, zone) for one in found]
    assert all(one[0] < two[0] for one, two in pairwise(due))
    for (due_at, due_on), one in zip(due, found, strict=True):
        if alone:
            assert due_on
            assert due_at == end_of_day(due_on, zone)
            assert clock_of(due_at, zone).date() == due_on < clock_of(due_at + dt.timedelta(seconds=1), zone).date()
        else:
            late = clock_of(due_at, zone) - dt.datetime.fromisoformat(one)
            assert late == dt.timedelta(0) or (late in (dt.timedelta(hours=1), dt.timedelta(minutes=30)))
            assert late == dt.timedelta(0) or slot_of(due_at, None, zone) != one


def test_ten_stays_ten_across_daylight_saving() -> None:
    for zone, months in ((BERLIN, (3, 10)), (NEW_YORK, (3, 11))):
        for month in months:
            at = dt.datetime(2026, month, 1, 10, tzinfo=zone)
            for _n in range(40):
                after = following("FREQ=DAILY", at, zone)
                assert after is not None
                assert clock_of(after, zone) == clock_of(at, zone) + DAY
                at = after


def test_the_skipped_hour_comes_an_hour_later_and_the_doubled_one_is_the_first() -> None:
    """And the days after have their own time again."""
    march = slots("FREQ=DAILY", "2026-03-28T02:30:00", 3)
    assert [clock_of(due_in(slot, BERLIN)[0], BERLIN).time() for slot in march] == [
        dt.time(2, 30), dt.time(3, 30), dt.time(2, 30),
    ]  # fmt: skip
    assert due_in("2026-10-25T02:30:00", BERLIN)[0] == dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC)
    assert end_of_day(dt.date(2026, 3, 28), BERLIN) + dt.timedelta(seconds=1) == dt.datetime(
        2026, 3, 28, 23, tzinfo=dt.UTC
    )


@pytest.mark.parametrize(
    ("rule", "first", "then"),
    [
        ("FREQ=MONTHLY", "2026-01-31", ["2026-03-31", "2026-05-31"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "2026-01-31", ["2026-02-28", "2026-03-31"]),
        ("FREQ=YEARLY", "2024-02-29T09:00:00", ["2028-02-29T09:00:00", "2032-02-29T09:00:00"]),
        ("FREQ=YEARLY", "2096-02-29", ["2104-02-29"]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2026-10-30", ["2026-11-30", "2026-12-31"]),
        ("FREQ=DAILY;UNTIL=20261125", "2026-11-24T18:00:00", ["2026-11-25T18:00:00"]),
        ("FREQ=DAILY;COUNT=3", "2026-11-24", ["2026-11-25", "2026-11-26"]),
        ("FREQ=WEEKLY;COUNT=1", "2026-11-24", []),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH", "2026-11-23", ["2026-11-26", "2026-12-07"]),
        ("FREQ=DAILY", "9999-12-31", []),
    ],
)
def test_month_ends_leap_days_and_ends(rule: str, first: str, then: list[str]) -> None:
    found = slots(checked(rule), first, 3)[1:]
    assert found[: len(then)] == then
    assert then or not found
    if "UNTIL" in rule or "COUNT" in rule:
        assert found == then, "and no more"


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY", "FREQ=HOURLY", "FREQ=MINUTELY;COUNT=3", "whenever", "FREQ=WEEKLY;BYDAY=XX", "BYDAY=MO",
        "FREQ=WEEKLY;BYDAY=2TU", "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;COUNT=0", "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;COUNT=3;UNTIL=20270101", "FREQ=DAILY;UNTIL=20261399", "FREQ=DAILY;BYHOUR=3", "FREQ=DAILY;X=1",
        "FREQ=DAILY;FREQ=WEEKLY", "FREQ=MONTHLY;BYMONTHDAY=32", "FREQ=WEEKLY;BYMONTHDAY=3", "FREQ=MONTHLY;BYSETPOS=1",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;INTERVAL=7;BYDAY=TU",
        "FREQ=YEARLY;BYMONTHDAY=" + ",".join(["-31"] * 99),
    ],
)  # fmt: skip
def test_what_is_no_rule_is_refused_with_the_mend(rule: str) -> None:
    with pytest.raises(ValidationError) as refused:
        checked(rule)
    assert set(refused.value.message_dict) == {"repeats"}
    assert len(refused.value.messages[0]) > 20


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("rrule:freq=weekly;interval=1;byday=TU", "every week on Tuesday"),
        ("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", "every working day"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH;COUNT=5", "every 2 weeks on Monday and Thursday, 5 times"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "every month on the last Friday"),
        (
            "FREQ=MONTHLY;BYMONTHDAY=-1;UNTIL=20261231T120000Z",
            "every month on the last day of the month, until 31 December 2026",
        ),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "every year on day 29 in February"),
        ("", ""),
    ],
)
def test_it_is_said_in_words_and_written_in_one_way(rule: str, words: str) -> None:
    assert said(checked(rule)) == words
    assert checked(checked(rule)) == checked(rule)
