"""What is overdue is spread over the next working days, in one act that one undo takes back."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from leadline.accounts.actors import SYSTEM
from leadline.activities.models import Activity, Priority
from leadline.activities.replanning import planned, spread
from leadline.activities.zones import clock_of, zone_of
from leadline.crm.working_time import company_days, set_week
from leadline.history import members
from leadline.history.undoing import undo_act
from leadline.web.today.day import Day
from leadline.web.today.due import to_do
from tests import factories as make
from tests.cast import assemble

pytestmark = pytest.mark.django_db
MONDAY = dt.date(2099, 11, 23)


def test_it_is_spread_evenly_over_working_days_the_weightiest_first() -> None:
    set_week(by=SYSTEM, weekdays=[0, 1, 3])
    cast = assemble()
    ago = [timezone.now() - dt.timedelta(days=days) for days in range(1, 15)]
    mine = [make.activity(cast.owner, due_at=at) for at in ago[:7]]
    urgent = make.activity(cast.owner, due_at=ago[0], priority=Priority.HIGH)
    whole = make.activity(cast.owner, due_on=ago[9].date())
    theirs = make.activity(cast.teammate, due_at=ago[0])
    done = make.activity(cast.owner, due_at=ago[0]).complete(by=cast.owner)
    before = {row.pk: row.snapshot() for row in Activity.objects.all()}
    act = uuid.uuid4()
    told = spread([*mine, urgent, whole, done], by=cast.owner.via("web", act), start=MONDAY)
    assert [told.days[row.pk] for row in (urgent, whole, *reversed(mine))][:8] == sorted(told.days.values())[:8]
    assert sorted(Counter(told.days.values()).values()) == [2, 2, 2, 2, 2]
    assert all(company_days().is_working_day(day) for day in told.days.values())
    assert sorted(told.outcome.changed) == sorted(row.pk for row in [*mine, urgent, whole])
    for row in Activity.objects.filter(pk__in=[row.pk for row in mine]):
        clock, was = clock_of(row.due_at, zone_of(cast.owner)), before[row.pk]["due_at"]
        assert (clock.date(), clock.time()) == (told.days[row.pk], clock_of(was, zone_of(cast.owner)).time())
    whole.refresh_from_db()
    assert whole.due_on == told.days[whole.pk]
    undo_act(act, by=cast.owner)
    assert {row.pk: row.snapshot() for row in Activity.objects.all()} == before
    for kind in ("deal", "lead", "activity"):
        members.set_visibility(kind, see="everyone", change_by="owner", by=SYSTEM)
    told = spread([theirs, urgent], by=cast.owner, start=MONDAY, per_day=1)
    assert (told.outcome.changed, list(told.outcome.refused)) == ([urgent.pk], [theirs.pk])
    assert told.days == {theirs.pk: MONDAY, urgent.pk: MONDAY}, "each owner has days of their own"


def test_what_matters_most_comes_first_as_on_today() -> None:
    """What is worth much goes before what is urgent or late, in the order in which Today shows it."""
    cast, now = assemble(), timezone.now()
    whale = make.deal(owner=cast.owner, value=90_000)
    small = make.deal(owner=cast.owner, value=900)
    late = make.activity(cast.owner, due_at=now - dt.timedelta(days=3), priority=Priority.HIGH)
    slow = make.activity(cast.owner, due_at=now - dt.timedelta(days=9), deal=small)
    large = make.activity(cast.owner, due_at=now - dt.timedelta(days=2), deal=whale)
    days = planned([late, slow, large], start=MONDAY, per_day=1)
    order = sorted(days, key=lambda pk: days[pk])
    today = to_do(Day(cast.owner, cast.owner, now, zone_of(cast.owner)))
    assert tuple(order) == today.order
    assert order[0] == large.pk


def test_a_number_a_day_and_a_time_that_is_over() -> None:
    cast = assemble()
    rows = [make.activity(cast.owner, due_at=timezone.now() - dt.timedelta(days=7)) for _n in range(5)]
    more = [make.activity(cast.owner, due_at=timezone.now() - dt.timedelta(days=7)) for _n in range(6)]
    days = planned(rows, start=MONDAY, per_day=2)
    assert sorted(Counter(days.values()).values()) == [1] * 5, "so many a day are a limit, no aim"
    assert sorted(Counter(planned([*rows, *more], start=MONDAY, per_day=2).values()).values()) == [1, 2, 2, 2, 2, 2]
    set_week(by=SYSTEM, weekdays=list(range(7)))
    spread(rows[:1], by=cast.owner, per_day=5)
    rows[0].refresh_from_db()
    assert rows[0].due_on == timezone.localdate(), "the time of day is over"
    assert not rows[0].is_overdue()
    assert spread([], by=cast.owner).days == {}
    with pytest.raises(ValidationError):
        planned(rows, per_day=0)
