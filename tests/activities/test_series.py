"""A series: one occurrence at a time, whatever is done, taken back and done again."""

from __future__ import annotations

import datetime as dt
import uuid
import zoneinfo
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User
from leadline.activities.models import Activity
from leadline.activities.recurring import between, moved
from leadline.activities.zones import clock_of
from leadline.history import members
from leadline.history.models import Change
from leadline.history.replay import disagreements
from leadline.history.undoing import undo, undo_act
from tests import factories as make
from tests.cast import assemble, person

pytestmark = pytest.mark.django_db
BERLIN = zoneinfo.ZoneInfo("Europe/Berlin")
DAY = dt.timedelta(days=1)


@pytest.fixture
def olga() -> User:
    user = person("Olga")
    user.time_zone = "Europe/Berlin"
    user.save()
    return user


def weekly(by: User, **fields: Any) -> Activity:
    """Every week at 10:00 by the clock in Berlin, the first time the day before yesterday."""
    day = (timezone.now().astimezone(BERLIN) - 2 * DAY).replace(hour=10, minute=0, second=0, microsecond=0)
    return make.activity(by, **{"due_at": day, "repeats": "FREQ=WEEKLY", "subject": "Review"} | fields)


def open_ones() -> list[Activity]:
    return list(Activity.objects.planned())


def last_act() -> uuid.UUID:
    act: uuid.UUID = Change.objects.filter(entity="activity").latest("id").act
    return act


def test_done_it_makes_the_next_at_the_same_time_in_the_same_act(olga: User) -> None:
    first = weekly(olga, deal=make.deal(owner=olga), minutes=30).complete(by=olga, outcome="Reached")
    (following,) = open_ones()
    assert clock_of(following.due_at, BERLIN) - clock_of(first.due_at, BERLIN) == 7 * DAY
    for name in ("subject", "minutes", "deal", "owner", "repeats", "series", "type"):
        assert getattr(following, name) == getattr(first, name)
    assert (following.occurrence, following.outcome, following.done_at) == (2, "", None)
    assert {change.record_id for change in Change.objects.filter(act=last_act())} == {first.pk, following.pk}
    first.complete(by=olga)
    Activity.objects.get(pk=first.pk).complete(by=olga)
    assert open_ones() == [following]


@given(
    steps=st.lists(
        st.sampled_from(["complete", "again", "reopen", "undo", "undo change", "skip", "trash", "edit"]), max_size=8
    )
)
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_done_there_is_one_of_each_occurrence(steps: list[str]) -> None:
    """And undoing all of it, latest first, leaves the first one as it was; the log is the rows."""
    ada = User.objects.filter(name="Ada").first() or person("Ada", role="administrator")
    Activity.objects.all().delete()
    Change.objects.filter(entity="activity").delete()
    first = weekly(ada)
    as_it_was, acts = first.snapshot(), []
    for step in steps:
        act = uuid.uuid4()
        doer, latest = ada.via("web", act), Activity.objects.kept().order_by("occurrence").last()
        if latest is None:
            break
        done = Activity.objects.done().order_by("occurrence").last()
        try:
            _step(step, doer, latest, done, acts)
        except ValidationError:
            continue
        if Change.objects.filter(act=act).exists():
            acts.append(act)
        kept = list(Activity.objects.kept().values_list("occurrence", flat=True))
        assert len(kept) == len(set(kept))
        kept_changed = sum(step in ("reopen", "undo", "undo change") for step in steps)  # nobody's work is thrown away
        assert Activity.objects.planned().count() <= 1 + kept_changed
    for act in reversed(acts):
        undo_act(act, by=ada)
    assert list(disagreements(Activity)) == []
    first.refresh_from_db()
    assert first.snapshot() == as_it_was
    assert Activity.objects.kept().get() == first


