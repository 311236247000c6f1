"""A target is held only against deals of which all are seen, and counts what lies in its own pipelines."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import Level, User, Visibility
from leadline.crm.models import Pipeline, Stage, Target
from leadline.crm.targeting import Who
from leadline.history import members
from leadline.insights import ask, ask_health
from leadline.insights.aims import aim_for
from leadline.insights.ask_attainment import attainment
from leadline.insights.ask_needed import asked_of, needed_for
from leadline.insights.sight import COMPANY, sight_of
from leadline.web.settings.targets.reached import reached
from tests import factories
from tests.cast import Cast, assemble

pytestmark = pytest.mark.django_db(transaction=True)
DAY = dt.timedelta(days=1)
TODAY = timezone.localdate


@pytest.fixture
def cast() -> Cast:
    return assemble()


def target(amount: int, **whose: object) -> Target:
    days = {"start_on": TODAY() - 10 * DAY, "end_on": TODAY() + 80 * DAY}
    return Target(amount=Decimal(amount), **days, **whose).add(by=SYSTEM)  # type: ignore[arg-type]  # fields


def only_own(level: str = Level.OWNER) -> None:
    members.add(Visibility(kind="deal", see=level, change=Level.OWNER), by=SYSTEM)


def whose(user: User) -> tuple[object, ...]:
    aim = aim_for(user, TODAY(), Pipeline.default().pk)  # type: ignore[union-attr]  # there is one
    return (None,) if aim is None else (aim.amount, aim.person, aim.team)


def test_r31_who_sees_a_part_is_told_their_own_target_or_none(cast: Cast) -> None:
    factories.pipeline()
    north = cast.owner.team_id
    target(9000)
    target(500, team_id=north)
    target(100, user=cast.owner)
    assert whose(cast.owner) == (9000, None, None)  # everybody sees everything
    only_own()
    assert whose(cast.owner) == (100, cast.owner.pk, None)
    assert whose(cast.teammate) == (None,)
    assert whose(cast.leader) == whose(cast.administrator) == (9000, None, None)
    assert aim_for(cast.owner, TODAY(), Pipeline.default().pk, team=north) is None  # type: ignore[union-attr]
    Visibility.objects.get(kind="deal").delete()
    only_own(Level.TEAM)
    assert whose(cast.owner) == whose(cast.teammate) == (500, None, north)
    assert sight_of(cast.owner).widest == (None, north)
    factories.deal(owner=cast.administrator)
    assert sight_of(cast.leader).widest != COMPANY  # one deal is hidden from the leader
    assert sight_of(None).whole()


def test_nothing_sets_the_companys_target_beside_a_part_of_its_deals(cast: Cast) -> None:
    stage = factories.pipeline().kept_stages()[0]
    long_ago = timezone.now() - 200 * DAY
    for owner in (cast.owner, cast.outsider):
        for at in (long_ago, timezone.now() - DAY):
            factories.deal(owner=owner, stage=stage, value=Decimal(100), created_at=at, at=at).win(by=SYSTEM, at=at)
    target(9000)
    own = target(150, user=cast.owner)
    target(150, user=cast.outsider)
    only_own()
    assert [(each.target.target, each.done) for each in attainment(user=cast.owner)] == [(own.pk, 100)]
    assert len(attainment(user=cast.administrator)) == 3
    asked = {"start": TODAY() - 10 * DAY, "end": TODAY() + 80 * DAY}
    assert ask.report("coverage", **asked, user=cast.owner).rows[0]["target"] is None
    assert ask.report("coverage", **asked, user=cast.administrator).rows[0]["target"] == 9000
    rows = ask.report("coverage", by=["owner"], **asked, user=cast.owner).rows
    assert [(row["owner"], row["target"]) for row in rows] == [("Olga", 150)]
    assert set(reached("booked_revenue", TODAY(), cast.owner)) == {Who(user_id=cast.owner.pk)}
    assert Who() in reached("booked_revenue", TODAY(), cast.administrator)


def test_health_says_why_it_cannot_tell(cast: Cast, client: Client) -> None:
    factories.deal(owner=cast.teammate, stage=factories.pipeline().kept_stages()[0])
    target(9000)
    only_own()
    first = ask_health.health(user=cast.teammate).answers[0]
    assert (first.verdict, first.because) == ("unknown", "not_all_seen")
    assert ask_health.health(user=cast.administrator, where={"source": None}).answers[2].because == "narrowed"
    client.force_login(cast.teammate)
    assert "You do not see all deals" in client.get("/insights/health/questions/").content.decode()
    target(100, user=cast.teammate)
    assert "of the person whose target it is" in client.get("/insights/health/questions/").content.decode()


def test_a_target_of_all_pipelines_counts_what_is_won_in_any(cast: Cast, client: Client) -> None:
    sales, renewals = factories.pipeline(), Pipeline(name="Renewals", position=1).add(by=SYSTEM)
    Stage(pipeline=renewals, name="Due", position=0).add(by=SYSTEM)
    for stage in (sales.kept_stages()[0], renewals.kept_stages()[0]):
        factories.deal(owner=cast.owner, stage=stage, value=Decimal(100)).win(by=SYSTEM)
    target(1000)
    aim = aim_for(cast.leader, TODAY(), sales.pk)
    assert aim
    assert needed_for(asked_of(aim, sales.pk), cast.leader).plan.goal.reached == 200
    client.force_login(cast.leader)
    page = client.get("/insights/calculator/").content.decode()
    assert "what is won in any counts" in page
    assert 'name="everywhere" value="1" checked' in page
    assert "Enough is asked of the pipeline" in client.get("/insights/health/questions/").content.decode()
    target(300, pipeline=sales)
    aim = aim_for(cast.leader, TODAY(), sales.pk)
    assert aim
    assert needed_for(asked_of(aim, sales.pk), cast.leader).plan.goal.reached == 100


def test_r16_a_deal_has_the_same_chance_for_everybody_who_sees_it(cast: Cast) -> None:
    stage, overdue = factories.pipeline().kept_stages()[0], TODAY() - DAY
    at = timezone.now() - 30 * DAY
    begun: dict[str, Any] = {"stage": stage, "created_at": at, "at": at}
    for number in range(6):
        deal = factories.deal(owner=cast.outsider, **begun)
        (deal.win if number < 3 else deal.lose)(by=SYSTEM, at=at + 10 * DAY)
    mine = factories.deal(owner=cast.owner, expected_close_on=overdue, **begun)
    theirs = factories.deal(owner=cast.outsider, expected_close_on=overdue, **begun)
    only_own()
    own = {each.deal: each.chance for each in ask_health.health(user=cast.owner).pressing}
    whole = {each.deal: each.chance for each in ask_health.health(user=cast.administrator).pressing}
    assert whole.keys() == {mine.pk, theirs.pk}
    assert own == {mine.pk: whole[mine.pk]}
    assert own[mine.pk]
    (asked,) = ask.report("projected_conversion", user=cast.owner).rows
    assert asked["n"] == 1  # what is asked for itself stays one's own


def test_r19_a_deal_is_as_doubtful_to_everybody_who_sees_it(cast: Cast) -> None:
    stage = factories.pipeline().kept_stages()[0]
    now = timezone.now()
    for number in range(110):
        at = now - dt.timedelta(days=40 + number)
        deal = factories.deal(owner=cast.outsider, stage=stage, value=Decimal(100 + number), created_at=at, at=at)
        (deal.win if number % 2 else deal.lose)(by=SYSTEM, at=at + 20 * DAY)
    mine = factories.deal(owner=cast.owner, stage=stage, value=Decimal(50), created_at=now - 30 * DAY)
    only_own()
    (own,) = ask.report("fluff_share", user=cast.owner).rows
    (whole,) = ask.report("fluff_share", user=cast.administrator).rows
    assert own == whole
    assert own["learnt_from"] >= 110
    assert own["low"] is not None
    assert ask.records_behind("fluff_share", {}, user=cast.owner) == [mine.pk]
