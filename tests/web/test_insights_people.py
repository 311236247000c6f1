"""The pages People and Activity: every panel answers, and its links open as many records as they say."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from leadline.accounts.actors import SYSTEM
from leadline.activities.models import Activity, ActivityType, add_default_types
from leadline.crm.models.target import Target
from leadline.history.members import set_visibility
from leadline.insights import ask_attainment
from leadline.insights.numbers.pace import Pace
from leadline.web.insights.pages import activity, people
from leadline.web.insights.selling.attained import _row
from tests import factories
from tests.cast import Cast, assemble

pytestmark = pytest.mark.django_db(transaction=True)
DAY = dt.timedelta(days=1)


@pytest.fixture
def cast() -> Cast:
    """Two people with closed deals, calls on them, a review and a target."""
    cast, now = assemble(), timezone.now()
    add_default_types(by=SYSTEM)
    call, review = (ActivityType.objects.get(name=name) for name in ("Call", "Pipeline review"))
    for number in range(8):
        owner, at = (cast.owner, cast.teammate)[number % 2], now - (40 + number) * DAY
        deal = factories.deal(owner=owner, value=Decimal(1000), created_at=at, at=at)
        deal.move_to(factories.stage(1), by=SYSTEM, at=at + DAY)
        Activity(type=call, deal=deal, owner=owner, done_at=at + DAY, minutes=10).add(by=SYSTEM)
        (deal.win if number < 3 else deal.lose)(by=SYSTEM, at=at + 20 * DAY)
    Activity(type=review, owner=cast.leader, done_at=now - 41 * DAY).add(by=SYSTEM)
    start = (now - 60 * DAY).date()
    Target(metric="booked_revenue", user=cast.owner, start_on=start, end_on=start + 90 * DAY, amount=Decimal(5000)).add(
        by=SYSTEM
    )
    return cast


@pytest.fixture
def page(client: Client, cast: Cast) -> Client:
    client.force_login(cast.leader)
    return client


PANELS = [f"/insights/{one.PAGE.name}/{panel.name}/" for one in (people, activity) for panel in one.PAGE.panels]


def test_r50_every_panel_answers_and_its_links_open_records(page: Client) -> None:
    opened = {}
    for address in PANELS:
        response = page.get(address, {"period": "all"}, headers={"HX-Request": "true"})
        assert response.status_code == 200, address
        hrefs = re.findall(r'href="(/insights/(?:deals|activities)/[^"]+)"', response.content.decode())
        if hrefs:
            opened[address.split("/")[3]] = page.get(unescape(hrefs[-1])).status_code
    assert opened.keys() >= {"measures", "stages", "targets", "per_win", "vanity", "reviews", "symptoms"}
    assert set(opened.values()) == {200}


def test_panels_answer_for_teams_weeks_and_of_a_time_without_anything(page: Client) -> None:
    for address in ("people/trends/?by=team", "activity/done/?by=week", "activity/done/?as_of=2020-01-01&period=all"):
        assert page.get(f"/insights/{address}", headers={"HX-Request": "true"}).status_code == 200, address


def test_what_people_read(page: Client) -> None:
    def text(address: str) -> str:
        found = page.get(address, {"period": "all"}, headers={"HX-Request": "true"}).content.decode()
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", found)).split())

    assert "not measured" in text("/insights/people/symptoms/")
    assert "Leadline keeps nothing of clients after the sale" in text("/insights/people/symptoms/")
    assert "cannot tell yet" in text("/insights/activity/vanity/")
    assert "Reviews were held on 1 days" not in text("/insights/activity/reviews/")
    assert "Nobody is so far above the others" in text("/insights/people/carried/")
    assert "cannot be told apart yet" in text("/insights/people/case_mix/")
    assert "There is nothing to adjust for" in text("/insights/people/case_mix/")


@pytest.mark.parametrize(("usual", "says"), [(0.4, "behind what is usual by now"), (0.0, "no less than usual by now")])
def test_a_target_of_which_nothing_is_done_gets_a_verdict(db: None, usual: float, says: str) -> None:
    target = ask_attainment.Target(
        1, "booked_revenue", "Ann", None, None, dt.date(2026, 1, 1), dt.date(2026, 3, 31), Decimal(100)
    )
    row = _row(ask_attainment.Attained(target, 0, 0, 0.0, Pace(usual, None, None, None, seasonal=True)))
    assert (row["says"], row["expected"]) == (says, None)


def test_a_target_whose_end_has_no_interval_gets_a_verdict_too(db: None) -> None:
    """Reached on the first day, of which nothing can be reckoned; and expected from a season that tells no spread."""
    days = dt.date(2026, 1, 1), dt.date(2026, 3, 31)
    target = ask_attainment.Target(1, "booked_revenue", "Ann", None, None, *days, Decimal(100))
    first_day = ask_attainment.Attained(target, Decimal(120), 1, 1.2, Pace(0.02, None, None, None, seasonal=False))
    assert _row(first_day)["says"] == "reached"
    row = _row(ask_attainment.Attained(target, Decimal(20), 1, 0.2, Pace(0.5, 40.0, None, None, seasonal=True)))
    assert (row["says"], "to" in row["expected"]) == ("behind what is usual by now", False)


def test_who_sees_nobody_else_is_not_compared_with_themselves(cast: Cast, client: Client) -> None:
    def text(address: str) -> str:
        found = client.get(f"/insights/people/{address}", {"period": "all"}, headers={"HX-Request": "true"})
        assert found.status_code == 200, address
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", found.content.decode())).split())

    unseen, compared = "You do not see the others' deals.", ("compared", "case_mix", "bar", "carried", "symptoms")
    client.force_login(cast.owner)
    assert not any(unseen in text(f"{name}/") for name in (*compared, "stages"))
    set_visibility("deal", by=SYSTEM, see="owner", change_by="owner")
    assert all(unseen in text(f"{name}/") for name in (*compared, "ramp", "stages"))
    assert "Against the rest" not in text("case_mix/") + text("stages/")
    assert "All together" not in text("stages/")
    assert "Go on" in text("stages/")
    assert unseen in client.get("/insights/people/case_mix.csv").getvalue().decode()  # type: ignore[attr-defined]
    assert unseen in client.get("/insights/people/compared.picture").content.decode()
    client.force_login(cast.leader)
    assert not any(unseen in text(f"{name}/") for name in compared)


def test_somebody_hidden_is_said_plainly(cast: Cast, client: Client) -> None:
    set_visibility("deal", by=SYSTEM, see="owner", change_by="owner")
    client.force_login(cast.owner)
    for address in ("/insights/people/", "/insights/people/bar/"):
        answer = client.get(address, {"owner": str(cast.teammate)})
        assert answer.status_code == 400
        assert "You see no deals of anybody of this name." in answer.content.decode(), address
