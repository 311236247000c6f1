"""Activities in the stream: logged as done, planned, ticked off, changed, thrown away."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import Level, User, Visibility
from leadline.activities.models import Activity, ActivityType, add_default_types
from leadline.crm.models import Deal
from leadline.history import members
from tests import factories as make
from tests.cast import Cast
from tests.web.reading import read

SignedIn = Callable[[User], Client]
SCRIPT = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def deal(cast: Cast) -> Deal:
    add_default_types(by=SYSTEM)
    organization = make.organization(owner=cast.owner)
    person = make.person(owner=cast.owner, organization=organization)
    return make.deal(by=cast.owner, owner=cast.owner, organization=organization, person=person)


def call() -> ActivityType:
    return ActivityType.objects.get(name="Call")


def add(client: Client, record: Any, **data: Any) -> Any:
    return client.post(reverse("activity_log", args=[record.ENTITY, record.pk]), {"type": call().pk, **data}, **SCRIPT)


def test_a_call_is_logged_as_done(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    client = signed_in(cast.teammate)
    answer = add(client, deal, subject="Rang them", done="1")
    assert answer.status_code == 204
    assert json.loads(answer.headers["HX-Trigger"])["leadline:done"]["text"] == "Rang them logged."
    activity = Activity.objects.get()
    assert activity.is_done
    assert (activity.owner, activity.deal_id) == (cast.teammate, deal.pk)
    assert (activity.person_id, activity.organization_id) == (deal.person_id, deal.organization_id)
    deal.refresh_from_db()
    assert deal.last_touch_at == activity.done_at


def test_what_was_done_earlier_is_logged_when_it_was(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    add(signed_in(cast.owner), deal, due="2026-03-01T09:30", done="1")
    assert Activity.objects.get().done_at == dt.datetime(2026, 3, 1, 9, 30, tzinfo=dt.UTC)
    add(signed_in(cast.owner), deal, due="2999-03-01T09:30", done="1", subject="Early")
    assert Activity.objects.get(subject="Early").done_at <= timezone.now()


def test_the_next_one_is_planned_in_the_readers_time(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    User.objects.filter(pk=cast.owner.pk).update(time_zone="Asia/Kolkata")
    client = signed_in(cast.owner)
    assert add(client, deal, subject="Visit", due="2027-01-05T10:00", done="0").status_code == 204
    activity = Activity.objects.get()
    assert not activity.is_done
    assert activity.due_at == dt.datetime(2027, 1, 5, 4, 30, tzinfo=dt.UTC)
    page = read(client.get(reverse("timeline", args=["deal", deal.pk])).content)
    (planned,) = page.all("li", class_="act-row")
    assert "10:00" in planned.text
    edit = read(client.get(reverse("activity_edit", args=[activity.pk])).content)
    values = {name: edit.one("input", name=name).attributes["value"] for name in ("day", "time")}
    assert values == {"day": "2027-01-05", "time": "10:00"}


def test_planned_ones_stand_in_the_order_of_their_days(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    client = signed_in(cast.owner)
    for subject, due in (("third", ""), ("second", "2027-02-01"), ("first", "2020-01-01T08:00")):
        assert add(client, deal, subject=subject, due=due).status_code == 204
    page = read(client.get(reverse("timeline", args=["deal", deal.pk])).content)
    rows = page.all("li", class_="act-row")
    assert [row.one("a", class_="act-subject").text for row in rows] == ["first", "second", "third"]
    assert ["late" in row.attributes["class"].split() for row in rows] == [True, False, False]
    assert "no day" in rows[2].text


def test_what_cannot_be_read_is_refused_in_words(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    client = signed_in(cast.owner)
    for data, field in (
        ({"due": "soon"}, "due"),
        ({"due": "2026-13-45T99:99"}, "due"),
        ({"type": ""}, "type"),
        ({"type": "999999"}, "type"),
        ({"type": "x"}, "type"),
        ({"subject": "x" * 300}, "subject"),
    ):
        answer = add(client, deal, **data)
        assert answer.status_code == 422, data
        assert list(answer.json()["errors"]) == [field]
    assert not Activity.objects.exists()


def test_it_is_ticked_off_and_back(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    activity = make.activity(by=cast.owner, deal=deal)
    client = signed_in(cast.owner)
    done = reverse("activity_done", args=[activity.pk])
    assert client.post(done, {"outcome": "Reached"}, **SCRIPT).status_code == 204
    activity.refresh_from_db()
    assert (activity.is_done, activity.outcome) == (True, "Reached")
    assert client.post(done, {"done": "0"}, **SCRIPT).status_code == 204
    activity.refresh_from_db()
    assert not activity.is_done


def test_it_is_changed_and_thrown_away(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    activity = make.activity(by=cast.owner, deal=deal)
    client = signed_in(cast.owner)
    client.post(reverse("activity_edit", args=[activity.pk]), {"subject": "Other", "due": "2027-01-01T10:00"}, **SCRIPT)
    activity.refresh_from_db()
    assert (activity.subject, activity.due_at) == ("Other", dt.datetime(2027, 1, 1, 10, tzinfo=dt.UTC))
    assert client.post(reverse("activity_trash", args=[activity.pk]), **SCRIPT).status_code == 204
    assert client.post(reverse("activity_done", args=[activity.pk]), **SCRIPT).status_code == 404


def test_on_every_record_that_bears_them(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    client = signed_in(cast.owner)
    for record in (make.lead(owner=cast.owner), deal.person, deal.organization):
        assert add(client, record, subject=record.ENTITY, done="1").status_code == 204
        assert getattr(Activity.objects.get(subject=record.ENTITY), f"{record.ENTITY}_id") == record.pk


def test_nobody_touches_what_is_closed_to_them(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    activity = make.activity(by=cast.owner, deal=deal)
    members.add(Visibility(kind="deal", see=Level.TEAM, change=Level.TEAM), by=SYSTEM)
    for part, status in (("outsider", 404), ("reader", 403)):
        client = signed_in(getattr(cast, part))
        for name in ("activity_done", "activity_edit", "activity_trash"):
            assert client.post(reverse(name, args=[activity.pk]), **SCRIPT).status_code == status, (part, name)
        assert add(client, deal).status_code == status


def test_one_line_says_what_and_when(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    client, mail = signed_in(cast.owner), ActivityType.objects.get(name="E-mail")
    text = "e-mail 3 dec 2998 9:00 about the offer"
    read_as = client.get(reverse("activity_line"), {"line": "1", "subject": text}).json()
    assert (read_as["type"], read_as["due"]) == (mail.pk, "2998-12-03T09:00")
    assert read_as["words"].startswith("Planned · E-mail · ")
    assert add(client, deal, subject=text, line="1").json() == {"done": False}
    activity = Activity.objects.get()
    assert (activity.subject, activity.type, activity.is_done) == ("E-mail about the offer", mail, False)
    assert activity.due_at == dt.datetime(2998, 12, 3, 9, tzinfo=dt.UTC)


def test_the_time_says_whether_it_is_done(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    client = signed_in(cast.owner)
    assert add(client, deal, subject="Rang", line="1").json() == {"done": True}
    assert add(client, deal, subject="Rang yesterday 9:00", line="1").json() == {"done": True}
    assert add(client, deal, subject="Ring", line="1", due="2999-03-01T09:30").json() == {"done": False}
    # a time in its own field counts; the words stay as they are
    add(client, deal, subject="Ring about next friday", line="1", due="2999-03-01T09:30")
    assert Activity.objects.latest("pk").subject == "Ring about next friday"