def _step(step: str, doer: Any, latest: Activity, done: Activity | None, acts: list[uuid.UUID]) -> None:
    if step == "complete":
        latest.complete(by=doer)
    elif step == "edit":
        latest.edit(by=doer, subject=f"Once {latest.occurrence}", due_at=latest.due_at + DAY)
    elif step in ("skip", "trash"):
        getattr(latest, step)(by=doer)
    elif step in ("again", "reopen") and done:
        getattr(done, "complete" if step == "again" else "reopen")(by=doer)
    elif step == "undo" and acts:
        undo_act(acts[-1], by=doer)
    elif step == "undo change" and done:
        change = Change.objects.filter(entity="activity", record_id=done.pk).latest("id")
        undo(change, by=doer)


def test_taken_back_it_takes_the_next_back_unless_somebody_changed_it(olga: User) -> None:
    first = weekly(olga).complete(by=olga)
    (following,) = open_ones()
    undo_act(last_act(), by=olga)
    assert open_ones() == [first]
    undo_act(last_act(), by=olga)
    assert open_ones() == [following], "the same one, not another"
    Activity.objects.get(pk=first.pk).reopen(by=olga)
    assert open_ones() == [first]
    Activity.objects.get(pk=first.pk).complete(by=olga)
    Activity.objects.get(pk=following.pk).complete(by=olga).reopen(by=olga)
    Activity.objects.get(pk=first.pk).reopen(by=olga)
    assert open_ones() == [first], "done and not done again is as it was made"
    Activity.objects.get(pk=first.pk).complete(by=olga)
    following.refresh_from_db()
    following.edit(by=olga, note="Prepared.")
    Activity.objects.get(pk=first.pk).reopen(by=olga)
    assert {row.pk for row in open_ones()} == {first.pk, following.pk}, "work is not thrown away"


def test_late_it_goes_on_from_today(olga: User) -> None:
    """Nobody has to tick off what was missed; the number of times counts it."""
    begun = timezone.now() - 10 * DAY + dt.timedelta(hours=2)
    weekly(olga, due_at=begun, repeats="FREQ=DAILY;COUNT=12").complete(by=olga)
    (following,) = open_ones()
    assert timezone.now() < following.due_at < timezone.now() + DAY
    assert following.occurrence == 11
    following.complete(by=olga)
    open_ones()[0].complete(by=olga)
    assert open_ones() == []


def test_one_is_edited_alone_or_with_those_that_follow(olga: User) -> None:
    one = weekly(olga, repeats="FREQ=WEEKLY;UNTIL=20991231")
    slot = clock_of(one.due_at, BERLIN)
    one.edit(by=olga, subject="Review, online", due_at=one.due_at + DAY)
    one.complete(by=olga)
    (second,) = open_ones()
    assert (second.subject, clock_of(second.due_at, BERLIN)) == ("Review", slot + 7 * DAY)
    before = second.snapshot()
    second.edit_following(by=olga, subject="Stand-up", due_at=second.due_at + DAY)
    act = last_act()
    second.complete(by=olga)
    third = open_ones()[0]
    assert (third.subject, clock_of(third.due_at, BERLIN)) == ("Stand-up", slot + 15 * DAY)
    undo_act(last_act(), by=olga)
    undo(Change.objects.filter(record_id=second.pk, act=act).latest("id"), by=olga)
    second.refresh_from_db()
    assert second.snapshot() == before


def test_a_rule_that_names_the_day_names_the_new_one() -> None:
    tuesday, wednesday = dt.date(2026, 11, 24), dt.date(2026, 12, 9)
    assert moved("FREQ=WEEKLY;BYDAY=MO,TU;COUNT=3", tuesday, wednesday) == "FREQ=WEEKLY;BYDAY=MO,WE;COUNT=3"
    assert moved("FREQ=MONTHLY;BYDAY=4TU", tuesday, wednesday) == "FREQ=MONTHLY;BYDAY=2WE"
    assert moved("FREQ=YEARLY;BYMONTHDAY=24;BYMONTH=11", tuesday, wednesday) == "FREQ=YEARLY;BYMONTHDAY=9;BYMONTH=12"


