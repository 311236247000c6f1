"""The page of a deal: what stands on it, who may do what on it, how few questions it asks of the database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import Level, User, Visibility
from leadline.crm.merging import merge
from leadline.crm.models import Deal
from leadline.history import members
from tests import factories as make
from tests.cast import Cast
from tests.web.reading import Element, read

SignedIn = Callable[[User], Client]
DAY = dt.timedelta(days=1)


@pytest.fixture
def deal(cast: Cast) -> Deal:
    organization = make.organization(owner=cast.owner, name="Acme <Ltd>")
    return make.deal(
        by=cast.owner, owner=cast.owner, title="Big <b>deal</b>", value=Decimal(12500), organization=organization
    )


def page(client: Client, deal: Deal) -> Element:
    answer = client.get(reverse("deal", args=[deal.pk]))
    assert answer.status_code == 200
    return read(answer.content)


def test_what_stands_on_it(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    make.note(deal, by=cast.owner, text="<p>They are in a hurry.</p>")
    drawn = page(signed_in(cast.owner), deal)
    assert "Big <b>deal</b>" in drawn.one("h1").text
    for words in ("$12,500", "Acme <Ltd>", "Olga", "They are in a hurry."):
        assert words in drawn.one("main").text
    assert [form.attributes["data-deal-act"] for form in drawn.all("form") if "data-deal-act" in form.attributes] == [
        "deal_won", "deal_lost", "deal_parked",
    ]  # fmt: skip


def test_the_stages_with_the_days_in_each(cast: Cast, signed_in: SignedIn) -> None:
    began = timezone.now() - 40 * DAY
    deal = make.deal(by=SYSTEM, owner=cast.owner, created_at=began, at=began)
    deal.move_to(make.stage(1), by=SYSTEM, at=began + 12 * DAY)
    deal.move_to(make.stage(0), by=SYSTEM, at=began + 15 * DAY)
    deal.move_to(make.stage(3), by=SYSTEM, at=began + 16 * DAY)
    bar = page(signed_in(cast.owner), deal).one("nav", id="deal-stages")
    steps = bar.all("li")
    assert [step.text.replace(" Move here", "") for step in steps] == [
        "Target 13 d", "Contacted 3 d", "Meeting agreed", "Proposal sent 24 d", "Close",
    ]  # fmt: skip
    (current,) = [step for step in steps if step.attributes.get("aria-current") == "step"]
    assert current.all(title="Proposal sent: stands here for 24 days")
    assert steps[0].one("button").attributes["title"] == "Target: stood here for 13 days, in 2 visits"
    assert steps[2].one("button").attributes["title"] == "Meeting agreed: not visited"


def test_a_deleted_stage_stays_while_the_deal_stands_in_it(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    bar = page(signed_in(cast.owner), deal).one("nav", id="deal-stages")
    assert len(bar.all("li")) == 5
    closed = make.deal(by=SYSTEM, owner=cast.owner).win(by=SYSTEM)
    Deal.objects.filter(pk=closed.pk).update(stage=None)  # as a file may tell of it
    assert "was not recorded" in page(signed_in(cast.owner), closed).one("nav", id="deal-stages").text


def test_rotten_is_said_with_its_reason(cast: Cast, signed_in: SignedIn) -> None:
    began = timezone.now() - 23.5 * DAY
    deal = make.deal(by=SYSTEM, owner=cast.owner, created_at=began, at=began)
    assert "Nobody has touched this deal for 23 days; Target allows 10." in page(signed_in(cast.owner), deal).text
    deal.edit(by=cast.owner, competitor="Acme")
    assert "Rotten" not in page(signed_in(cast.owner), deal).text


def test_how_it_ended_is_said(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    client = signed_in(cast.owner)
    deal.lose(make.lost_reason("Price"), by=cast.owner, note="Too dear <i>")
    drawn = page(client, deal)
    for words in ("Lost on", "Price", "Too dear <i>", "ask again on", "Open again"):
        assert words in drawn.text
    deal.reopen(by=cast.owner)
    deal.park(by=cast.owner, come_back_on=dt.date(2099, 1, 2), reason="New budget")
    for words in ("Parked until Jan 2, 2099", "New budget"):
        assert words in page(client, deal).text
    deal.win(by=cast.owner)
    assert "Won on" in page(client, deal).text


def test_who_sees_it(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    members.add(Visibility(kind="deal", see=Level.TEAM, change=Level.TEAM), by=SYSTEM)
    answers = {
        part: signed_in(getattr(cast, part)).get(reverse("deal", args=[deal.pk])).status_code
        for part in ("administrator", "leader", "owner", "teammate", "outsider", "reader")
    }
    assert answers == {
        "administrator": 200, "leader": 200, "owner": 200, "teammate": 200, "outsider": 404, "reader": 200,
    }  # fmt: skip


def test_readers_see_no_controls(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    make.note(deal, by=cast.owner)
    make.activity(by=cast.owner, deal=deal)
    main = page(signed_in(cast.reader), deal).one("main")
    assert not main.all("button", class_="in-place-open")
    assert not main.all("textarea")
    assert not [form for form in main.all("form") if form.attributes.get("action", "").startswith("/deals/")]
    assert not main.all("form", class_="entry-acts")
    assert not main.all("nav", id="deal-stages")[0].all("button")


def test_in_the_trash_it_is_shown_and_not_changed(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    deal.trash(by=cast.owner)
    drawn = page(signed_in(cast.owner), deal)
    assert "In the trash since" in drawn.text
    assert not drawn.one("main").all("textarea")
    assert not drawn.one("main").all("button", class_="in-place-open")


def test_a_merged_one_says_where_it_went(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    other = make.deal(by=cast.owner, owner=cast.owner, title="Same deal")
    merge(deal, other, by=cast.owner)
    drawn = page(signed_in(cast.owner), other)
    assert "Merged into" in drawn.text
    assert drawn.all("a", href=reverse("deal", args=[deal.pk]))


def test_names_of_what_is_closed_to_the_reader_are_not_told(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    members.add(Visibility(kind="organization", see=Level.OWNER, change=Level.OWNER), by=SYSTEM)
    assert "Acme" in page(signed_in(cast.owner), deal).text
    assert "Acme" not in page(signed_in(cast.outsider), deal).text


def test_the_number_of_questions_does_not_grow_with_what_has_been(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    client = signed_in(cast.owner)
    page(client, deal)

    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            page(client, deal)
        return len(asked)

    make.note(deal, by=cast.owner)
    make.activity(by=cast.owner, deal=deal).complete(by=cast.owner)
    make.line(deal, by=cast.owner)
    deal.move_to(make.stage(1), by=cast.owner)
    before = questions()
    for n in range(60):
        deal.edit(by=cast.owner, value=Decimal(n))
        deal.move_to(make.stage(n % 4), by=cast.owner)
        make.note(deal, by=cast.owner)
        make.activity(by=cast.owner, deal=deal).complete(by=cast.owner)
        make.line(deal, by=cast.owner)
    assert questions() <= before + 5


def test_the_currency_is_a_fact_where_there_is_more_than_one(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    client = signed_in(cast.owner)
    fields = [item.attributes.get("data-field") for item in page(client, deal).all("span", class_="in-place")]
    assert "currency" not in fields
    deal.edit(by=cast.owner, currency="CHF")
    fields = [item.attributes.get("data-field") for item in page(client, deal).all("span", class_="in-place")]
    assert "currency" in fields
