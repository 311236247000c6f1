"""The board of a past day, the needed numbers on the board of today, and the page of changes (R7, R29)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import Level, User, Visibility
from leadline.crm.models import Organization, Target
from leadline.history import members
from tests import factories
from tests.cast import Cast
from tests.web.reading import read

SignIn = Callable[[User], Client]
pytestmark = pytest.mark.django_db(transaction=True)
DAY = dt.timedelta(days=1)


def test_the_board_of_a_day(signed_in: SignIn, cast: Cast) -> None:
    at, today = timezone.now() - 30 * DAY, timezone.localdate()
    party = Organization(name="Aldous").add(by=SYSTEM)
    deal = factories.deal(owner=cast.owner, title="Lamps", organization=party, created_at=at, at=at)
    deal.win(by=SYSTEM, at=timezone.now() - 5 * DAY)
    client, path = signed_in(cast.owner), f"/pipeline/{deal.pipeline_id}/as-of/"
    page = read(client.get(path, {"on": (today - 10 * DAY).isoformat()}).content)
    card = page.one("li", class_="deal")
    assert [word in card.text for word in ("Lamps", "Aldous", "Olga")] == [True] * 3
    assert page.all("input", type="range")[0].attributes["max"] == "30"
    assert "1 open deal" in page.one("p", class_="past-says").text
    assert read(client.get(path, {"on": today.isoformat()}).content).all("li", class_="deal") == []
    part = client.get(path, headers={"hx-request": "true"}).content.decode()
    assert "<html" not in part
    for odd in ("never", "0000-00-00", "9999-12-31", "1800-01-01", "2026-02-30"):
        assert client.get(path, {"on": odd}).status_code == 200, odd


def test_r7_the_heads_say_what_is_needed(signed_in: SignIn, cast: Cast) -> None:
    stage, today = factories.stage(0), timezone.localdate()
    for other in list(factories.pipeline().kept_stages())[1:]:
        other.trash(by=SYSTEM)
    for close in ("win", "lose", "lose", "lose"):
        getattr(factories.deal(owner=cast.owner, stage=stage), close)(by=SYSTEM)
    factories.deal(owner=cast.owner, stage=stage)
    client, path = signed_in(cast.leader), f"/pipeline/{stage.pipeline_id}/needed/"
    assert client.get(path).status_code == 204
    days = {"start_on": today + DAY, "end_on": today + 90 * DAY}
    Target(metric="deals_won", amount=Decimal(3), **days).add(by=SYSTEM)
    assert client.get(path).status_code == 204  # it has not begun
    Target(metric="deals_won", amount=Decimal(3), start_on=today, end_on=today).add(by=SYSTEM)
    head = client.get(path).json()[str(stage.pk)]
    assert head["text"] == "1 of 8 needed"  # two wins to come, one in four
    assert head["href"] == f"/insights/calculator/?pipeline={stage.pipeline_id}"
    assert client.get(path, {"owner": str(cast.owner.pk)}).status_code == 204  # no target of their own
    Target(metric="deals_won", user=cast.owner, amount=Decimal(2), start_on=today, end_on=today).add(by=SYSTEM)
    assert client.get(path, {"owner": str(cast.owner.pk)}).json()[str(stage.pk)]["text"] == "1 of 4 needed"
    assert client.get(path, {"owner": str(cast.owner.pk), "value": "1.."}).status_code in (200, 204)


def test_r7_who_sees_a_part_reads_whose_target_the_heads_are_about(signed_in: SignIn, cast: Cast) -> None:
    stage, today = factories.stage(0), timezone.localdate()
    for other in list(factories.pipeline().kept_stages())[1:]:
        other.trash(by=SYSTEM)
    for close in ("win", "lose", "lose", "lose"):
        getattr(factories.deal(owner=cast.owner, stage=stage), close)(by=SYSTEM)
    factories.deal(owner=cast.teammate, stage=stage)
    factories.deal(owner=cast.outsider, stage=stage)
    path, days = f"/pipeline/{stage.pipeline_id}/needed/", {"start_on": today, "end_on": today + 60 * DAY}

    def head(user: User, **query: str) -> tuple[str, str]:
        told = signed_in(user).get(path, query).json()[str(stage.pk)]
        return told["text"], told["href"].partition("&")[2]

    Target(metric="deals_won", user=cast.owner, amount=Decimal(2), **days).add(by=SYSTEM)
    Target(metric="deals_won", team_id=cast.owner.team_id, amount=Decimal(3), **days).add(by=SYSTEM)
    Target(metric="deals_won", amount=Decimal(5), **days).add(by=SYSTEM)
    seen = Visibility(kind="deal", see=Level.OWNER, change=Level.OWNER)
    members.add(seen, by=SYSTEM)
    # One is won of two; one in four gets there. Of the column, in which a leader reads more, nothing is said.
    assert head(cast.owner) == ("0 of 4 needed for your target", f"whose=owner-{cast.owner.pk}")
    assert head(cast.owner, owner="me")[0] == "0 of 4 needed"
    assert head(cast.leader) == ("2 of 16 needed", "")
    seen.delete()
    members.add(Visibility(kind="deal", see=Level.TEAM, change=Level.OWNER), by=SYSTEM)
    assert head(cast.teammate) == ("1 of 8 needed for your team", f"whose=team-{cast.owner.team_id}")


def test_the_page_of_changes(signed_in: SignIn, cast: Cast) -> None:
    deal = factories.deal(owner=cast.owner, title="Lamps", value=Decimal("12.34"))
    client = signed_in(cast.owner)
    assert client.get("/insights/changes/").status_code == 200
    csv = client.get("/insights/changes/value.csv?period=month")
    text = b"".join(csv).decode() if csv.streaming else csv.content.decode()
    assert "Added" in text
    assert "12.34" in text
    page = read(client.get("/insights/changes/value/?period=month", headers={"hx-request": "true"}).content)
    link = next(one for one in page.all("a") if "change=added" in one.attributes.get("href", ""))
    deal.edit(by=cast.owner, value=Decimal("20.00"))
    deal.win(by=cast.owner)
    behind = read(client.get(link.attributes["href"]).content)
    assert deal.title in behind.text
    assert "1 deal, $12.34" in behind.one("h1").text  # what it was worth when it came, not what it is worth today
    cells = {cell.attributes["data-label"]: cell.text for cell in behind.all("td")}
    assert [cells[name] for name in ("Open value before", "Open value after", "Change")] == [
        "$0",
        "$12.34",
        "$12.34",
    ]
    file = b"".join(client.get(link.attributes["href"].replace("/deals/", "/deals.csv")).streaming_content).decode()
    assert file.splitlines()[0].endswith("was,became,amount")
    assert file.splitlines()[1].endswith("0,12.34,12.34")