def test_skipping_ending_and_what_is_to_come(olga: User) -> None:
    one = weekly(olga, repeats="FREQ=WEEKLY;COUNT=3")
    far = timezone.now() + 99 * DAY
    due, coming = one.due_at, between(one, one.due_at, far)
    assert [clock_of(at, BERLIN) - clock_of(due, BERLIN) for at in coming] == [7 * DAY, 14 * DAY]
    assert between(one, one.due_at, coming[1]) == coming[:1]
    one.edit(by=olga, subject="Once").skip(by=olga)
    assert (one.due_at, one.subject, one.occurrence, between(one, due, far)) == (coming[0], "Review", 2, coming[1:])
    undo(Change.objects.filter(entity="activity").latest("id"), by=olga)
    one.refresh_from_db()
    assert (one.due_at, one.subject, one.occurrence) == (due, "Once", 1)
    one.end_series(by=olga)
    assert between(one, due, far) == []
    one.complete(by=olga)
    assert open_ones() == []
    with pytest.raises(ValidationError):
        one.skip(by=olga)


def test_a_day_alone_is_over_when_its_owner_goes_to_bed(olga: User) -> None:
    there = person("Nia")
    there.time_zone = "America/New_York"
    there.save()
    day = timezone.localdate() + DAY
    one = make.activity(olga, due_on=day)
    assert clock_of(one.due_at, BERLIN) == dt.datetime.combine(day, dt.time(23, 59, 59))
    one.edit(by=olga, owner=there)
    assert (clock_of(one.due_at, BERLIN) - dt.datetime.combine(day, dt.time(23, 59, 59))) == dt.timedelta(hours=6)
    at = timezone.now() + 3 * DAY
    one.edit(by=olga, due_at=at)
    assert (one.due_on, one.due_at) == (None, at)
    undo(Change.objects.filter(entity="activity").latest("id"), by=olga)
    one.refresh_from_db()
    assert one.due_on == day
    one.edit(by=olga, due_on=None)
    assert one.due_at is None
    with pytest.raises(ValidationError):
        one.edit(by=olga, repeats="FREQ=DAILY")
    repeating = make.activity(olga, due_on=day, repeats="FREQ=DAILY").complete(by=olga)
    assert Activity.objects.planned().get(series=repeating.series).due_on == day + DAY
    assert repeating.slot == day.isoformat()


def test_who_takes_part_sees_it_and_does_not_change_it() -> None:
    cast = assemble()
    hide_everything()
    deal, contact = make.deal(owner=cast.owner), make.person(owner=cast.owner)
    one = make.activity(
        cast.owner, deal=deal, colleague_ids=[cast.outsider.pk, cast.owner.pk], participant_ids=[contact.pk]
    )
    assert one.colleague_ids == [cast.outsider.pk], "the owner takes part anyway"
    for user, sees in ((cast.outsider, True), (cast.teammate, False), (cast.owner, True), (cast.inactive, False)):
        assert (one in Activity.objects.visible_to(user)) is sees, user.name
    assert list(Activity.objects.of(cast.outsider)) == [one] == list(Activity.objects.of(cast.owner))
    with pytest.raises(PermissionDenied):
        one.complete(by=cast.outsider)
    with pytest.raises(ValidationError):  # somebody else's contact, which he cannot see
        make.activity(cast.outsider, participant_ids=[contact.pk])
    with pytest.raises(ValidationError):
        one.edit(by=cast.owner, colleague_ids=["x"])
    one.edit(by=cast.owner, colleague_ids=[])
    assert one not in Activity.objects.visible_to(cast.outsider)
    undo(Change.objects.filter(entity="activity").latest("id"), by=cast.owner)
    assert one in Activity.objects.visible_to(cast.outsider)


def hide_everything() -> None:
    for kind in ("deal", "lead", "person", "organization", "activity"):
        members.set_visibility(kind, see="owner", change_by="owner", by=SYSTEM)
