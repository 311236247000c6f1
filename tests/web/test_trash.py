"""The trash: seen as far as records are, restored one by one or many, people forgotten for good."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User
from leadline.crm.merging import merge
from leadline.crm.models import Deal, Organization, Person, Source
from leadline.history import members
from leadline.history.models import Change
from leadline.history.undoing import undo_act
from tests import factories as make
from tests.cast import Cast
from tests.web.reading import read, rows_of

SignedIn = Callable[[User], Client]


def names(client: Client, **query: object) -> list[str]:
    tables = read(client.get(reverse("trash"), query).content).all("table")
    return [row[1] for row in rows_of(tables[0])] if tables else []


def test_an_empty_trash_says_what_will_be_there(cast: Cast, signed_in: SignedIn) -> None:
    for part in ("administrator", "leader", "owner", "reader"):
        page = read(signed_in(getattr(cast, part)).get(reverse("trash")).content)
        assert "The trash is empty." in page.text


def test_who_deleted_what_and_when(cast: Cast, signed_in: SignedIn) -> None:
    make.deal(owner=cast.owner, title="First").trash(by=cast.owner)
    make.deal(owner=cast.owner, title="Second").trash(by=cast.administrator)
    make.source("Fair").trash(by=SYSTEM)
    client = signed_in(cast.administrator)
    page = read(client.get(reverse("trash")).content)
    assert page.one("nav", **{"aria-label": "Kinds"}).text == "Deals 2 Sources 1"
    assert [(row[1], row[3]) for row in rows_of(page.one("table"))] == [("Second", "Ada"), ("First", "Olga")]
    assert names(client, kind="source") == ["Fair"]
    assert names(client, kind="deal", q="SECOND") == ["Second"]
    assert names(client, kind="deal", q="third") == []
    for nonsense in ({"kind": "user"}, {"kind": "'"}, {"start": "-1"}, {"start": "999999"}, {"q": "\0%"}):
        assert client.get(reverse("trash"), nonsense).status_code == 200


def test_only_what_one_sees_and_only_whoever_may(cast: Cast, signed_in: SignedIn) -> None:
    members.set_visibility("deal", by=SYSTEM, see="team", change_by="owner")
    deal = make.deal(owner=cast.owner, title="Olga's secret")
    deal.trash(by=cast.owner)
    address = reverse("trash_restore", args=["deal"])
    assert names(signed_in(cast.outsider)) == []
    assert signed_in(cast.outsider).post(address, {"record": deal.pk}).status_code == 404
    for part in ("teammate", "reader"):
        client = signed_in(getattr(cast, part))
        assert names(client) == ["Olga's secret"]
        assert not read(client.get(reverse("trash")).content).all("input", name="record")
        answer = client.post(address, {"record": deal.pk}, headers={"HX-Request": "true"})
        assert "0 records are back." in answer.headers["HX-Trigger"]
        assert "Olga's secret:" in answer.headers["HX-Trigger"]
    assert Deal.objects.get(pk=deal.pk).deleted_at
    logged = Change.objects.count()
    signed_in(cast.owner).post(address, {"record": deal.pk})
    assert Deal.objects.get(pk=deal.pk).deleted_at is None
    assert Change.objects.count() == logged + 1


def test_many_come_back_in_one_act(cast: Cast, signed_in: SignedIn) -> None:
    deals = [make.deal(owner=cast.owner).trash(by=cast.owner) for _ in range(60)]
    client = signed_in(cast.administrator)
    assert len(names(client)) == 50
    assert len(names(client, start=50)) == 10
    wanted = [deal.pk for deal in deals[:40]]
    answer = client.post(
        reverse("trash_restore", args=["deal"]),
        {"record": [*wanted, "x", "-1", 999999, "9" * 40]},
        headers={"HX-Request": "true"},
    )
    assert "40 records are back." in answer.headers["HX-Trigger"]
    assert Deal.objects.kept().count() == 40
    act = Change.objects.latest("id").act
    assert act
    undo_act(act, by=cast.administrator)
    assert Deal.objects.kept().count() == 0


def test_what_cannot_come_back_is_said_and_the_rest_comes(cast: Cast, signed_in: SignedIn) -> None:
    fair, mail = make.source("Fair"), make.source("Mail")
    fair.trash(by=SYSTEM)
    mail.trash(by=SYSTEM)
    make.source("FAIR")  # the name was given again
    answer = signed_in(cast.leader).post(
        reverse("trash_restore", args=["source"]), {"record": [fair.pk, mail.pk]}, headers={"HX-Request": "true"}
    )
    assert "1 record is back. Fair: There is FAIR already." in answer.headers["HX-Trigger"]
    assert set(Source.objects.kept().values_list("name", flat=True)) == {"FAIR", "Mail"}


def test_what_was_merged_says_into_what(cast: Cast, signed_in: SignedIn) -> None:
    kept, lost = make.organization(name="Kept Ltd"), make.organization(name="Lost Ltd")
    merge(kept, lost, by=cast.administrator)
    client = signed_in(cast.administrator)
    assert names(client, kind="organization") == ["Lost Ltd merged into Kept Ltd"]
    client.post(reverse("trash_restore", args=["organization"]), {"record": lost.pk})
    lost = Organization.objects.get(pk=lost.pk)
    assert (lost.deleted_at, lost.merged_into) == (None, None)


def test_a_deleted_person_can_be_forgotten_by_administrators(cast: Cast, signed_in: SignedIn) -> None:
    person = make.person(name="Maria Silva", owner=cast.owner, emails=[{"value": "maria@example.com"}])
    person.trash(by=cast.owner)
    address = reverse("erase", args=[person.pk])
    for part in ("leader", "owner", "reader"):
        client = signed_in(getattr(cast, part))
        assert not read(client.get(reverse("trash")).content).all("a", href=address)
        assert client.post(address, {"name": "Maria Silva"}).status_code == 403
    client = signed_in(cast.administrator)
    assert read(client.get(reverse("trash")).content).all("a", href=address)
    assert client.get(address).status_code == 200
    client.post(address, {"name": "Maria Silva"})
    assert Person.objects.get(pk=person.pk).emails == []
    assert "maria" not in client.get(reverse("trash"), {"kind": "person"}).content.decode().lower()


@pytest.mark.parametrize("kind", ["user", "team", "visibility", "nothing"])
def test_kinds_without_a_trash(cast: Cast, signed_in: SignedIn, kind: str) -> None:
    client = signed_in(cast.administrator)
    assert client.post(reverse("trash_restore", args=[kind]), {"record": 1}).status_code == 404
