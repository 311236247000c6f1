"""Targets in the settings: cells, whole quarters, other days, what is refused, and what history says of them (R49)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User
from leadline.crm.models import Target
from leadline.crm.targeting import Span, Who, set_target
from leadline.crm.working_time import set_week
from leadline.history.undoing import undo_act
from leadline.imports.importing import carry_out, prepare
from leadline.imports.planning.options import Options
from leadline.web.settings.targets.quarters import quarters_of, year_of
from leadline.web.settings.targets.reached import Reached
from tests import factories
from tests.cast import Cast
from tests.web.answers import act_of, at, errors, leader, part

SignIn = Callable[[User], Client]
__all__ = ["leader"]  # the fixture
pytestmark = pytest.mark.django_db(transaction=True)
HTMX = {"HTTP_HX_REQUEST": "true"}
PAGE = "/settings/targets/"
FIRST, SECOND = "2026-01-01", "2026-04-01"


def put(client: Client, who: str, amount: str, quarter: str = FIRST, **more: str) -> Any:
    return client.post(at("target_set"), {"who": who, "quarter": quarter, "amount": amount, **more}, **HTMX)


def amounts() -> dict[tuple[int | None, dt.date], Decimal]:
    return {(row.user_id, row.start_on): row.amount for row in Target.objects.kept()}


def test_a_cell_is_set_changed_and_taken_away(leader: Client, cast: Cast) -> None:
    who = f"user-{cast.owner.pk}"
    page = part(put(leader, who, "12k", year="2026"))
    assert page.one("input", id=f"t-{who}-{FIRST}").attributes["value"] == "12000"
    answer = put(leader, who, "15,000")
    assert amounts() == {(cast.owner.pk, dt.date(2026, 1, 1)): Decimal(15_000)}
    undo_act(act_of(answer), by=cast.leader)
    assert list(amounts().values()) == [Decimal(12_000)]
    assert put(leader, who, "").status_code == 200
    assert amounts() == {}
    for wrong in (("", "-5"), ("user-999999", "5"), ("nobody-1", "5"), (who, "a lot")):
        refused = put(leader, *wrong)
        assert refused.status_code == 422
        assert len(errors(refused)) == 1
    assert put(leader, who, "5", quarter="2026-02-01").status_code == 422


def test_a_quarter_is_filled_in_one_act(leader: Client, cast: Cast) -> None:
    same = leader.post(at("target_fill"), {"quarter": FIRST, "how": "same", "amount": "10k"}, **HTMX)
    everybody = User.objects.who_may_own().count()
    assert (same.status_code, len(amounts())) == (200, everybody)
    put(leader, f"user-{cast.owner.pk}", "20k")
    grown = leader.post(at("target_fill"), {"quarter": SECOND, "how": "grown", "amount": "10"}, **HTMX)
    assert amounts()[cast.owner.pk, dt.date(2026, 4, 1)] == 22_000
    assert amounts()[cast.teammate.pk, dt.date(2026, 4, 1)] == 11_000
    undo_act(act_of(grown), by=cast.leader)
    assert len(amounts()) == everybody
    for form in ({"quarter": "2030-01-01", "how": "grown", "amount": "10"}, {"quarter": FIRST, "amount": ""}):
        assert leader.post(at("target_fill"), form, **HTMX).status_code == 422


def test_other_days_stand_below_and_never_overlap(leader: Client, cast: Cast) -> None:
    put(leader, "", "100k")
    form = {"who": "", "start_on": "2026-03-01", "end_on": "2026-04-30", "amount": "5"}
    refused = leader.post(at("target_add"), form, **HTMX)
    assert refused.status_code == 422
    assert "target from 1 Jan 2026 to 31 Mar 2026 already" in refused.content.decode()
    answer = leader.post(at("target_add"), {**form, "start_on": "2026-04-02", "year": "2026"}, **HTMX)
    assert "The company" in part(answer).one("ul", class_="other-targets").text
    pk = Target.objects.kept().latest("pk").pk
    assert leader.post(at("target_delete", pk), **HTMX).status_code == 200
    assert Target.objects.kept().count() == 1


def test_people_see_their_own_and_change_nothing(signed_in: SignIn, cast: Cast) -> None:
    span = Span("booked_revenue", dt.date(2026, 1, 1), dt.date(2026, 3, 31))
    set_target(Who(user_id=cast.owner.pk), span, Decimal(111), by=SYSTEM)
    set_target(Who(user_id=cast.teammate.pk), span, Decimal(222), by=SYSTEM)
    client = signed_in(cast.owner)
    text = part(client.get(PAGE + "?year=2026")).text
    assert "$111" in text
    assert "$222" not in text
    assert client.post(at("target_set"), {"who": "", "quarter": FIRST, "amount": "1"}).status_code == 403
    assert client.post(at("target_delete", Target.objects.get(amount=222).pk)).status_code == 404


def test_r49_history_says_when_a_target_is_out_of_reach(leader: Client, cast: Cast) -> None:
    assert Reached((1000.0, 2000.0)).unrealistic(2600)
    assert not Reached((1000.0, 2000.0)).unrealistic(2400)
    assert not Reached((0.0, 2000.0)).unrealistic(9000)  # one good quarter says nothing
    now = dt.datetime.now(dt.UTC)
    for days in (120, 220, 320):
        deal = factories.deal(owner=cast.owner, value=Decimal(1000), created_at=now - dt.timedelta(days=days))
        deal.win(by=SYSTEM, at=now - dt.timedelta(days=days))
    quarter = next(q for q in quarters_of(year_of(now.date())) if q.start_on <= now.date() <= q.end_on)
    page = part(put(leader, f"user-{cast.owner.pk}", "50k", quarter.key, year=str(year_of(now.date()))))
    assert "Far above the best quarter" in page.text
    assert "Far above" not in part(put(leader, f"user-{cast.owner.pk}", "1100", quarter.key)).text


def test_quarters_follow_the_companys_year(db: None) -> None:
    set_week(by=SYSTEM, fiscal_month=2)
    assert [quarter.key for quarter in quarters_of(2026)] == ["2026-02-01", "2026-05-01", "2026-08-01", "2026-11-01"]
    assert quarters_of(2026)[-1].end_on == dt.date(2027, 1, 31)
    assert year_of(dt.date(2026, 1, 31)) == 2025


@pytest.mark.parametrize("month", [1, 4])
def test_the_table_to_fill_in_is_what_the_import_reads(leader: Client, cast: Cast, tmp_path: Path, month: int) -> None:
    set_week(by=SYSTEM, fiscal_month=month)
    quarter = quarters_of(2026)[0]
    for who, amount in (
        (Who(user_id=cast.owner.pk), 12_000),
        (Who(team_id=cast.owner.team_id), 30_000),
        (Who(), 90_000),
    ):
        set_target(who, quarter.span("booked_revenue"), Decimal(amount), by=SYSTEM)
    page = leader.get(PAGE, {"year": 2026}).content.decode()
    assert f"{at('target_template')}?metric=booked_revenue&amp;year=2026" in page
    answer = leader.get(at("target_template"), {"year": 2026})
    assert 'filename="targets-booked_revenue-2026.csv"' in answer.headers["Content-Disposition"]
    file = tmp_path / "targets-booked_revenue-2026.csv"
    file.write_bytes(answer.content)
    arrival, plan = prepare([file], Options(), user=cast.leader, progress=lambda label, count: None)
    result = carry_out(arrival, plan, user=cast.leader, progress=lambda label, count: None)
    assert (result.created, result.updated, result.unchanged) == (0, 0, 3)
    assert {(fault.column, fault.reason) for fault in result.failures} == {("amount", "the amount is missing")}
    assert result.failed == result.read - 3
