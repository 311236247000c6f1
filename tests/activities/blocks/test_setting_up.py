"""Setting up, changing from a day on, moving, skipping, sitting down and getting up (R32)."""

from __future__ import annotations

import datetime as dt
import threading
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils import timezone

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User
from leadline.activities.blocks import occurrences
from leadline.activities.blocks.moving import as_planned, move, skip
from leadline.activities.blocks.proposing import accept, proposal
from leadline.activities.blocks.setting_up import change_from, end_from, set_up
from leadline.activities.blocks.sitting import begin_now, get_up, go_on, pause, sit_down
from leadline.activities.models import Block, Sitting
from leadline.crm.working_time import set_week
from leadline.history.models import Change
from leadline.history.undoing import undo
from tests import factories as make
from tests.cast import assemble, person

HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)
EVERY_DAY = [0, 1, 2, 3, 4, 5, 6]


def now() -> dt.datetime:
    return timezone.now().replace(second=0, microsecond=0)


def works_every_day() -> None:
    set_week(by=SYSTEM, weekdays=EVERY_DAY)


def block(user: User, **fields: Any) -> Block:
    """Every day, two hours from an hour ago on."""
    begun = now() - HOUR
    usual = {"name": "Calls", "weekdays": EVERY_DAY, "starts_at": begun.time(), "zone": "UTC", "start_on": begun.date()}
    return set_up(user, by=user, **usual | fields)


@pytest.mark.django_db
def test_a_fifth_of_the_working_week_is_proposed_and_accepted_once() -> None:
    """R32: five days of eight hours make eight hours: four blocks of two."""
    user = person("Olga")
    proposed = proposal(user, name="Prospecting")
    assert [(one.weekdays, one.minutes, one.aim, one.work) for one in proposed] == [
        ([0, 1, 2, 3], 120, 5, "prospecting")
    ]
    assert Block.objects.count() == 0, "shown before it is accepted"
    assert len(accept(proposed, by=user)) == 1
    assert accept(proposal(user, name="Prospecting"), by=user) == []
    assert Block.objects.get().owner == user


@pytest.mark.django_db
def test_what_is_planned_is_left_alone() -> None:
    user, monday = person("Olga"), dt.datetime(2024, 11, 25, tzinfo=dt.UTC)
    for day in range(4):
        make.activity(owner=user, due_at=monday + dt.timedelta(days=day, hours=9, minutes=30), minutes=60)
    make.activity(owner=user, due_at=monday + dt.timedelta(days=1, hours=11), minutes=300)  # the whole of Tuesday
    (one,) = proposal(user, name="Prospecting", now=monday)
    assert (one.starts_at, one.weekdays) == (dt.time(11), [0, 2, 3, 4])


@pytest.mark.django_db
@pytest.mark.parametrize(("hours", "weekdays", "number", "minutes"), [(8, [0, 1], 2, 120), (2, [0, 1, 2], 1, 75)])
def test_other_working_weeks(hours: float, weekdays: list[int], number: int, minutes: int) -> None:
    set_week(by=SYSTEM, weekdays=weekdays)
    (one,) = proposal(person("Olga"), name="Prospecting", hours_a_day=hours)
    assert (len(one.weekdays), one.minutes) == (number, minutes)
    assert set(one.weekdays) <= set(weekdays)


@pytest.mark.django_db
def test_changed_from_a_day_on_what_has_been_stays() -> None:
    works_every_day()
    user = person("Olga")
    old = block(user, start_on=now().date() - 10 * DAY, every_weeks=2)
    begin = now() - 12 * DAY
    before = [one.starts_at for one in occurrences([user], begin, begin + 40 * DAY)]
    tomorrow = now().date() + DAY
    new = change_from(old, tomorrow, by=user, minutes=60)
    after = occurrences([user], begin, begin + 40 * DAY)
    assert new.pk != old.pk
    assert [one.starts_at for one in after] == before, "every second week stays the same weeks"
    assert {one.block.minutes for one in after if one.on_date < tomorrow} <= {120}
    assert {one.block.minutes for one in after if one.on_date >= tomorrow} == {60}
    assert change_from(new, new.start_on, by=user, minutes=45).pk == new.pk, "nothing of it has been"
    with pytest.raises(ValidationError, match="stays as it was"):
        change_from(old, now().date() - 3 * DAY, by=user, minutes=30)
    end_from(new, tomorrow, by=user)
    assert not [one for one in occurrences([user], begin, begin + 40 * DAY) if one.on_date >= tomorrow]


