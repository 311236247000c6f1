"""Activities: planned, done, done again; only what was done touches the deal (R3, R30)."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User
from leadline.activities.models import Activity, ActivityType, add_default_types
from leadline.crm.models import Deal
from leadline.history.models import Change
from leadline.history.undoing import undo
from tests import factories as make
from tests.cast import person

pytestmark = pytest.mark.django_db


def ago(days: float) -> dt.datetime:
    return timezone.now() - dt.timedelta(days=days)


@pytest.fixture
def user() -> User:
    return person("Olga")


@pytest.fixture
def deal() -> Deal:
    """An imported deal that nobody has touched."""
    return make.deal(at=ago(300))


def last_touch(deal: Deal) -> dt.datetime | None:
    deal.refresh_from_db()
    touch: dt.datetime | None = deal.last_touch_at
    return touch


def test_a_company_starts_with_some_types_and_changes_them() -> None:
    """R30."""
    names = [kind.name for kind in add_default_types(by=SYSTEM)]
    assert names == ["Call", "E-mail", "Meeting", "Demo", "Proposal", "Task", "Note", "Pipeline review"]
    assert add_default_types(by=SYSTEM) == []
    call = ActivityType.objects.get(name="Call")
    call.edit(by=SYSTEM, name="Telephone call", icon="phone-outgoing")
    planned = make.activity(type=call)
    call.trash(by=SYSTEM)
    planned.refresh_from_db()
    assert str(planned.type) == "Telephone call"


def test_a_planned_activity_touches_nothing(user: User, deal: Deal) -> None:
    make.activity(user, deal=deal, due_at=timezone.now())
    assert last_touch(deal) is None


def test_a_completed_one_touches_its_deal(user: User, deal: Deal) -> None:
    activity = make.activity(user, deal=deal)
    activity.complete(by=user, outcome="Reached")
    assert (activity.is_done, activity.outcome) == (True, "Reached")
    assert last_touch(deal) == activity.done_at


def test_done_twice_is_once(user: User, deal: Deal) -> None:
    activity = make.activity(user, deal=deal).complete(by=user)
    done = activity.done_at
    activity.complete(by=user)
    assert activity.done_at == done


def test_it_touches_when_it_was_done_not_when_it_was_written_down(user: User, deal: Deal) -> None:
    make.activity(user, deal=deal).complete(by=user, at=ago(3))
    assert last_touch(deal) < ago(2.9)
    make.activity(user, deal=deal).complete(by=user, at=ago(30))
    assert ago(3.1) < last_touch(deal) < ago(2.9), "an older one moves no clock back"


def test_imported_history_is_what_was_done(user: User, deal: Deal) -> None:
    make.activity(user.via("import"), deal=deal, done_at=ago(12))
    assert ago(12.1) < last_touch(deal) < ago(11.9)


@pytest.mark.parametrize("how", ["reopen", "trash", "undo", "elsewhere"])
def test_what_is_done_no_more_touched_no_more(user: User, deal: Deal, how: str) -> None:
    """The last touch is the one before."""
    earlier = make.activity(user, deal=deal).complete(by=user, at=ago(20))
    activity = make.activity(user, deal=deal)
    activity.complete(by=user, at=ago(10))
    if how == "undo":
        undo(Change.objects.filter(entity="activity", record_id=activity.pk).latest("id"), by=user)
    elif how == "elsewhere":
        activity.edit(by=user, deal=make.deal(owner=user))
    else:
        getattr(activity, how)(by=user)
    assert last_touch(deal) == earlier.done_at
    if how == "trash":
        activity.restore(by=user)
        assert last_touch(deal) == activity.done_at


def test_a_persons_own_edit_still_counts_when_an_activity_goes(user: User, deal: Deal) -> None:
    deal.edit(by=user, title="Edited by hand")
    edited = last_touch(deal)
    activity = make.activity(user, deal=deal).complete(by=user)
    activity.reopen(by=user)
    assert last_touch(deal) == edited


def test_whoever_plans_it_owns_it(user: User) -> None:
    assert make.activity(user).owner == user
    assert make.activity(user, owner=person("Theo")).owner.name == "Theo"
    assert make.activity(user.via("import")).owner is None


def test_planned_and_done_and_overdue(user: User) -> None:
    later = make.activity(user, due_at=timezone.now() + dt.timedelta(days=2))
    overdue = make.activity(user, due_at=ago(1))
    done = make.activity(user, due_at=ago(1)).complete(by=user)
    assert list(Activity.objects.planned()) == [overdue, later]
    assert list(Activity.objects.done()) == [done]
    assert [activity.is_overdue() for activity in (later, overdue, done)] == [False, True, False]


def test_it_can_hang_on_any_record_or_none(user: User) -> None:
    for kind in ("deal", "lead", "person", "organization"):
        assert make.activity(user, **{kind: getattr(make, kind)(owner=user)}).pk
    with pytest.raises(ValidationError):
        make.activity(user, deal_id=999)
    with pytest.raises(ValidationError):
        make.activity(user).edit(by=user, minutes=-1)
