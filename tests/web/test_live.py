"""What others do appears; what one did can be taken back."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User, Visibility
from leadline.crm.models import Deal
from leadline.history import members
from leadline.history.reading import end_of_log
from leadline.web.live.cursor import read, written
from leadline.web.live.news import MOST
from tests import factories as make
from tests.cast import Cast

SignedIn = Callable[[User], Client]


@pytest.fixture
def deal(cast: Cast) -> Deal:
    return make.deal(owner=cast.owner, title="Big deal")


def asked(client: Client, after: str) -> Any:
    return client.get(reverse("live"), {"after": after}, headers={"accept": "application/json"})


def now() -> str:
    return written(end_of_log())


def test_a_page_carries_the_cursor_from_before_it_was_made(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    before = now()
    page = signed_in(cast.owner).get(reverse("me")).content.decode()
    assert f'data-cursor="{before}"' in page


def test_nothing_new_is_no_content(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    answer = asked(signed_in(cast.teammate), now())
    assert (answer.status_code, answer.content) == (204, b"")


def test_a_colleagues_move_is_told_with_its_fields(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    cursor = now()
    deal.move_to(make.stage(2), by=cast.owner)
    told = asked(signed_in(cast.teammate), cursor).json()
    (change,) = told["changes"]
    assert (change["kind"], change["id"], change["mine"]) == ("deal", deal.pk, False)
    assert "stage_id" in change["fields"]
    assert asked(signed_in(cast.owner), cursor).json()["changes"][0]["mine"] is True
    assert asked(signed_in(cast.teammate), told["after"]).status_code == 204


def test_what_hangs_on_a_deal_names_it(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    cursor = now()
    make.note(deal, by=cast.owner)
    (change,) = asked(signed_in(cast.teammate), cursor).json()["changes"]
    assert (change["kind"], change["on"]) == ("note", {"deal": deal.pk})


def test_what_one_may_not_see_is_not_told(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    members.add(Visibility(kind="deal", see="team", change="team"), by=SYSTEM)
    cursor = now()
    deal.edit(by=cast.owner, title="Secret plan")
    make.note(deal, by=cast.owner)
    answer = asked(signed_in(cast.outsider), cursor)
    assert answer.json()["changes"] == []
    assert "Secret" not in answer.content.decode()


def test_what_leaves_ones_sight_is_told_as_gone_by_its_number_only(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    members.add(Visibility(kind="deal", see="owner", change="owner"), by=SYSTEM)
    cursor = now()
    deal.edit(by=cast.administrator, owner=cast.outsider)
    (change,) = asked(signed_in(cast.owner), cursor).json()["changes"]
    assert change == {"kind": "deal", "id": deal.pk, "gone": True, "fields": [], "on": {}}


def test_an_import_of_many_is_told_as_many(cast: Cast, signed_in: SignedIn) -> None:
    cursor = now()
    for _ in range(MOST + 1):
        make.organization()
    told = asked(signed_in(cast.owner), cursor).json()
    assert (told["many"], told["changes"]) == (True, [])
    assert read(told["after"]) == end_of_log()


@pytest.mark.parametrize("after", ["", "x", "-1", "1-2-3", "0-" + "9" * 40, "٣-٤"])
def test_odd_cursors_are_the_beginning(cast: Cast, signed_in: SignedIn, deal: Deal, after: str) -> None:
    assert asked(signed_in(cast.owner), after).status_code == 200


def test_taking_back_what_is_not_there(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in(cast.owner)
    assert client.post(reverse("undo", args=[uuid.uuid4()])).status_code == 404


def test_others_may_not_take_back_what_they_may_not_change(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    members.add(Visibility(kind="deal", see="everyone", change="owner"), by=SYSTEM)
    by = cast.owner.via("web").together()
    deal.edit(by=by, title="Better")
    for other in (cast.outsider, cast.teammate, cast.reader):
        answer = signed_in(other).post(reverse("undo", args=[by.act]), headers={"accept": "application/json"})
        assert answer.status_code == 403
    deal.refresh_from_db()
    assert deal.title == "Better"


def test_what_somebody_changed_since_is_left_and_said(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    by = cast.owner.via("web").together()
    deal.edit(by=by, title="Better")
    deal.edit(by=cast.teammate, title="Best")
    answer = signed_in(cast.owner).post(reverse("undo", args=[by.act]), headers={"accept": "application/json"})
    assert answer.status_code == 422
    assert "has been changed since" in answer.json()["message"]
    deal.refresh_from_db()
    assert deal.title == "Best"


def test_an_act_on_what_one_may_not_see_is_not_there(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    members.add(Visibility(kind="deal", see="team", change="team"), by=SYSTEM)
    by = cast.owner.via("web").together()
    deal.edit(by=by, title="Better")
    answer = signed_in(cast.outsider).post(reverse("undo", args=[by.act]), headers={"accept": "application/json"})
    assert answer.status_code == 404


def test_what_was_taken_back_is_named(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    by = cast.owner.via("web").together()
    deal.edit(by=by, title="Better")
    client = signed_in(cast.owner)
    answer = client.post(reverse("undo", args=[by.act]), headers={"accept": "application/json"})
    assert answer.json()["text"] == "Taken back: Better – changed title from Big deal to Better."
    hidden = make.deal(title="Hushhush", owner=cast.owner)
    by = cast.owner.via("web").together()
    for one in (hidden, deal):
        one.edit(by=by, value=5)
    members.add(Visibility(kind="deal", see="owner", change="owner"), by=SYSTEM)
    Deal.objects.filter(pk=hidden.pk).update(owner=cast.outsider)
    text = client.post(reverse("undo", args=[by.act]), headers={"accept": "application/json"}).json()["text"]
    assert "Hushhush" not in text
