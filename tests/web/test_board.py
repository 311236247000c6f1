"""The board: who sees which cards, in which order, under which heads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import Level, User, Visibility
from leadline.accounts.permissions import may
from leadline.crm.models import Deal, Pipeline, Stage
from leadline.crm.pipelines import add_pipeline
from leadline.crm.rates import add_rate
from leadline.web.pipeline.asked import BOARD, narrowed
from leadline.web.pipeline.columns import columns
from leadline.web.pipeline.showing import park_days
from tests import factories as make
from tests.cast import Cast
from tests.web.board import ago, board_path, card, head, shown, slow_sums, titles
from tests.web.reading import read

SignIn = Callable[[User], Client]


def test_columns_in_the_order_of_stages_the_newest_card_on_top(cast: Cast, signed_in: SignIn) -> None:
    make.deal(title="Early", owner=cast.owner, at=ago(5))
    make.deal(title="Late", owner=cast.owner, at=ago(1))
    make.deal(title="Close to it", owner=cast.owner, stage=make.stage(4))
    found = titles(shown(signed_in(cast.owner), board_path()))
    assert list(found) == ["Target", "Contacted", "Meeting agreed", "Proposal sent", "Close"]
    assert found["Target"] == ["Late", "Early"]
    assert found["Close"] == ["Close to it"]


def test_what_is_not_open_has_no_card(cast: Cast, signed_in: SignIn) -> None:
    for verb in ("win", "lose", "trash"):
        getattr(make.deal(title=verb, owner=cast.owner), verb)(by=cast.owner)
    make.deal(title="parked").park(by=cast.owner, come_back_on=dt.date(2099, 1, 1))
    assert not any(titles(shown(signed_in(cast.owner), board_path())).values())


def test_a_card_tells_party_value_owner_and_age(cast: Cast, signed_in: SignIn) -> None:
    acme = make.organization(name="Acme")
    deal = make.deal(title="Renewal", owner=cast.owner, organization=acme, value=Decimal(12000), at=ago(3))
    deal.label(make.label("Hot"), by=cast.owner)
    text = card(shown(signed_in(cast.owner), board_path()), "Renewal").text
    for part in ("Renewal", "Acme", "$12,000", "Olga", "Hot", "3d", "No activity"):
        assert part in text, part


def test_without_organization_the_person_is_named(cast: Cast, signed_in: SignIn) -> None:
    make.deal(title="Private", person=make.person(name="Grace"), value=None)
    text = card(shown(signed_in(cast.owner), board_path()), "Private").text
    assert "Grace" in text
    assert "No value" in text


def test_the_next_activity_is_the_first_one_that_is_planned(cast: Cast, signed_in: SignIn) -> None:
    late, planned, done = (make.deal(title=title, owner=cast.owner) for title in ("Late", "Planned", "Done"))
    make.activity(deal=late, due_at=ago(-4))
    make.activity(deal=late, due_at=ago(3))
    make.activity(deal=planned, due_at=ago(-0.9), subject="Send it")
    make.activity(deal=planned)
    make.activity(deal=done, due_at=ago(1)).complete(by=cast.owner)
    make.activity(deal=done, due_at=ago(2)).trash(by=cast.owner)
    page = shown(signed_in(cast.owner), board_path())
    assert card(page, "Late").one(class_="late").text == "3 days late"
    assert card(page, "Planned").one("span", class_="next").attributes["title"] == "Send it"
    assert "No activity" in card(page, "Done").text


def test_rotten_is_said_in_words_and_by_an_icon(cast: Cast, signed_in: SignIn) -> None:
    make.deal(title="Old", owner=cast.owner, at=ago(30), by=SYSTEM)
    make.deal(title="New", owner=cast.owner)
    page = shown(signed_in(cast.owner), board_path())
    old = card(page, "Old")
    assert "rotten" in old.attributes["class"].split()
    assert "Rotten" in old.one(class_="rot").text
    assert old.one(class_="rot").one("use").attributes["href"] == "#i-leaf"
    assert "rotten" not in card(page, "New").attributes["class"].split()


@pytest.mark.parametrize("part", Cast.PARTS[:-1])
def test_heads_agree_with_a_slow_definition_for_everybody(cast: Cast, part: str) -> None:
    Visibility(kind="deal", see=Level.TEAM).save()
    add_rate("EUR", dt.date(2020, 1, 1), Decimal("1.1"), by=SYSTEM)
    owners = [cast.owner, cast.teammate, cast.outsider, cast.leader, None]
    for number in range(24):
        make.deal(
            owner=owners[number % 5],
            stage=make.stage(number % 4),
            value=None if number % 6 == 0 else Decimal(number * 100),
            currency="EUR" if number % 3 else "USD",
            at=ago(number * 2),
        )
    user = getattr(cast, part)
    asked = narrowed(user, make.pipeline(), BOARD, {})
    found = {c.lane.name: (c.head.count, c.head.total, c.head.rotten) for c in columns(asked) if c.head.count}
    assert found == slow_sums(user)


def test_heads_weigh_by_the_stage_s_probability_and_say_where_there_is_none(cast: Cast, signed_in: SignIn) -> None:
    make.stage(1).edit(by=cast.leader, probability=25)
    make.deal(stage=make.stage(1), value=Decimal(1000))
    make.deal(stage=make.stage(2), value=Decimal(1000))
    page = shown(signed_in(cast.owner), board_path())
    assert "weighted $250" in head(page, "Contacted").text
    assert "25%" in head(page, "Contacted").one("span", class_="weighted").attributes["title"]
    assert "no probability" in head(page, "Meeting agreed").text


def test_every_figure_of_a_head_leads_to_its_deals(cast: Cast, signed_in: SignIn) -> None:
    make.deal(title="Old", owner=cast.owner, at=ago(30))
    client = signed_in(cast.owner)
    for link in head(shown(client, board_path()), "Target").one("div", class_="figures").all("a"):
        answer = client.get(link.attributes["href"])
        assert answer.status_code == 200
        assert b"Old" in answer.content


def test_filters_stand_in_the_address(cast: Cast, signed_in: SignIn) -> None:
    for user in (cast.owner, cast.teammate):
        make.deal(title=f"{user.name}'s", owner=user)
    client = signed_in(cast.owner)
    page = shown(client, board_path(), owner=str(cast.teammate.pk))
    assert titles(page)["Target"] == ["Theo's"]
    assert head(page, "Target").one("a", class_="count").text.startswith("1")
    assert titles(shown(client, board_path(), q="Olga"))["Target"] == ["Olga's"]
    assert titles(shown(client, board_path(), nonsense="1", owner="x"))["Target"] == ["Theo's", "Olga's"]


def test_orders(cast: Cast, signed_in: SignIn) -> None:
    small = make.deal(title="Small", value=Decimal(1), at=ago(1))
    make.deal(title="Big", value=Decimal(900), at=ago(9))
    make.deal(title="Unknown", value=None, at=ago(5))
    make.activity(deal=small, due_at=ago(-1))
    client = signed_in(cast.owner)
    assert titles(shown(client, board_path(), sort="value"))["Target"] == ["Big", "Small", "Unknown"]
    assert titles(shown(client, board_path(), sort="next"))["Target"] == ["Small", "Unknown", "Big"]
    assert titles(shown(client, board_path(), sort="idle"))["Target"] == ["Big", "Unknown", "Small"]
    assert titles(shown(client, board_path(), sort="nonsense"))["Target"] == ["Small", "Unknown", "Big"]


def test_one_comes_back_to_the_pipeline_and_view_one_left(cast: Cast, signed_in: SignIn) -> None:
    make.pipeline()
    other = add_pipeline("Renewals", ["Due", "Agreed"], by=SYSTEM)
    client = signed_in(cast.owner)
    assert "Target" in titles(shown(client, "/pipeline/"))
    shown(client, f"/pipeline/{other.pk}/")
    assert list(titles(shown(client, "/pipeline/"))) == ["Due", "Agreed"]
    shown(client, f"/pipeline/{other.pk}/forecast/")
    assert "Overdue" in titles(shown(client, "/pipeline/"))
    Pipeline.objects.get(pk=other.pk).trash(by=cast.leader)
    assert f"/pipeline/{make.pipeline().pk}/cards/" in client.get("/pipeline/").content.decode()


def test_without_a_pipeline_those_who_lead_start_one(cast: Cast, signed_in: SignIn) -> None:
    assert b"Ask somebody who leads" in signed_in(cast.owner).get("/pipeline/").content
    leader = signed_in(cast.leader)
    assert "Start with five stages" in shown(leader, "/pipeline/").text
    assert signed_in(cast.owner).post("/pipeline/start/").status_code == 403
    assert leader.post("/pipeline/start/", follow=True).status_code == 200
    leader.post("/pipeline/start/")
    assert Stage.objects.count() == 5


def test_an_empty_board_says_what_to_do(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.owner)
    assert "Add the first deal" in shown(client, board_path()).text
    make.deal()
    assert "Nothing matches" in shown(client, board_path(), q="zebra").text
    for stage in list(make.pipeline().kept_stages()):
        Deal.objects.filter(stage=stage).update(deleted_at=ago(0))
        stage.trash(by=SYSTEM)
    assert "no stages" in shown(client, board_path()).text


def test_readers_see_no_acts(cast: Cast, signed_in: SignIn) -> None:
    make.deal(title="Seen", owner=cast.owner)
    content = signed_in(cast.reader).get(board_path()).content.decode()
    assert titles(read(content))["Target"] == ["Seen"]
    for sign in ("deal-acts", "data-add", "data-act-at", "in-place", "data-zones"):
        assert sign not in content, sign


def test_whoever_may_not_see_a_deal_gets_no_card(cast: Cast, signed_in: SignIn) -> None:
    Visibility(kind="deal", see=Level.OWNER).save()
    make.deal(title="Olga's own", owner=cast.owner)
    for user, there in ((cast.owner, 1), (cast.teammate, 0), (cast.outsider, 0), (cast.leader, 1)):
        page = shown(signed_in(user), board_path())
        assert len(titles(page)["Target"]) == there, user
        assert head(page, "Target").one("a", class_="count").text.split()[0] == str(there), user


def test_text_of_records_is_text(cast: Cast, signed_in: SignIn) -> None:
    make.deal(title="<script>alert(1)</script>", organization=make.organization(name='"><img src=x>'))
    content = signed_in(cast.owner).get(board_path()).content
    assert b"<script>alert" not in content
    assert b"<img src=x" not in content


def test_another_pipeline_is_not_on_this_board(cast: Cast, signed_in: SignIn) -> None:
    make.pipeline()
    make.deal(title="Elsewhere", pipeline=add_pipeline("Renewals", ["Due"], by=SYSTEM))
    assert not any(titles(shown(signed_in(cast.owner), board_path())).values())
    assert signed_in(cast.owner).get("/pipeline/99999/").status_code == 404


def test_a_parked_deal_comes_back_on_a_working_day(db: None) -> None:
    """Twenty-eight days of asking: every weekday is hit, and the end of a month."""
    for n in range(28):
        today = dt.date(2026, 11, 15) + dt.timedelta(days=n)
        days = [day for _word, day in park_days(today)]
        assert all(day.weekday() < 5 and day > today for day in days)
        assert days == sorted(days)
    assert dict(park_days(dt.date(2026, 11, 23)))["In three months"] == dt.date(2027, 2, 23)


def test_an_empty_board_tells_where_the_deals_are(cast: Cast, signed_in: SignIn) -> None:
    make.pipeline()
    client, other = signed_in(cast.owner), add_pipeline("Renewals", ["Due"], by=SYSTEM)
    address = f"/pipeline/{other.pk}/"
    assert address + '">1 open deal' not in client.get(board_path()).content.decode()
    make.deal(pipeline=other, owner=cast.owner)
    text = read(client.get(board_path()).content).one(class_="board-empty")
    assert "1 open deal in Renewals" in text.text
    assert "Import" not in text.text
    assert address in client.get(board_path()).content.decode().partition("board-empty")[2]
    Visibility(kind="deal", see=Level.OWNER).save()
    assert "Renewals" not in read(signed_in(cast.outsider).get(board_path()).content).one(class_="board-empty").text


@pytest.mark.parametrize("part", ["administrator", "leader", "owner", "teammate", "outsider", "reader"])
def test_cards_that_one_may_not_change_cannot_be_picked_up(cast: Cast, signed_in: SignIn, part: str) -> None:
    user = getattr(cast, part)
    for owner in (cast.owner, cast.outsider, None):
        make.deal(title=str(owner), owner=owner)
    page = read(signed_in(user).get(board_path()).content)
    fixed = {
        one.one(class_="deal-title").text for one in page.all("li", class_="deal") if "data-fixed" in one.attributes
    }
    refused = {deal.title for deal in Deal.objects.all() if not may(user, "change", deal)}
    assert fixed == (set() if part == "reader" else refused), "readers are offered nothing at all"


def test_what_cards_may_is_asked_once(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.owner)
    client.get(board_path())  # which board one looked at is written down once
    counts = []
    for _ in range(2):
        make.deal(owner=cast.teammate)
        make.deal(owner=cast.outsider)
        with CaptureQueriesContext(connection) as asked:
            client.get(board_path())
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_value_without_a_rate_is_told_apart_in_the_head(cast: Cast, signed_in: SignIn) -> None:
    make.deal(owner=cast.owner, value=None)
    deal = make.deal(owner=cast.owner, value=500, currency="CHF")
    drawn = signed_in(cast.owner).get(f"/pipeline/{deal.pipeline_id}/").content.decode()
    assert "1 deal has none; 1 without a rate" in drawn
