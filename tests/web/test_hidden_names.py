"""Names of people and organizations that a reader may not see: not shown, not found, not sorted by, not to be named."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User
from leadline.crm.models import Deal
from leadline.history import members
from tests import factories as make
from tests.cast import Cast

SignIn = Callable[[User], Client]
SECRET = "Hushhush"
JSON = {"Accept": "application/json"}


@dataclass(frozen=True)
class Three:
    """Olga's deals: with an organization of her own, with a hidden one, with a hidden person."""

    mine: Deal
    theirs: Deal
    private: Deal


@pytest.fixture
def three(cast: Cast) -> Three:
    for kind in ("organization", "person"):
        members.set_visibility(kind, by=SYSTEM, see="owner", change_by="owner")
    theirs = {"owner": cast.outsider, "by": cast.outsider}
    ours = make.organization(name="Mmm", owner=cast.owner)
    hidden = make.organization(name=f"{SECRET} Ltd", **theirs)
    person = make.person(name=f"{SECRET} Smith", **theirs)
    return Three(
        make.deal(title="One", owner=cast.owner, organization=ours),
        make.deal(title="Two", owner=cast.owner, organization=hidden),
        make.deal(title="Three", owner=cast.owner, person=person),
    )


def text_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    content = answer.streaming_content if answer.streaming else [answer.content]
    return b"".join(content).decode()


def test_pages_write_dots(cast: Cast, three: Three, signed_in: SignIn) -> None:
    client, board = signed_in(cast.owner), three.mine.pipeline_id
    ids = f"{three.mine.pk},{three.theirs.pk},{three.private.pk}"
    for path in (
        reverse("board", args=[board]),
        reverse("forecast", args=[board]),
        reverse("cards", args=[board]) + f"?ids={ids}",
        reverse("column", args=[board]) + f"?lane={three.mine.stage_id}",
        reverse("deals_behind") + "?metric=deals_added",
        reverse("deals_csv") + "?metric=deals_added",
    ):
        said = text_of(client, path)
        assert SECRET not in said, path
        assert "•••" in said or "\\u2022" in said, path
        assert "Mmm" in said, path


def test_a_card_in_hand_writes_dots(cast: Cast, three: Three, signed_in: SignIn) -> None:
    at = reverse("deal_stage", args=[three.theirs.pk])
    answer = signed_in(cast.owner).post(at, {"stage": make.stage(2).pk, "board": "board"}, headers=JSON)
    assert answer.status_code == 200
    assert "•••" in json.dumps(answer.json(), ensure_ascii=False)
    assert SECRET not in answer.content.decode()


def test_no_word_finds_them(cast: Cast, three: Three, signed_in: SignIn) -> None:
    client, words = signed_in(cast.owner), "figures?q="
    assert "Two" not in text_of(client, reverse("deals_rows") + f"?q={SECRET}&view=all"), words
    assert "Three" not in text_of(client, reverse("deals_rows") + f"?q={SECRET}&view=all")
    assert "One" in text_of(client, reverse("deals_rows") + "?q=Mmm&view=all")
    assert "Two" in text_of(signed_in(cast.administrator), reverse("deals_rows") + f"?q={SECRET}&view=all")


@pytest.mark.parametrize("way", ["", "-"])
def test_they_sort_as_nothing(cast: Cast, three: Three, signed_in: SignIn, way: str) -> None:
    """Whatever their names are: the order is the same when they are swapped around everybody else's."""
    client, orders = signed_in(cast.owner), []
    paths = [
        reverse("deals_rows") + f"?sort={way}organization&view=all&columns=title",
        reverse("deals_as_csv") + f"?sort={way}organization&view=all&columns=title",
        reverse("deals_csv") + f"?metric=deals_added&sort={way}organization",
    ]
    for name in (f"Aaa {SECRET}", f"Zzz {SECRET}"):
        organization = three.theirs.organization
        assert organization is not None
        organization.edit(by=cast.outsider, name=name)
        orders.append([order(text_of(client, path)) for path in paths])
    assert orders[0] == orders[1]
    assert all(first == "One" for first, *_rest in orders[0])
    page = text_of(client, f"{paths[0]}&after={three.mine.pk}")
    assert ("Two" in page, "One" in page) == (True, False)


def order(text: str) -> list[str]:
    return sorted((title for title in ("One", "Two", "Three") if title in text), key=text.index)


def test_everybody_who_sees_all_asks_no_more(cast: Cast, signed_in: SignIn) -> None:
    make.deal(owner=cast.owner, organization=make.organization(name="Open"), person=make.person())
    client, board = signed_in(cast.owner), reverse("board", args=[make.pipeline().pk])
    client.get(board)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert "Open" in text_of(client, board)
    assert not [one for one in asked.captured_queries if 'FROM "crm_organization"' in one["sql"]]


@pytest.mark.parametrize("kind", ["person", "organization"])
def test_own_fields_take_only_what_is_seen(cast: Cast, three: Three, signed_in: SignIn, kind: str) -> None:
    field, client = make.custom_field(kind, name="Partner"), signed_in(cast.owner)
    factory: Any = getattr(make, kind)
    hidden = factory(name=SECRET, owner=cast.outsider)
    gone = factory(name="Gone", owner=cast.owner)
    gone.trash(by=cast.owner)
    mine = factory(name="Mine", owner=cast.owner)
    at = reverse("edit", args=["deal", three.mine.pk, f"own_{field.pk}"])
    said = {pk: client.post(at, {"value": pk, "was": "null"}, headers=JSON) for pk in (hidden.pk, gone.pk, 9_999_999)}
    assert {answer.status_code for answer in said.values()} == {422}
    for pk, answer in said.items():
        assert f"Partner: {pk} is not known here." in answer.content.decode()
    bulk = {"deed": "field", "name": f"own_{field.pk}", "ids": three.mine.pk}
    for pk in (hidden.pk, gone.pk):
        answer = client.post(reverse("deals_bulk"), {**bulk, "value": pk}, headers=JSON)
        assert answer.status_code == 422 or answer.json()["refused"], answer.content
    three.mine.refresh_from_db()
    assert three.mine.custom == {}
    assert client.post(at, {"value": mine.pk, "was": "null"}, headers=JSON).status_code == 200
    three.mine.refresh_from_db()
    assert three.mine.custom == {field.key: mine.pk}
