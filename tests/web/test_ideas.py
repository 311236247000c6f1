"""Ideas (R34): a floor that warns, lines that are never lost, and one key for the first touch."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from leadline.accounts.models import User
from leadline.activities.ideas import ideas_of, standing, trend, warning
from leadline.activities.models import Activity, Goal
from leadline.crm.models import Lead, Organization, Person
from leadline.web.ideas.lines import read
from tests import factories as make
from tests.cast import Cast

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]
SCRIPT = {"Accept": "application/json, text/html", "HX-Request": "true"}


def said(response: Any) -> str:
    return " ".join(response.content.decode().split())


def ago(days: float) -> dt.datetime:
    return timezone.now() - dt.timedelta(days=days)


def test_lines_are_read_as_people_write_them() -> None:
    lines = read(
        "Maria Lopez, Acme, Maria@Acme.example\n\n  \nSam Silent;Globex\nOnly A Name\nann.lee@x.example\n, Initech"
    )
    assert [(line.name, line.place, line.mail) for line in lines] == [
        ("Maria Lopez", "Acme", "maria@acme.example"),
        ("Sam Silent", "Globex", ""),
        ("Only A Name", "", ""),
        ("Ann Lee", "", "ann.lee@x.example"),
        ("", "Initech", ""),
    ]
    assert [line.title for line in lines][::4] == ["Maria Lopez, Acme", "Initech"]


def test_lists_and_tables_are_read_too() -> None:
    lines = read(
        'Name, Organization, E-mail\n"Smith, John", Smith Co, john@smith.example\n"Acme, Inc.";"Globex; West"\n'
        "- Sam Silent\n* Ann Lee, Acme\n1. Kim One\n2) Kim Two\n3)Kim Three\nMaria Lopez, Acme, https://acme.example\n"
        "3M\nhttps://acme.example/x\nBen, Acme, foo@"
    )
    assert [line.title for line in lines] == [
        *("", "John Smith, Smith Co", "Acme, Inc., Globex; West", "Sam Silent", "Ann Lee, Acme", "Kim One", "Kim Two"),
        *("Kim Three", "Maria Lopez, Acme", "3M", "", "Ben, Acme"),
    ]
    assert (lines[0].heading, lines[1].mail, lines[-1].wrong) == (True, "john@smith.example", "foo@")


def test_what_is_no_idea_is_held_back_with_the_reason(cast: Cast, signed_in: SignedIn) -> None:
    make.lead(title="Reedgate Clinic (inbound web)", owner=cast.owner)
    make.organization(name="Harbour Works Ltd")
    lines = ["name,organization,email", "Ben, Acme, foo@", "https://acme.example", "=" * 300]
    lines += ["reedgate clinic", "Harbour Works", "Reedgate"]
    page = said(signed_in(cast.owner).post("/today/ideas/add/", {"lines": "\n".join(lines)}, headers=SCRIPT))
    assert [lead.title for lead in Lead.objects.filter(owner=cast.owner).order_by("pk")][1:] == ["Reedgate"]
    assert "6 lines were not added" in page
    for words in ("the heading of a table", "foo@ is not an e-mail address", "Write a name, an organization"):
        assert words in page
    assert "There is a lead “Reedgate Clinic (inbound web)” already." in page
    assert "Harbour Works Ltd is a contact already." in page


def test_an_idea_is_one_until_somebody_is_in_touch(cast: Cast) -> None:
    owner = cast.owner
    person = make.person()
    idea = make.lead(owner=owner, person=person)
    make.lead(owner=owner, stage="mql")
    make.lead(owner=cast.teammate)
    make.lead(owner=owner).discard(by=owner)
    make.activity(owner=owner, lead=idea, due_at=timezone.now())  # planned is not done
    make.activity(owner=owner, person=person, done_at=ago(400))  # before there was the idea
    assert list(ideas_of(owner)) == [idea]
    assert standing(owner) == (1, 20)
    assert warning(1, 20) == "1 idea, under your floor of 20."
    assert warning(20, 20) == ""
    make.activity(owner=cast.teammate, person=person, done_at=timezone.now() + dt.timedelta(minutes=1))
    assert standing(owner)[0] == 0


def test_the_trend_tells_when_ideas_came_and_went(cast: Cast) -> None:
    make.lead(owner=cast.owner, created_at=ago(30))
    met = make.lead(owner=cast.owner, created_at=ago(60))
    make.activity(owner=cast.owner, lead=met, done_at=ago(10))
    make.activity(owner=cast.owner, lead=met, done_at=ago(5))
    given_up = make.lead(owner=cast.owner, created_at=ago(20))
    given_up.discard(by=cast.owner)
    assert [count for _at, count in trend(cast.owner, ago(0))] == [0, 0, 0, 1, 1, 1, 1, 2, 2, 3, 2, 1]


def test_lines_that_are_there_already_are_said_and_not_lost(cast: Cast, signed_in: SignedIn) -> None:
    acme = make.organization(name="Acme")
    make.lead(title="Old Lead, Acme", owner=cast.teammate)
    make.person(name="Known Kim", emails=[{"value": "kim@acme.example"}])
    client = signed_in(cast.owner)
    text = "New Nora, ACME, nora@acme.example\nold lead, acme\nKim K, Acme, kim@acme.example\nNew Nora, Acme\n"
    text += "Bad, Acme, a@b..c"
    page = said(client.post("/today/ideas/add/", {"lines": text}, headers=SCRIPT))
    (made,) = Lead.objects.filter(owner=cast.owner)
    assert (made.organization, made.person.first_email) == (acme, "nora@acme.example")
    assert Organization.objects.count() == 1
    for words in ("There is a lead “Old Lead, Acme” already.", "Known Kim is a contact already.", "Stands twice"):
        assert words in page
    for line in ("old lead, acme", "Kim K, Acme, kim@acme.example", "New Nora, Acme", "Bad, Acme, a@b..c"):
        assert f'name="line" value="{line}"' in page
    again = {"line": ["Kim K, Acme, kim@acme.example", "Bad, Acme, a@b..c"], "anyway": "1"}
    page = said(client.post("/today/ideas/add/", again, headers=SCRIPT))
    assert Lead.objects.filter(person__name="Known Kim", owner=cast.owner).exists()  # the contact that was there
    assert Person.objects.filter(first_email="kim@acme.example").count() == 1
    assert "1 line was not added" in page
    assert client.post("/today/ideas/add/", {"lines": " \n"}, headers=SCRIPT).status_code == 422


def test_first_touch_floor_and_walls(cast: Cast, signed_in: SignedIn) -> None:
    idea = make.lead(
        owner=cast.owner, title="Harbour Lofts", person=make.person(phones=[{"value": "+44 20 7946 0000"}])
    )
    client = signed_in(cast.owner)
    page = said(client.get("/today/ideas/"))
    assert "Harbour Lofts" in page
    assert "1 idea, under your floor of 20. 19 more lines and it is reached." in page
    assert "under your floor" not in said(client.post("/today/ideas/floor/", {"floor": "1"}, headers=SCRIPT))
    assert client.post("/today/ideas/floor/", {"floor": "-3"}, headers=SCRIPT).status_code == 422
    read_only = said(signed_in(cast.leader).get(f"/today/ideas/?of={cast.owner.pk}"))
    assert "Harbour Lofts" in read_only
    assert "data-contact" not in read_only
    assert signed_in(cast.teammate).get(f"/today/ideas/?of={cast.owner.pk}").status_code == 404
    assert signed_in(cast.outsider).post(f"/today/ideas/{idea.pk}/contact/").status_code == 403
    assert "There are no ideas" in said(client.post(f"/today/ideas/{idea.pk}/contact/", headers=SCRIPT))
    again = client.post(f"/today/ideas/{idea.pk}/contact/", headers=SCRIPT)
    assert "in touch about Harbour Lofts already" in again.headers["HX-Trigger"]
    assert Activity.objects.get(lead=idea).done_at is not None


@pytest.mark.django_db(transaction=True)
def test_what_is_sent_four_times_at_once_is_done_once(cast: Cast, signed_in: SignedIn) -> None:
    """Double clicks, several tabs: one contact, one lead of a line, one goal."""
    idea = make.lead(owner=cast.owner, title="Harbour Lofts", person=make.person())
    clients = [signed_in(cast.owner) for _tab in range(4)]
    sent: list[tuple[str, dict[str, str]]] = [
        (f"/today/ideas/{idea.pk}/contact/", {}),
        ("/today/ideas/add/", {"lines": "Maria Lopez, Acme, maria@acme.example"}),
        ("/today/goals/add/", {"metric": "activities_done", "amount": "3", "every": "week", "start_on": "2026-01-05"}),
    ]

    def send(client: Client, path: str, data: dict[str, str]) -> int:
        try:
            return client.post(path, data, headers=SCRIPT).status_code
        finally:
            connection.close()

    for path, data in sent:
        with ThreadPoolExecutor(len(clients)) as tabs:
            said = [*tabs.map(lambda client, path=path, data=data: send(client, path, data), clients)]
        assert all(status in (200, 204, 302, 422) for status in said), (path, said)
    assert Activity.objects.filter(lead=idea).count() == 1
    assert [model.objects.count() for model in (Lead, Person, Organization, Goal)] == [2, 2, 1, 1]
