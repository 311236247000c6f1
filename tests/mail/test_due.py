"""When a schedule is due: months that are too short, clocks that are put on and back, days off."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadline.crm.working_days import WorkingDays
from leadline.mail.due import Rhythm, falls_on, following, latest

USUAL, UTC = WorkingDays(), ZoneInfo("UTC")
BERLIN, NEW_YORK, LORD_HOWE = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York"), ZoneInfo("Australia/Lord_Howe")


def rhythm(every: str, *, weekday: int = 0, day: int = 1, hour: int = 8) -> Rhythm:
    return Rhythm(every, weekday, day, hour)


def utc(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("given_rhythm", "zone", "now", "last", "then"),
    [
        # The 31st is the last day of shorter months, leap years' February included.
        (rhythm("month", day=31), UTC, "2026-02-28T08:00", "2026-02-28T08:00", "2026-03-31T08:00"),
        (rhythm("month", day=31), UTC, "2028-02-29T07:59", "2028-01-31T08:00", "2028-02-29T08:00"),
        (rhythm("month", day=30), UTC, "2026-03-01T00:00", "2026-02-28T08:00", "2026-03-30T08:00"),
        # Friday evening to Monday; and a week from its day.
        (rhythm("day"), UTC, "2026-11-20T20:00", "2026-11-20T08:00", "2026-11-23T08:00"),
        (rhythm("week", weekday=6), UTC, "2026-11-22T08:00", "2026-11-22T08:00", "2026-11-29T08:00"),
        # The same hour of the clock is another moment in winter.
        (rhythm("day"), BERLIN, "2026-10-25T12:00", "2026-10-23T06:00", "2026-10-26T07:00"),
        # Half past eight in the evening there is another day here.
        (rhythm("month", day=1, hour=20), NEW_YORK, "2026-12-02T00:30", "2026-11-02T01:00", "2026-12-02T01:00"),
        # In spring there is no 2 o'clock in Berlin: it comes when the clock goes on, once.
        (rhythm("week", weekday=6, hour=2), BERLIN, "2026-03-29T01:00", "2026-03-29T01:00", "2026-04-05T00:00"),
        # In autumn there are two: the first.
        (rhythm("week", weekday=6, hour=2), BERLIN, "2026-10-25T00:30", "2026-10-25T00:00", "2026-11-01T01:00"),
        (rhythm("week", weekday=6, hour=2), BERLIN, "2026-10-25T01:30", "2026-10-25T00:00", "2026-11-01T01:00"),
    ],
)
def test_the_last_and_the_next_time(given_rhythm: Rhythm, zone: ZoneInfo, now: str, last: str, then: str) -> None:
    assert latest(given_rhythm, utc(now), zone, USUAL) == utc(last)
    assert following(given_rhythm, utc(now), zone, USUAL) == utc(then)


def test_working_days_are_the_companys() -> None:
    christmas = WorkingDays(frozenset({6, 0, 1, 2, 3}), country="DE", own={dt.date(2026, 12, 28): False})
    now = utc("2026-12-24T09:00")  # a Thursday; Friday and Saturday are off, and the 28th is bridged
    assert following(rhythm("day"), now, UTC, christmas) == utc("2026-12-27T08:00")
    assert following(rhythm("day"), utc("2026-12-27T09:00"), UTC, christmas) == utc("2026-12-29T08:00")
    never = WorkingDays(frozenset())
    assert latest(rhythm("day"), now, UTC, never) is None
    assert following(rhythm("day"), now, UTC, never) is None


RHYTHMS = st.builds(
    Rhythm, st.sampled_from(["day", "week", "month"]), st.integers(0, 6), st.integers(1, 31), st.integers(0, 23)
)
MOMENTS = st.datetimes(dt.datetime(2024, 1, 1), dt.datetime(2029, 1, 1), timezones=st.just(dt.UTC))


@settings(max_examples=25)
@given(RHYTHMS, MOMENTS, st.sampled_from([UTC, BERLIN, NEW_YORK, LORD_HOWE]))
def test_each_day_of_it_is_due_once_and_in_order(one: Rhythm, now: dt.datetime, zone: ZoneInfo) -> None:
    """Time after time: the days are those of the calendar, none twice and none left out, whatever the clocks do."""
    times = [at for at in [latest(one, now, zone, USUAL)] if at]
    assert times[0] <= now
    while len(times) < 15:
        at = following(one, times[-1], zone, USUAL)
        assert at is not None
        assert at > times[-1]
        assert latest(one, at, zone, USUAL) == at
        assert latest(one, at - dt.timedelta(microseconds=1), zone, USUAL) == times[-1]
        times.append(at)
    days = [at.astimezone(zone).date() for at in times]
    span = [days[0] + dt.timedelta(days=n) for n in range((days[-1] - days[0]).days + 1)]
    assert days == [day for day in span if falls_on(one, day, USUAL)]
