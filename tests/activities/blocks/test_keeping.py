"""Planned against kept (R32): one definition, held against counting minute by minute."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadline.accounts.actors import SYSTEM
from leadline.activities.blocks.keeping import kept_minutes, sat_spans
from leadline.activities.blocks.reporting import by_week, kept_of
from leadline.activities.blocks.setting_up import set_up
from leadline.activities.models import ActivityType, Sitting
from tests import factories as make
from tests.cast import person

BEGIN = dt.datetime(2026, 11, 16, 9, tzinfo=dt.UTC)  # a Monday
MINUTE, DAY = dt.timedelta(minutes=1), dt.timedelta(days=1)
spans = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 30)).map(lambda one: (one[0], one[0] + one[1])), max_size=5
)


def at(minute: int) -> dt.datetime:
    return BEGIN + minute * MINUTE


@settings(max_examples=25)
@given(spans, spans)
def test_no_minute_counts_twice_and_none_outside(sat: list[tuple[int, int]], worked: list[tuple[int, int]]) -> None:
    timed = [[(at(a), at(b)) for a, b in some] for some in (sat, worked)]
    slow = sum(any(a <= minute < b for a, b in (*sat, *worked)) for minute in range(20, 50))
    assert kept_minutes((at(20), at(50)), *timed) == pytest.approx(slow)


def test_a_pause_was_not_sat_and_a_sitting_nobody_got_up_from_ends_with_the_block() -> None:
    pauses = [[at(10).isoformat(), at(25).isoformat()], [at(50).isoformat(), None]]
    assert sat_spans(at(0), None, pauses, at(120)) == [(at(0), at(10)), (at(25), at(50))]
    assert sat_spans(at(0), None, [], at(120)) == [(at(0), at(120))]
    assert sat_spans(at(0), at(40), [], at(120)) == [(at(0), at(40))]


@pytest.mark.django_db
def test_a_week_of_blocks() -> None:
    """Monday sat for an hour of two, Tuesday worked without sitting, Wednesday neither, Thursday still to come."""
    user, other = person("Olga"), person("Theo")
    block = set_up(
        user, by=user, name="Calls", weekdays=[0, 1, 2, 3], starts_at=dt.time(9), zone="UTC", start_on=BEGIN.date()
    )
    Sitting(owner=user, block=block, on_date=BEGIN.date(), began_at=at(0), ended_at=at(60)).add(by=user)
    call = ActivityType(name="Call", work="prospecting", minutes=10).add(by=SYSTEM)
    meeting = ActivityType(name="Meeting", work="selling").add(by=SYSTEM)
    talked = make.activity(user, type=call, done_at=at(30), counts_as="conversation")
    make.activity(user, type=call, done_at=BEGIN + DAY + 20 * MINUTE)  # ten minutes, the usual ones
    make.activity(user, type=call, done_at=BEGIN + DAY + 5 * MINUTE)  # of which five lie before the block
    make.activity(user, type=meeting, minutes=60, done_at=BEGIN + DAY + 100 * MINUTE)  # another kind of work
    make.activity(other, type=call, done_at=BEGIN + 2 * DAY + 30 * MINUTE)  # somebody else's
    now = BEGIN + 3 * DAY - MINUTE
    kept = kept_of([user.pk], BEGIN - DAY, BEGIN + 7 * DAY, now)
    assert [one.minutes for one in kept] == [60, 15, 0, 0]
    assert [one.kept for one in kept] == [True, False, False, False]  # half of it, and an eighth
    assert [one.over for one in kept] == [True, True, True, False]
    (week,) = by_week(kept, dt.UTC)
    assert (week.planned_hours, week.kept_hours, week.kept, week.aim) == (8, 1.25, 1, 20)
    assert week.conversations == (talked.pk,)
    assert week.monday == BEGIN.date()
