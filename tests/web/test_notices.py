"""The bell and following: who hears of what, in words, and what is read."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from leadline.accounts.models import Level, User, Visibility
from leadline.crm import noticing
from leadline.crm.models import Follow, Notice
from leadline.history import members
from tests import factories as make
from tests.cast import Cast
from tests.web.reading import Element, read

SignIn = Callable[[User], Client]
SCRIPT = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _begun(cast: Cast) -> None:
    noticing.catch_up()


def rows(client: Client) -> list[Element]:
    return read(client.get("/notices/?menu").content).all("li", class_="notice-row")


def count(client: Client) -> str:
    return read(client.get("/notices/bell/").content).text


def test_follow_and_hear(cast: Cast, signed_in: SignIn) -> None:
    deal = make.deal(title="Big", owner=cast.owner)
    leader = signed_in(cast.leader)
    button = read(leader.post(f"/follow/deal/{deal.pk}/", {"on": "1"}, headers=SCRIPT).content)
    assert button.one("button").text == "Following"
    assert button.one("ul").text == "Lena"
    leader.post(f"/follow/deal/{deal.pk}/", {"on": "1"}, headers=SCRIPT)
    assert Follow.objects.count() == 1
    deal.win(by=cast.owner)
    assert count(leader) == "1 unread notice 1"
    (row,) = rows(leader)
    assert row.text.startswith("Olga won · Big You follow it")
    assert count(signed_in(cast.owner)) == "Notices, none unread"
    button = read(leader.post(f"/follow/deal/{deal.pk}/", {"on": "0"}, headers=SCRIPT).content)
    assert button.one("button").text == "Follow"
    deal.reopen(by=cast.owner)
    assert len(rows(leader)) == 1


def test_opening_one_reads_it(cast: Cast, signed_in: SignIn) -> None:
    deal = make.deal(by=cast.owner, owner=cast.teammate)
    client = signed_in(cast.teammate)
    (row,) = rows(client)
    answer = client.get(row.one("a").attributes["href"])
    assert answer.headers["Location"] == f"/deals/{deal.pk}/"
    assert count(client) == "Notices, none unread"
    assert "unread" not in rows(client)[0].attributes["class"]


def test_mark_all_read_marks_mine_alone(cast: Cast, signed_in: SignIn) -> None:
    for owner in (cast.teammate, cast.outsider):
        make.deal(by=cast.owner, owner=owner)
    theo, umar = signed_in(cast.teammate), signed_in(cast.outsider)
    assert count(theo).startswith("1 unread")
    answer = theo.post("/notices/read/", headers=SCRIPT)
    assert read(answer.content).text == "Notices, none unread"
    assert count(umar).startswith("1 unread")


def test_somebody_elses_notice_is_not_there(cast: Cast, signed_in: SignIn) -> None:
    make.deal(by=cast.owner, owner=cast.teammate)
    noticing.catch_up()
    pk = Notice.objects.get().pk
    assert signed_in(cast.outsider).get(f"/notices/{pk}/").status_code == 404
    assert Notice.objects.get().read_at is None


def test_what_is_closed_meanwhile_is_neither_shown_nor_counted(cast: Cast, signed_in: SignIn) -> None:
    deal = make.deal(title="Secret", by=cast.owner, owner=cast.owner)
    make.note(deal, by=cast.owner, text="<p>Psst</p>", mention_ids=[cast.outsider.pk])
    client = signed_in(cast.outsider)
    assert count(client).startswith("1 unread")
    assert "You were named" in rows(client)[0].text
    members.add(Visibility(kind="deal", see=Level.TEAM, change=Level.TEAM), by=cast.administrator)
    assert count(client) == "Notices, none unread"
    assert rows(client) == []
    assert "Secret" not in client.get("/notices/").content.decode()


def test_names_are_text(cast: Cast, signed_in: SignIn) -> None:
    make.deal(title="<script>x</script>", by=cast.owner, owner=cast.teammate)
    html = signed_in(cast.teammate).get("/notices/").content.decode()
    assert "<script>x" not in html
    assert "&lt;script&gt;x" in html


def test_readers_may_follow_and_nobody_what_they_do_not_see(cast: Cast, signed_in: SignIn) -> None:
    deal = make.deal(owner=cast.owner)
    assert signed_in(cast.reader).post(f"/follow/deal/{deal.pk}/", {"on": "1"}, headers=SCRIPT).status_code == 200
    members.add(Visibility(kind="deal", see=Level.TEAM, change=Level.TEAM), by=cast.administrator)
    assert signed_in(cast.outsider).post(f"/follow/deal/{deal.pk}/", {"on": "1"}, headers=SCRIPT).status_code == 404
    assert signed_in(cast.reader).post("/follow/stage/1/", {"on": "1"}, headers=SCRIPT).status_code == 404


def test_many_come_page_by_page(cast: Cast, signed_in: SignIn) -> None:
    for _ in range(45):
        make.deal(by=cast.owner, owner=cast.teammate)
    client = signed_in(cast.teammate)
    first = read(client.get("/notices/").content)
    assert len(first.all("li", class_="notice-row")) == 40
    (older,) = first.all("a", rel="next")
    second = read(client.get(older.attributes["href"]).content)
    assert len(second.all("li", class_="notice-row")) == 5
    assert len(rows(client)) == 8
