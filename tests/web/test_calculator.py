"""The calculator: the exact cases, what is typed over, guesses, and what is not understood (R7, R8)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User
from leadline.activities.models import ActivityType
from leadline.crm.models import Deal, Pipeline, Target
from tests import factories
from tests.cast import Cast
from tests.web.reading import Element, read

SignIn = Callable[[User], Client]
pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/insights/calculator/"


@pytest.fixture
def pipeline(cast: Cast) -> Pipeline:
    found = factories.pipeline()
    list(found.kept_stages())[-1].trash(by=SYSTEM)
    return found


@pytest.fixture
def leader(signed_in: SignIn, cast: Cast) -> Client:
    return signed_in(cast.leader)


def part(answer: Any) -> Element:
    return read(answer.content)


def needed(page: Element) -> list[str]:
    return [row.all("b")[0].text for row in page.one("table", id="needed-stages").one("tbody").all("tr")]


def asked(client: Client, pipeline: Pipeline, letter: str, *percents: float, **more: str) -> Element:
    typed = {f"{letter}{stage.pk}": p for stage, p in zip(pipeline.kept_stages(), percents, strict=True)}
    return part(client.get(PAGE, {**typed, **more}))


def test_the_exact_cases(leader: Client, pipeline: Pipeline) -> None:
    page = asked(leader, pipeline, "s", 50, 50, 50, 100, amount="1", unit="wins")
    assert needed(page) == ["8", "4", "2", "1", "1"]
    page = asked(leader, pipeline, "g", 40, 50, 25, 100, amount="100k", unit="money", mean="12,500")
    assert needed(page) == ["160", "64", "32", "8", "8"]
    assert page.one(id="to-win").text == "8"


def test_without_history_a_guess_is_asked_for(leader: Client, pipeline: Pipeline) -> None:
    page = part(leader.get(PAGE))
    assert page.text.count("no history: enter a guess") == 4 + 2  # stages, value, days
    assert needed(page)[0] == "–"
    later = (timezone.localdate() + dt.timedelta(days=70)).isoformat()
    first = pipeline.kept_stages()[0]
    page = asked(leader, pipeline, "g", 50, 50, 50, 100, amount="10", unit="wins", days="35", until=later)
    assert (page.one(id="to-add").text, page.one(id="per-week").text) == ("80", "16.0")
    factories.deal(stage=first).lose(by=SYSTEM)  # now there is something to count
    assert "measured: 0 of 1" in part(leader.get(PAGE, {f"g{first.pk}": 50})).text


def test_a_target_is_what_it_begins_with(leader: Client, pipeline: Pipeline, cast: Cast, signed_in: SignIn) -> None:
    today = timezone.localdate()
    days = {"start_on": today - dt.timedelta(days=9), "end_on": today + dt.timedelta(days=30)}
    for person in (cast.owner, cast.teammate):
        Target(user=person, amount=Decimal(1000), **days).add(by=SYSTEM)
    assert part(leader.get(PAGE)).one("input", id="ask_amount").attributes["value"] == "2000"
    own = part(signed_in(cast.owner).get(PAGE, {"whose": f"owner-{cast.owner.pk}"}))
    assert own.one("input", id="ask_amount").attributes["value"] == "1000"
    assert own.one("input", id="ask_until").attributes["value"] == days["end_on"].isoformat()
    Target(amount=Decimal(7000), **days).add(by=SYSTEM)
    assert part(leader.get(PAGE)).one("input", id="ask_amount").attributes["value"] == "7000"


def test_a_slider_gets_the_answer_alone_and_an_address(leader: Client, pipeline: Pipeline) -> None:
    stage = pipeline.kept_stages()[0]
    answer = leader.get(
        PAGE, {"amount": "5", "unit": "wins", "mean": "", f"s{stage.pk}": "40"}, headers={"hx-request": "true"}
    )
    assert "<html" not in answer.content.decode()
    assert answer.headers["HX-Replace-Url"] == f"{PAGE}?amount=5&unit=wins&s{stage.pk}=40"


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": "much"}, {"amount": "-1"}, {"until": "yesterday"}, {"until": "2001-01-01"}, {"until": "9999-12-31"},
        {"since": "0001-01-01"}, {"unit": "hats"}, {"whose": "owner-99999"}, {"days": "1e9"}, {"days": "nan"},
        {"amount": "9" * 39}, {"mean": "9" * 39},
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_said(leader: Client, pipeline: Pipeline, wrong: dict[str, str]) -> None:
    assert leader.get(PAGE, wrong).status_code == 400


def test_a_company_without_a_pipeline(signed_in: SignIn, cast: Cast) -> None:
    answer = signed_in(cast.leader).get(PAGE)
    assert (answer.status_code, "Begin with a pipeline" in answer.content.decode()) == (200, True)


def test_what_is_not_there_is_named_and_a_guess_offered(leader: Client, pipeline: Pipeline, cast: Cast) -> None:
    assert "The pipeline of this address is not there. This is about Sales." in part(
        leader.get(PAGE, {"pipeline": "99999"})
    ).text.replace(pipeline.name, "Sales")
    first, *_others = pipeline.kept_stages()
    assert f"{first.name}: " in part(leader.get(PAGE, {f"s{first.pk}": "120"})).text
    factories.deal(stage=first, owner=cast.owner, value=Decimal(10)).win(by=SYSTEM)
    assert leader.get(PAGE, {"whose": f"owner-{cast.owner.pk}"}).status_code == 200


def test_the_win_rate_is_offered_for_stages_without_a_history(leader: Client, pipeline: Pipeline) -> None:
    """2 of 8 decided are won and 10 of 16 have left the first stage: 0.25 / 0.625 is 0.737 at each other one."""
    first, second, *_others = pipeline.kept_stages()
    assert not part(leader.get(PAGE)).all("p", id="offer")  # nothing is won that could tell
    for number in range(16):
        deal = factories.deal(stage=first)
        if number < 8:
            deal.move_to(second, by=SYSTEM)
        else:
            (deal.win if number < 10 else deal.lose)(by=SYSTEM)
    asked_for = {"amount": "10", "unit": "wins", "mean": "1,000"}
    page = part(leader.get(PAGE, asked_for))
    assert needed(page)[0] == "–"
    offered = page.one("p", id="offer")
    assert "2 of 8 decided deals were won." in offered.text
    assert "73.7% at each stage without a history" in offered.text
    taken = part(leader.get(offered.one("a").attributes["href"]))
    assert needed(taken)[:2] == ["40", "25"]  # ten wins, of which a quarter of what comes in is one
    assert not taken.all("p", id="offer")
    assert taken.one("input", id="ask_amount").attributes["value"] == "10"
    for deal in Deal.objects.filter(stage=second):
        deal.lose(by=SYSTEM)  # now the second stage lets nothing through, and no guess at others leads to what was won
    assert not part(leader.get(PAGE, asked_for)).all("p", id="offer")


def test_activities_never_logged_are_not_known_to_take_none(leader: Client, pipeline: Pipeline, cast: Cast) -> None:
    first, *_others = pipeline.kept_stages()
    call, letter = (ActivityType(name=name).add(by=SYSTEM) for name in ("Rings", "Letters"))
    for _ in range(2):
        won = factories.deal(stage=first, owner=cast.owner, value=Decimal(10))
        for _ in range(3):
            factories.activity(deal=won, type=call, owner=cast.owner, done_at=timezone.now())
        won.win(by=SYSTEM)
    asked_for = {"amount": "10", "unit": "wins"} | {f"g{stage.pk}": "100" for stage in pipeline.kept_stages()}
    page = part(leader.get(PAGE, asked_for))
    assert page.one("input", id=f"ask_w{call.pk}").attributes["placeholder"] == "3.0"
    assert page.one("input", id=f"ask_q{letter.pk}").attributes["placeholder"] == "?"
    work = page.one("table", id="needed-work").text
    assert "Rings 3" in work
    assert "Letters" not in work
    assert (
        "Letters 2" in part(leader.get(PAGE, {**asked_for, f"q{letter.pk}": "2"})).one("table", id="needed-work").text
    )
