"""Fields and filters of activities: what each says, and to whom."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User
from leadline.activities.models import Activity, ActivityType, Priority, add_default_types
from leadline.crm.fields import Linked, fields_of
from leadline.crm.filtering.reading import read
from leadline.history import members
from tests import factories as make
from tests.cast import Cast, assemble

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return assemble()


def told(name: str, activity: Activity, user: User) -> object:
    return fields_of("activity")[name].value(activity, Linked(user))


def test_each_is_told_as_far_as_the_reader_sees_it(cast: Cast) -> None:
    demo = next(row for row in add_default_types(by=SYSTEM) if row.name == "Demo")
    people = [make.person(cast.owner, owner=cast.owner, name=name) for name in ("Ben", "Eve")]
    gone = make.person(cast.owner, owner=cast.owner, name="Gone")
    one = make.activity(
        cast.owner, type=demo, priority=Priority.HIGH, repeats="FREQ=WEEKLY", due_on=timezone.localdate(),
        participant_ids=[person.pk for person in (*people, gone)], colleague_ids=[cast.teammate.pk, cast.outsider.pk],
    )  # fmt: skip
    gone.trash(by=cast.owner)
    members.set_visibility("person", see="owner", change_by="owner", by=SYSTEM)
    said = {name: told(name, one, cast.owner) for name in ("participants", "colleagues", "work", "priority", "repeats")}
    assert said == {
        "participants": "Ben, Eve", "colleagues": "Theo, Umar", "work": "Selling", "priority": "High",
        "repeats": "every week",
    }  # fmt: skip
    assert told("participants", one, cast.outsider) is None
    fields_of("activity")["priority"].set(one, 1, by=cast.owner)
    assert one.priority == Priority.LOW


def found(user: User, **asked: str) -> set[str]:
    filtered = read("activity", asked, user)
    assert not filtered.problems
    return set(filtered.apply(Activity.objects.visible_to(user)).values_list("subject", flat=True))


def test_filters(cast: Cast) -> None:
    add_default_types(by=SYSTEM)
    demo, odd = ActivityType.objects.get(name="Demo"), ActivityType(name="Odd").add(by=SYSTEM)
    ben = make.person(cast.owner, name="Ben")
    make.activity(cast.owner, type=demo, subject="mine", priority=3)
    make.activity(cast.teammate, type=odd, subject="ours", colleague_ids=[cast.owner.pk], participant_ids=[ben.pk])
    daily = {"due_on": timezone.localdate(), "repeats": "FREQ=DAILY"}
    make.activity(cast.teammate, type=demo, subject="theirs", person=ben, **daily)
    assert found(cast.owner, taking_part="me") == {"mine", "ours"}
    assert found(cast.owner, taking_part=f"{cast.teammate.pk}") == {"ours", "theirs"}
    assert found(cast.owner, work="selling") == {"mine", "theirs"}
    assert found(cast.owner, work="none") == {"ours"}
    assert found(cast.owner, priority="3") == {"mine"}
    assert found(cast.owner, repeating="yes") == {"theirs"}
    assert found(cast.owner, **{"with": str(ben.pk)}) == {"ours", "theirs"}
    assert found(cast.owner, due_on="today") == {"theirs"}


def test_a_day_alone_is_shown_and_exported_as_one(cast: Cast, client: Client) -> None:
    day = timezone.localdate() + dt.timedelta(days=1)
    make.activity(cast.owner, subject="Whole day", due_on=day)
    client.force_login(cast.owner)
    page = client.get(reverse("activities")).content.decode()
    assert f'<time datetime="{day.isoformat()}">' in page
    exported = client.get(reverse("activities_as_csv") + "?columns=subject,due_at")
    assert f"Whole day,{day.isoformat()}\r\n" in b"".join(exported).decode()
