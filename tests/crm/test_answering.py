"""Until when a lead should be answered, in working time, and who hears when it was not: once (R39)."""

from __future__ import annotations

import datetime as dt
import zoneinfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import Role, User
from leadline.crm import noticing
from leadline.crm.answering import clock
from leadline.crm.escalating import escalate_due, who_leads
from leadline.crm.models import Escalation, Lead, Notice, OwnDay, Source
from leadline.crm.working_days import WorkingDays
from leadline.crm.working_minutes import MINUTE, WorkingTime
from leadline.crm.working_time import set_week
from leadline.history.models import Change
from leadline.history.undoing import undo
from tests import cast as people
from tests import factories as make
from tests.cast import Cast, assemble

BERLIN = zoneinfo.ZoneInfo("Europe/Berlin")
HOUR = dt.timedelta(hours=1)
FRIDAY = dt.datetime(2026, 11, 20, 16, 0, tzinfo=dt.UTC)  # four in the afternoon in London
OFF = WorkingDays(own={dt.date(2026, 11, 24): False})


@given(
    start=st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2026, 12, 31), timezones=st.just(BERLIN)),
    minutes=st.integers(0, 5000),
    hours=st.tuples(st.integers(0, 700), st.integers(720, 1440)),
)
def test_after_and_between_agree(start: dt.datetime, minutes: int, hours: tuple[int, int]) -> None:
    """So many minutes after a moment lie as many minutes of work from it, and never on a day off."""
    time = WorkingTime(OFF, *hours)
    start = start.astimezone(dt.UTC)
    end = time.after(start, minutes, BERLIN)
    assert time.between(start, end, BERLIN) == minutes * MINUTE
    assert end >= start
    assert not minutes or time.days.is_working_day((end - MINUTE).astimezone(BERLIN).date())
    half = start + (end - start) / 2
    assert time.between(start, half, BERLIN) + time.between(half, end, BERLIN) == minutes * MINUTE


def test_a_company_that_never_works_still_says_a_moment() -> None:
    never = WorkingTime(WorkingDays(weekdays=frozenset()))
    assert never.after(FRIDAY, 60, BERLIN) > FRIDAY


@pytest.fixture
def cast(db: None) -> Cast:
    cast = assemble()
    noticing.catch_up()
    return cast


def promised(answer: int | None = 60, escalate: int | None = 120) -> Source:
    source = Source(name="Inbound", answer_within=answer, escalate_after=escalate).add(by=SYSTEM)
    Change.objects.filter(entity="source").update(recorded_at=FRIDAY - 90 * HOUR)
    return source


def came(at: dt.datetime, **fields: object) -> Lead:
    return make.lead(created_at=at, **fields)


def test_minutes_are_those_of_work_by_the_owners_clocks(cast: Cast) -> None:
    """An hour from four on Friday ends at five in London and on Monday in Tokyo; a day off pushes it on."""
    source = promised(answer=60)
    User.objects.filter(pk=cast.owner.pk).update(time_zone="Europe/London")
    lead = came(FRIDAY, owner=cast.owner, source=source)
    assert clock(lead, FRIDAY + HOUR).due_at == FRIDAY + HOUR
    assert not clock(lead, FRIDAY + HOUR).late
    late = clock(lead, FRIDAY + 65 * HOUR)  # Monday at nine
    assert (late.late, late.waited, late.left) == (True, HOUR, dt.timedelta())
    assert clock(lead, FRIDAY + 67 * HOUR).late_by == 2 * HOUR
    User.objects.filter(pk=cast.owner.pk).update(time_zone="Asia/Tokyo")  # one at night there
    assert clock(lead, FRIDAY).due_at == dt.datetime(2026, 11, 23, 1, tzinfo=dt.UTC)
    set_week(by=SYSTEM, day_begins=0, day_ends=24 * 60)
    OwnDay(on_date=dt.date(2026, 11, 23), worked=False).add(by=SYSTEM)
    assert clock(lead, FRIDAY).due_at == dt.datetime(2026, 11, 23, 16, tzinfo=dt.UTC)  # midnight, Tuesday's first hour
    assert clock(came(FRIDAY, owner=cast.owner), FRIDAY).due_at is None


def test_an_answer_a_close_and_nobody(cast: Cast) -> None:
    source = promised()
    monday = FRIDAY + 67 * HOUR
    lead = came(FRIDAY, owner=cast.owner, source=source)
    make.activity(owner=cast.owner, lead=lead, done_at=FRIDAY + HOUR / 2)
    lead.refresh_from_db()
    answered = clock(lead, monday)
    assert (answered.late, answered.runs, answered.waited) == (False, False, HOUR / 2)
    nobodys = clock(came(FRIDAY, source=source), monday)
    assert (nobodys.late, nobodys.runs) == (True, True)
    closed = came(FRIDAY, owner=cast.teammate, source=source).discard(by=SYSTEM)
    assert (clock(closed, monday).late, clock(closed, monday).runs) == (False, False)


def told(of: Escalation) -> set[str]:
    return {notice.user.name for notice in Notice.objects.filter(why="late", record_id=of.lead_id)}


def test_who_leads_hears_once_for_each_owner(cast: Cast) -> None:
    source = promised(escalate=60)
    lead = came(FRIDAY, owner=cast.owner, source=source)
    came(FRIDAY, owner=cast.owner)  # of a source that promises nothing
    came(FRIDAY - 24 * 30 * HOUR, owner=cast.owner, source=source)  # nobody heard of it for a month
    monday = FRIDAY + 68 * HOUR
    assert escalate_due(FRIDAY + HOUR / 2) == []
    (first,) = escalate_due(monday)
    assert (first.lead, first.waited_for, told(first)) == (lead, cast.owner, {"Lena"})
    assert escalate_due(monday + HOUR) == []
    (change,) = Change.objects.filter(entity="escalation")
    assert (change.via, change.by_id) == ("rule", None)
    lead.edit(by=cast.administrator, owner=cast.teammate)
    Lead.objects.filter(pk=lead.pk).update(owned_since=FRIDAY)
    (second,) = escalate_due(monday + HOUR)
    assert second.waited_for == cast.teammate
    lead.refresh_from_db()
    undo(Change.objects.filter(entity="lead", record_id=lead.pk).order_by("-id")[0], by=cast.administrator)
    assert escalate_due(monday + 2 * HOUR) == []  # it is Olga's again, and of that was told


def test_what_was_promised_later_is_no_news(cast: Cast) -> None:
    source = promised(escalate=None)
    came(FRIDAY, owner=cast.owner, source=source)
    source.edit(by=cast.leader, escalate_after=30)
    Change.objects.filter(entity="source", verb="change").update(recorded_at=FRIDAY + 10 * HOUR)
    assert escalate_due(FRIDAY + 70 * HOUR) == []


def test_the_nearest_leader_hears(cast: Cast) -> None:
    assert who_leads(cast.owner) == [cast.leader]
    near = people.person("Nora", role=Role.LEADER, team=cast.owner.team)
    assert who_leads(cast.owner) == [near]
    assert who_leads(near) == [cast.leader]
    assert who_leads(cast.leader) == [cast.administrator]
    assert who_leads(None) == [cast.leader, near]
