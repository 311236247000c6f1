"""Goals on their page: set with what history says, seen by those who lead, refused in words, ended, taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User
from leadline.activities.models import Activity, ActivityType, Goal, Habits
from leadline.history.undoing import undo_act
from leadline.insights.ask_goals import company_day, standings
from tests import factories
from tests.cast import Cast
from tests.web.answers import act_of

SignIn = Callable[[User], Client]
pytestmark = pytest.mark.django_db(transaction=True)
HTMX = {"HTTP_HX_REQUEST": "true"}
PAGE = "/today/goals/"
WEEK = dt.timedelta(weeks=1)


def given(**more: Any) -> dict[str, Any]:
    return {"metric": "activities_done", "amount": "3", "every": "week", "start_on": "2026-01-05", **more}


def goal(by: Any = SYSTEM, **fields: Any) -> Goal:
    usual = {"metric": "activities_done", "every": "week", "amount": Decimal(3), "start_on": dt.date(2026, 1, 5)}
    return Goal(**{**usual, **fields}).add(by=by)


def worked(owner: User, kind: ActivityType, weeks: range, count: int) -> None:
    now = dt.datetime.combine(company_day(), dt.time(12), dt.UTC)
    for week in weeks:
        for _ in range(count):
            Activity(type=kind, owner=owner, created_at=now - week * WEEK).add(
                by=SYSTEM, at=now - week * WEEK
            ).complete(by=SYSTEM, at=now - week * WEEK)


def test_a_goal_is_set_changed_ended_and_taken_back(cast: Cast, signed_in: SignIn) -> None:
    client, call = signed_in(cast.owner), ActivityType(name="Call").add(by=SYSTEM)
    answer = client.post(f"{PAGE}add/", given(type_ids=call.pk), **HTMX)
    assert (answer.status_code, Goal.objects.get().type_ids) == (204, [call.pk])
    row = Goal.objects.get()
    assert (row.owner, row.amount) == (cast.owner, 3)
    refused = client.post(f"{PAGE}add/", given(type_ids=call.pk, amount="9"), **HTMX)
    assert refused.status_code == 422
    assert "There is such a goal already" in refused.content.decode()
    assert client.post(f"{PAGE}{row.pk}/", given(amount="1,200"), **HTMX).status_code == 204
    row.refresh_from_db()
    assert (row.amount, row.type_ids) == (1200, [])
    ended = client.post(f"{PAGE}{row.pk}/end/", **HTMX)
    row.refresh_from_db()
    assert row.end_on is not None
    assert row.end_on < company_day()
    assert standings(cast.owner) == []
    undo_act(act_of(ended), by=cast.owner)
    assert [one.goal for one in standings(cast.owner)] == [row]
    page = client.get(PAGE).content.decode()
    assert "of 1,200 this week" in page
    assert "<style" not in page
    assert ' style="' not in page


def test_what_history_says_stands_beside_the_amount(cast: Cast, signed_in: SignIn) -> None:
    call, client = ActivityType(name="Call").add(by=SYSTEM), signed_in(cast.owner)

    def said(**more: Any) -> str:
        return client.get(f"{PAGE}likely/", given(**more), **HTMX).content.decode()

    assert "History cannot tell yet" in said()
    worked(cast.owner, call, range(1, 4), 4)
    assert "Too little history" in said()
    worked(cast.owner, call, range(4, 9), 2)
    assert "Reached in 3 of the last 8 weeks" in said(amount="4")
    hard = said(amount="30")
    assert "30 was never reached" in hard
    assert 'data-take="2"' in hard
    assert "your history says" in said(amount="")
    assert "your history says" in said(metric="stage_entries")


def test_those_who_lead_see_the_same_page_and_nobody_else_does(cast: Cast, signed_in: SignIn) -> None:
    row, team = goal(owner=cast.owner, name="Ring ten"), goal(team=cast.owner.team, name="All together")
    lena, theo = signed_in(cast.leader), signed_in(cast.teammate)
    assert "Ring ten" in lena.get(PAGE, {"of": cast.owner.pk}).content.decode()
    assert "All together" in theo.get(PAGE, {"of": f"team-{team.team_id}"}).content.decode()
    assert lena.post(f"{PAGE}add/", given(of=cast.teammate.pk), **HTMX).status_code == 204
    assert lena.post(f"{PAGE}add/", given(of="company"), **HTMX).status_code == 204
    for client, of in ((theo, cast.owner.pk), (theo, 999_999), (lena, "team-x")):
        assert client.get(PAGE, {"of": of}).status_code == 404
        assert client.post(f"{PAGE}add/", given(of=of), **HTMX).status_code == 404
    for address in (f"{PAGE}{row.pk}/", f"{PAGE}{row.pk}/end/"):
        assert theo.post(address, given(), **HTMX).status_code == 404
    assert theo.post(f"{PAGE}{team.pk}/end/", **HTMX).status_code == 403
    assert theo.post(f"{PAGE}add/", given(of="company"), **HTMX).status_code in (403, 422)
    assert signed_in(cast.reader).get(f"{PAGE}add/").status_code == 403
    assert signed_in(cast.reader).get(PAGE).status_code == 200


def test_what_a_goal_may_not_say(cast: Cast) -> None:
    call, stage = ActivityType(name="Call").add(by=SYSTEM), factories.stage(1)
    for fields, told in (
        ({"metric": "win_rate"}, "Choose what to count"),
        ({"metric": "stage_entries"}, "Choose the stage"),
        ({"stage": stage}, "Leave the stage out"),
        ({"metric": "deals_won", "type_ids": [call.pk]}, "Leave the types out"),
        ({"type_ids": [999]}, "is not there"),
        ({"type_ids": ["x"]}, "Choose types"),
        ({"amount": Decimal(0)}, "above 0"),
        ({"amount": Decimal("1.5")}, "whole number"),
        ({"end_on": dt.date(2025, 1, 1)}, "Choose a later one"),
        ({"team": cast.owner.team}, "not of both"),
    ):
        with pytest.raises(ValidationError, match=told):
            goal(owner=cast.owner, **fields)
    first = goal(owner=cast.owner, end_on=dt.date(2026, 3, 1))
    goal(owner=cast.owner, start_on=dt.date(2026, 3, 2))  # one after the other
    goal(owner=cast.owner, type_ids=[call.pk])
    with pytest.raises(ValidationError, match="already"):
        first.edit(by=cast.owner, end_on=dt.date(2026, 3, 2))
    for by, fields, told in (
        (cast.owner, {"team": cast.owner.team}, "Only those who lead"),
        (cast.owner, {}, "Only those who lead"),
        (cast.owner, {"owner": cast.teammate}, "for those you lead"),
        (cast.reader, {"owner": cast.reader}, "may not add"),
    ):
        with pytest.raises(PermissionDenied, match=told):
            goal(by, metric="deals_won", **fields)
    kept = goal(metric="stage_entries", stage=stage, owner=cast.owner)
    stage.trash(by=SYSTEM)
    assert [one.mend for one in standings(cast.owner) if one.goal == kept] == [
        "Its stage is deleted. End the goal, or choose another stage."
    ]


def test_only_who_asks_for_it_is_on_the_board_and_nobody_is_last(cast: Cast, signed_in: SignIn) -> None:
    call, olga = ActivityType(name="Call").add(by=SYSTEM), signed_in(cast.owner)
    for person, weeks in ((cast.owner, 2), (cast.teammate, 5), (cast.outsider, 1)):
        goal(owner=person, start_on=company_day() - 8 * WEEK)
        worked(person, call, range(1, weeks + 1), 3)
    assert olga.get(f"{PAGE}board/").status_code == 403
    assert "Nobody is on the board yet" in signed_in(cast.leader).get(f"{PAGE}board/").content.decode()
    Habits.objects.create(user=cast.teammate, on_leader_board=True)
    board = olga.post(f"{PAGE}board/join/", {"on": "1"}, **HTMX).content.decode()
    assert board.index("Theo") < board.index("Olga")
    assert "5 weeks in a row" in board
    assert "Umar" not in board
    left = olga.post(f"{PAGE}board/join/", {"on": "0"}, **HTMX).content.decode()
    assert "Theo" not in left