@pytest.mark.django_db
def test_one_is_moved_skipped_and_put_back() -> None:
    works_every_day()
    user = person("Olga")
    one = block(user)
    day = now().date() + 2 * DAY
    planned = _of_day(user, one, day).starts_at
    move(one, day, planned + 4 * HOUR, by=user)
    assert _of_day(user, one, day).starts_at == planned + 4 * HOUR
    with pytest.raises(ValidationError, match="Another block"):
        move(one, day, planned + DAY + HOUR, by=user)
    skip(one, day, by=user)
    assert one.moved == {day.isoformat(): None}
    with pytest.raises(ValidationError, match="does not take place"):
        sit_down(one, day, by=user)
    as_planned(one, day, by=user)
    assert _of_day(user, one, day).starts_at == planned


@pytest.mark.django_db
def test_somebody_sits_down_once_and_gets_up_at_the_end_at_the_latest() -> None:
    works_every_day()
    user = person("Olga")
    one = block(user)
    today = one.start_on
    sat = sit_down(one, today, by=user)
    assert sit_down(one, today, by=user).pk == sat.pk
    got_up = get_up(sat, by=user, at=now() + 9 * HOUR)
    assert got_up.ended_at == now() + HOUR
    again = sit_down(one, today, by=user)
    assert (again.ended_at, again.paused, len(again.pauses)) == (None, False, 1), "what lies between was not sat"
    assert (pause(again, by=user).paused, go_on(again, by=user).paused, len(again.pauses)) == (True, False, 2)
    assert Sitting.objects.count() == 1
    with pytest.raises(ValidationError, match="still to come"):
        sit_down(one, today + DAY, by=user)
    with pytest.raises(ValidationError, match="sat down"):
        skip(one, today, by=user)
    with pytest.raises(ValidationError, match="day after"):
        change_from(one, today, by=user, minutes=30)


@pytest.mark.django_db
def test_what_is_still_to_come_is_brought_forward_in_one_act_that_can_be_taken_back() -> None:
    works_every_day()
    user = person("Olga")
    later = now() + 5 * HOUR
    one = block(user, starts_at=later.time(), start_on=later.date())
    by = user.via("web").together()
    sat = begin_now(one, later.date(), by=by)
    assert _of_day(user, one, later.date()).starts_at <= sat.began_at
    for change in Change.objects.filter(act=by.act).order_by("-id"):
        undo(change, by=user)
    one.refresh_from_db()
    assert (one.moved, Sitting.objects.kept().count()) == ({}, 0)


@pytest.mark.django_db
def test_blocks_are_their_owner_s_and_of_who_leads_them() -> None:
    cast = assemble()
    one = block(cast.owner)
    seen = {part for part in cast.PARTS if Block.objects.visible_to(getattr(cast, part)).exists()}
    assert seen == {"owner", "leader", "administrator"}
    with pytest.raises(PermissionDenied):
        change_from(one, one.start_on, by=cast.teammate, minutes=30)
    with pytest.raises(PermissionDenied):
        sit_down(one, one.start_on, by=cast.outsider)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [{"weekdays": []}, {"weekdays": [7]}, {"minutes": 0}, {"every_weeks": 0}, {"zone": "Mars"}, {"moved": {"x": 1}}],
)
def test_what_makes_no_rhythm_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError) as raised:
        block(person("Olga"), **wrong)
    assert set(raised.value.message_dict) == set(wrong)


@pytest.mark.django_db(transaction=True)
def test_two_tabs_sit_down_at_once() -> None:
    works_every_day()
    user = person("Olga")
    one = block(user)
    found: list[int] = []

    def tab() -> None:
        try:
            found.append(sit_down(Block.objects.get(pk=one.pk), one.start_on, by=user).pk)
        finally:
            connection.close()

    tabs = [threading.Thread(target=tab) for _ in range(2)]
    for each in tabs:
        each.start()
    for each in tabs:
        each.join()
    assert len(found) == 2
    assert len(set(found)) == 1
    assert Sitting.objects.count() == 1


def _of_day(user: User, one: Block, day: dt.date) -> Any:
    start = dt.datetime.combine(day, dt.time(), tzinfo=dt.UTC)
    return next(each for each in occurrences([user], start, start + 2 * DAY) if each.on_date == day)
