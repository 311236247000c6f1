"""What is due is done once: over restarts, between processes, after downtime, and again after a failure."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import override_settings

from leadline.accounts.models import User
from leadline.crm.models import Dashboard
from leadline.history.models import Change
from leadline.history.replay import disagreements
from leadline.history.undoing import undo
from leadline.mail.claiming import LEASE, claim, finish
from leadline.mail.filing import Paper
from leadline.mail.models import Attachment, Every, Letter, Run, Schedule
from leadline.mail.running import run_due
from tests.cast import Cast, assemble

pytestmark = pytest.mark.django_db
MADE = dt.datetime(2024, 11, 20, 12, tzinfo=dt.UTC)  # a Wednesday
DUE = dt.datetime(2024, 11, 25, 8, tzinfo=dt.UTC)  # the Monday after
WEEK, MINUTE = dt.timedelta(days=7), dt.timedelta(minutes=1)


@pytest.fixture
def cast() -> Cast:
    return assemble()


def mailed(cast: Cast, *people: User, shared: bool = True, **more: Any) -> Schedule:
    board = Dashboard(name="Monday", shared=shared, tiles=[]).add(by=cast.owner, at=MADE)
    ids = [person.pk for person in people or (cast.owner, cast.teammate)]
    return Schedule(dashboard=board, recipient_ids=ids, **more).add(by=cast.owner, at=MADE)


def paper(schedule: Schedule, user: User) -> Paper:
    words = f"{schedule.dashboard} for {user}"
    return Paper(words, words, "monday.pdf", "application/pdf", words.encode())


def filed() -> list[tuple[str, str]]:
    return [(letter.to, letter.subject) for letter in Letter.objects.order_by("pk")]


OLGA, THEO = ("olga@example.com", "Monday for Olga"), ("theo@example.com", "Monday for Theo")


def test_each_gets_their_own_letter_at_the_hour_and_once(cast: Cast) -> None:
    mailed(cast)
    assert run_due(paper, DUE - MINUTE) == []
    (run,) = run_due(paper, DUE)
    assert filed() == [OLGA, THEO]
    assert bytes(Attachment.objects.get(letter__owner=cast.teammate).content) == b"Monday for Theo"
    run.refresh_from_db()
    assert (run.due_at, run.finished_at, run.filed, run.attempts) == (DUE, DUE, 2, 1)
    for later in (DUE, DUE + MINUTE, DUE + WEEK - MINUTE):
        assert run_due(paper, later) == []
    assert len(run_due(paper, DUE + WEEK)) == 1
    assert filed() == [OLGA, THEO] * 2


def test_the_hour_is_of_the_companys_clock(cast: Cast) -> None:
    mailed(cast, cast.owner, every=Every.DAY)
    with override_settings(LEADLINE_TIME_ZONE="America/New_York"):
        assert run_due(paper, DUE - dt.timedelta(days=2)) != []  # Friday's, missed
        assert run_due(paper, DUE + 5 * dt.timedelta(hours=1) - MINUTE) == []
        assert len(run_due(paper, DUE + 5 * dt.timedelta(hours=1))) == 1


@pytest.mark.parametrize("every", [Every.WEEK, Every.DAY])
def test_an_hour_is_done_once_though_the_company_moves_to_another_zone(cast: Cast, every: str) -> None:
    mailed(cast, cast.owner, every=every)
    assert len(run_due(paper, DUE)) == 1
    with override_settings(LEADLINE_TIME_ZONE="America/New_York"):  # Monday at eight comes five hours later
        assert run_due(paper, DUE + dt.timedelta(hours=6)) == []
    with override_settings(LEADLINE_TIME_ZONE="Asia/Tokyo"):  # and was nine hours before
        assert run_due(paper, DUE + dt.timedelta(hours=6)) == []
        assert len(run_due(paper, DUE + WEEK)) == 1


def test_after_downtime_only_the_latest_missed_time_is_made_up_for(cast: Cast) -> None:
    mailed(cast, cast.owner)
    (run,) = run_due(paper, DUE + 5 * WEEK + MINUTE)
    assert run.due_at == DUE + 5 * WEEK
    assert len(filed()) == 1


def test_what_was_due_before_it_was_set_up_or_switched_on_is_past(cast: Cast) -> None:
    schedule = mailed(cast, cast.owner)
    assert run_due(paper, MADE + MINUTE) == []
    schedule.edit(by=cast.owner, at=DUE - MINUTE, is_on=False)
    assert run_due(paper, DUE + MINUTE) == []
    schedule.edit(by=cast.owner, at=DUE + 2 * MINUTE, is_on=True)
    assert run_due(paper, DUE + 3 * MINUTE) == []
    schedule.edit(by=cast.owner, at=DUE + 4 * MINUTE, hour=9, recipient_ids=[cast.teammate.pk])
    assert len(run_due(paper, DUE + dt.timedelta(hours=1))) == 1
    schedule.trash(by=cast.owner, at=DUE + dt.timedelta(hours=2))
    assert run_due(paper, DUE + WEEK + dt.timedelta(hours=1)) == []


def test_who_may_not_have_it_gets_none_and_that_is_said(cast: Cast) -> None:
    schedule = mailed(cast, cast.owner, cast.teammate, cast.outsider, cast.inactive)
    User.objects.filter(pk=cast.outsider.pk).update(email=None)
    schedule.dashboard.edit(by=cast.owner, shared=False)
    (run,) = run_due(paper, DUE)
    assert filed() == [OLGA]
    run.refresh_from_db()
    assert {one["user"]: one["why"] for one in run.skipped} == {
        cast.teammate.pk: "unseen",
        cast.outsider.pk: "no address",
        cast.inactive.pk: "inactive",
    }
    assert run.finished_at
    schedule.dashboard.trash(by=cast.owner)
    assert run_due(paper, DUE + WEEK) == []


def test_a_failure_is_kept_and_tried_again_for_those_who_lack_it(cast: Cast) -> None:
    mailed(cast)
    broken = {cast.owner.pk}

    def make(schedule: Schedule, user: User) -> Paper:
        if user.pk in broken:
            raise RuntimeError("no ink")
        return paper(schedule, user)

    (run,) = run_due(make, DUE)
    assert filed() == [THEO]
    tries, now = [DUE], DUE
    while len(tries) < 4:  # 5, 10, 20 minutes
        now += MINUTE
        tries += [now] * len(run_due(make, now))
    assert [(b - a) // MINUTE for a, b in pairwise(tries)] == [5, 10, 20]
    run.refresh_from_db()
    assert (run.error, run.attempts, run.finished_at) == ("Olga: RuntimeError: no ink", 4, None)
    broken.clear()
    assert run_due(make, now + dt.timedelta(minutes=39)) == []
    assert len(run_due(make, now + dt.timedelta(minutes=40))) == 1
    run.refresh_from_db()
    assert filed() == [THEO, OLGA]
    assert run.finished_at is not None
    assert (run.error, run.filed) == ("", 2)


def test_what_a_dead_process_left_is_ended_and_what_a_slow_one_does_counts_once(cast: Cast) -> None:
    schedule = mailed(cast)
    dead = claim(schedule, DUE, DUE)  # it took the run, and was never heard of again
    assert dead
    assert run_due(paper, DUE + LEASE - MINUTE) == []
    assert len(run_due(paper, DUE + LEASE)) == 1
    assert filed() == [OLGA, THEO]
    finish(dead, DUE + LEASE, ["woke up"])  # it was only slow: it has no say any more
    assert Run.objects.get().error == ""

    def overtaken(schedule: Schedule, user: User) -> Paper:
        """While the first is at it, somebody else takes over and does it all."""
        run_due(paper, DUE + WEEK + LEASE)
        return paper(schedule, user)

    run_due(overtaken, DUE + WEEK)
    assert filed() == [OLGA, THEO] * 2


def test_what_is_stopped_while_it_is_made_goes_to_nobody_else(cast: Cast) -> None:
    schedule = mailed(cast)

    def make(one: Schedule, user: User) -> Paper:
        if user == cast.teammate:
            schedule.trash(by=cast.owner, at=DUE)
        return paper(one, user)

    run_due(make, DUE)
    assert filed() == [OLGA]


@pytest.mark.django_db(transaction=True)
def test_two_that_begin_at_once_file_one_letter_each() -> None:
    """On PostgreSQL they truly race; on SQLite they take turns."""
    mailed(assemble())
    together, done, faults = threading.Barrier(2, timeout=20), [], []

    def both(make: Callable[..., Paper]) -> None:
        try:
            together.wait()
            done.extend(run_due(make, DUE))
        except Exception as error:
            faults.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=both, args=(paper,)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert faults == []
    assert sorted(filed()) == [OLGA, THEO]
    assert Run.objects.get().attempts == len(done) == 1


def test_letters_are_kept_for_ninety_days(cast: Cast) -> None:
    mailed(cast, cast.owner)
    run_due(paper, DUE)
    Schedule.objects.get().edit(by=cast.owner, is_on=False)
    run_due(paper, DUE + dt.timedelta(days=90))
    assert len(filed()) == 1
    run_due(paper, DUE + dt.timedelta(days=90, minutes=1))
    assert filed() == []
    assert not Attachment.objects.exists()
    assert not Run.objects.exists()


def test_a_schedule_is_its_owners_and_can_be_taken_back(cast: Cast) -> None:
    schedule = mailed(cast)
    seen = {name for name in Cast.PARTS if Schedule.objects.visible_to(getattr(cast, name)).exists()}
    assert seen == {"owner", "administrator"}
    schedule.dashboard.edit(by=cast.owner, shared=False)
    assert not Schedule.objects.visible_to(cast.administrator).exists()
    for person in (cast.outsider, cast.reader, cast.inactive):
        with pytest.raises(PermissionDenied):
            schedule.edit(by=person, hour=3)
        with pytest.raises(PermissionDenied):
            Schedule(dashboard=schedule.dashboard, recipient_ids=[person.pk]).add(by=person)
    for wrong in ({"hour": 24}, {"day": 0}, {"weekday": 7}, {"every": "hour"}, {"recipient_ids": []}):
        with pytest.raises(ValidationError):
            schedule.edit(by=cast.owner, **wrong)
    schedule.trash(by=cast.owner)
    undo(Change.objects.filter(entity="schedule").latest("id"), by=cast.owner)
    schedule.refresh_from_db()
    assert schedule.deleted_at is None
    assert schedule.since > MADE
    assert list(disagreements(Schedule)) == []


def test_letters_are_their_owners_and_the_administrators(cast: Cast) -> None:
    mailed(cast)
    run_due(paper, DUE)
    counts = {name: Letter.objects.visible_to(getattr(cast, name)).count() for name in Cast.PARTS}
    assert counts == {
        "administrator": 2, "leader": 0, "owner": 1, "teammate": 1, "outsider": 0, "reader": 0, "inactive": 0,
    }  # fmt: skip
