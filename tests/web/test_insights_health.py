"""The pages Health, Speed, Concentration and Data quality: every panel answers, and its links open records."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import Level, Visibility
from leadline.activities.models import Activity, ActivityType, add_default_types
from leadline.crm.models.target import Target
from leadline.history import members
from leadline.insights import ask_fluff, ask_health
from leadline.insights.health.focus import Pressing, focus
from leadline.web.frame import formats
from leadline.web.insights.health import deals, saying
from leadline.web.insights.pages import concentration, health, quality, speed
from tests import factories
from tests.cast import Cast, assemble

pytestmark = pytest.mark.django_db(transaction=True)
DAY = dt.timedelta(days=1)
PAGES = (health, speed, concentration, quality)
PANELS = [f"/insights/{one.PAGE.name}/{panel.name}/" for one in PAGES for panel in one.PAGE.panels]


@pytest.fixture
def cast() -> Cast:
    """Two people with deals won, lost and open, some of them pushed and idle, and a target of the company."""
    cast, now = assemble(), timezone.now()
    add_default_types(by=SYSTEM)
    call = ActivityType.objects.get(name="Call")
    acme = factories.organization(name="Acme")
    for number in range(10):
        owner, at = (cast.owner, cast.teammate)[number % 2], now - (50 + number) * DAY
        deal = factories.deal(owner=owner, value=Decimal(1000 + number), organization=acme, created_at=at, at=at)
        deal.move_to(factories.stage(1), by=cast.leader, at=at + DAY)
        if number < 6:
            (deal.win if number % 2 else deal.lose)(by=SYSTEM, at=at + 20 * DAY)
    late = factories.deal(owner=cast.owner, title="Lighthouse", value=Decimal(9000), created_at=now - 9 * DAY)
    for days in (2, 5, 9):
        late.edit(by=cast.owner, expected_close_on=(now + days * DAY).date())
    Activity(type=call, deal=late, owner=cast.owner, due_at=now + DAY).add(by=SYSTEM)
    start = now.date().replace(day=1)
    Target(metric="booked_revenue", start_on=start, end_on=start + 80 * DAY, amount=Decimal(50_000)).add(by=SYSTEM)
    return cast


def test_r50_every_panel_answers_and_its_links_open_records(client: Client, cast: Cast) -> None:
    client.force_login(cast.leader)
    opened = 0
    for address in PANELS:
        response = client.get(address, {"period": "all"}, headers={"HX-Request": "true"})
        body = response.content.decode()
        assert response.status_code == 200, address
        assert "notice bad" not in body, address
        for href in re.findall(r'href="(/insights/deals/[^"]+)"', body)[:2]:
            assert client.get(unescape(href)).status_code == 200, href
            opened += 1
        assert client.get(f"{address[:-1]}.csv").status_code == 200, address
    assert opened > 12


def test_r16_the_five_questions_name_their_verdicts_and_evidence(client: Client, cast: Cast) -> None:
    client.force_login(cast.leader)
    body = client.get("/insights/health/questions/").content.decode()
    assert body.count('<li class="health ') == 5
    assert "Cannot tell" in body
    assert "Not touched for 30 days" in body
    listed = client.get("/insights/health/focus/").content.decode()
    assert "Lighthouse" in listed
    assert "Expected to close within 14 days" in listed


def test_a_list_says_of_how_many_it_shows_the_first(
    client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(cast.leader)
    address = "/insights/health/focus/"
    assert "that ask for attention." not in client.get(address).content.decode()
    monkeypatch.setattr(deals, "MOST", 2)
    every = len(ask_health.health(user=cast.leader).pressing)
    assert every > 2
    assert f"The 2 that should bring most, of {every} deals" in client.get(address).content.decode()


def test_health_is_told_of_the_deals_that_one_may_see(cast: Cast) -> None:
    members.add(Visibility(kind="deal", see=Level.OWNER, change=Level.OWNER), by=SYSTEM)
    whole, own = (ask_health.health(user=user) for user in (cast.leader, cast.teammate))
    counts = [found.answers[3].evidence[0].n for found in (whole, own)]
    assert counts == [5, 2]
    assert {deal.deal for deal in own.pressing} < {deal.deal for deal in whole.pressing}
    assert len(ask_fluff.doubtful(user=cast.leader)) == 5
    assert len(ask_fluff.doubtful(user=cast.teammate)) == 2
    assert whole.answers[0].because != "no_target"
    assert ask_health.health(user=None).answers[0].because == "no_target"


def test_a_total_of_which_not_all_is_known_says_so_and_one_of_nothing_known_is_none(db: None) -> None:
    known, without = Pressing(1, Decimal(300), 0.1, 0, ("rotten",)), Pressing(2, None, 0.5, 0, ("soon",))
    told = [saying.question(focus(deals)).evidence[1] for deals in ([known, without], [known, known], [without])]
    assert [one.value.strip("$€") for one in told] == ["30", "60", formats.UNKNOWN]
    part = "1 of 2 have a value and a known chance"
    assert [one.rests for one in told] == [part, "2 open deals", part.replace("1 of 2", "0 of 1")]


def test_an_empty_company_cannot_be_told(client: Client) -> None:
    cast = assemble()
    client.force_login(cast.leader)
    verdicts = [answer.verdict for answer in ask_health.health(user=cast.leader).answers]
    assert verdicts == ["unknown"] * 5
    for address in PANELS:
        assert client.get(address).status_code == 200, address
