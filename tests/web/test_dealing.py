"""Acts on deals: one verb, one undo, and nothing for whoever may not."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import Level, User, Visibility
from leadline.crm.models import Deal, LostReason, Status
from leadline.crm.pipelines import add_pipeline
from leadline.history.models import Change
from tests import factories as make
from tests.cast import Cast

SignIn = Callable[[User], Client]
JSON = {"HTTP_ACCEPT": "application/json"}
SOON = (timezone.localdate() + dt.timedelta(days=30)).isoformat()


def act(client: Client, deal: Deal, name: str, **data: Any) -> Any:
    return client.post(f"/deals/{deal.pk}/{name}/", data, **JSON)


def state(deal: Deal) -> tuple[str, int | None]:
    deal.refresh_from_db()
    return deal.status, deal.stage_id


def taken_back(client: Client, answer: Any) -> None:
    done = json.loads(answer.headers["HX-Trigger"])["leadline:done"]
    assert client.post(f"/undo/{done['act']}/", **JSON).status_code == 200


def acts() -> list[tuple[str, dict[str, Any], str]]:
    return [
        ("stage", {"stage": make.stage(2).pk}, "open"),
        ("won", {}, "won"),
        ("lost", {"reason": make.lost_reason().pk, "note": "Too dear"}, "lost"),
        ("lost", {}, "lost"),
        ("parked", {"date": SOON, "reason": "Budget"}, "nurture"),
        ("month", {"month": "none"}, "open"),
    ]


@pytest.mark.parametrize("number", range(6))
def test_each_act_is_done_and_taken_back_as_one(cast: Cast, signed_in: SignIn, number: int) -> None:
    deal = make.deal(owner=cast.owner, expected_close_on=dt.date(2027, 3, 4))
    name, data, status = acts()[number]
    before, client = deal.snapshot(), signed_in(cast.owner)
    answer = act(client, deal, name, **data)
    assert answer.status_code == 200
    assert state(deal)[0] == status
    assert deal.snapshot() != before
    assert Change.objects.filter(entity="deal", record_id=deal.pk, by_id=cast.owner.pk).count() == 1
    taken_back(client, answer)
    deal.refresh_from_db()
    assert deal.snapshot() == before


def test_open_again(cast: Cast, signed_in: SignIn) -> None:
    deal = make.deal(owner=cast.owner, stage=make.stage(3)).win(by=SYSTEM)
    assert act(signed_in(cast.owner), deal, "open").status_code == 200
    assert state(deal) == ("open", make.stage(3).pk)


def test_into_another_pipeline(cast: Cast, signed_in: SignIn) -> None:
    other = add_pipeline("Renewals", ["Due"], by=SYSTEM)
    deal = make.deal(owner=cast.owner)
    assert act(signed_in(cast.owner), deal, "stage", stage=other.first_stage().pk).status_code == 200  # type: ignore[union-attr]
    deal.refresh_from_db()
    assert deal.pipeline_id == other.pk


def test_several_at_one_stroke_are_one_act(cast: Cast, signed_in: SignIn) -> None:
    deals = [make.deal(owner=cast.owner) for _ in range(3)]
    client = signed_in(cast.owner)
    answer = act(client, deals[0], "won", also=",".join(str(deal.pk) for deal in deals[1:]))
    assert {state(deal)[0] for deal in deals} == {"won"}
    assert "3 deals" in json.loads(answer.headers["HX-Trigger"])["leadline:done"]["text"]
    taken_back(client, answer)
    assert {state(deal)[0] for deal in deals} == {"open"}


def test_all_or_none(cast: Cast, signed_in: SignIn) -> None:
    Visibility(kind="deal", see=Level.EVERYONE, change=Level.OWNER).save()
    mine, other = make.deal(owner=cast.owner), make.deal(owner=cast.outsider)
    assert act(signed_in(cast.owner), mine, "won", also=str(other.pk)).status_code == 403
    assert {state(mine)[0], state(other)[0]} == {"open"}


# Who may change a deal of Olga's, seen by everybody and changed by her team.
MAY = {"administrator": 200, "leader": 200, "owner": 200, "teammate": 200, "outsider": 403, "reader": 403}


@pytest.mark.parametrize("part", MAY)
@pytest.mark.parametrize("number", range(6))
def test_who_may(cast: Cast, signed_in: SignIn, part: str, number: int) -> None:
    deal = make.deal(owner=cast.owner, expected_close_on=dt.date(2027, 3, 4))
    before = deal.snapshot()
    name, data, _status = acts()[number]
    answer = act(signed_in(getattr(cast, part)), deal, name, **data)
    assert answer.status_code == MAY[part]
    deal.refresh_from_db()
    assert (deal.snapshot() == before) is (MAY[part] == 403)
    if MAY[part] == 403:
        assert answer.json()["message"]


@pytest.mark.parametrize("name", ["stage", "won", "lost", "parked", "open", "month"])
def test_what_one_may_not_see_is_not_there(cast: Cast, signed_in: SignIn, name: str) -> None:
    Visibility(kind="deal", see=Level.OWNER).save()
    deal = make.deal(owner=cast.owner)
    data = {"stage": make.stage(1).pk, "date": SOON, "month": "none"}
    assert act(signed_in(cast.outsider), deal, name, **data).status_code == 404
    assert act(signed_in(cast.outsider), Deal(pk=99999), name, **data).status_code == 404


def test_what_cannot_be_is_refused_in_words(cast: Cast, signed_in: SignIn) -> None:
    deal, client = make.deal(owner=cast.owner), signed_in(cast.owner)
    gone = make.stage(4)
    gone.trash(by=SYSTEM)
    assert act(client, deal, "stage", stage=gone.pk).status_code == 404
    assert act(client, deal, "stage", stage="x").status_code == 404
    for date in ("", "nonsense", "2020-01-01"):
        answer = act(client, deal, "parked", date=date)
        assert answer.status_code == 422, date
        assert "come_back_on" in answer.json()["errors"]
    reason = make.lost_reason()
    reason.trash(by=SYSTEM)
    assert "lost_reason" in act(client, deal, "lost", reason=reason.pk).json()["errors"]
    assert state(deal)[0] == Status.OPEN


def test_lost_keeps_reason_and_note(cast: Cast, signed_in: SignIn) -> None:
    deal, reason = make.deal(owner=cast.owner), make.lost_reason("Price")
    act(signed_in(cast.owner), deal, "lost", reason=reason.pk, note="  Half of it ")
    deal.refresh_from_db()
    assert (deal.lost_reason, deal.lost_note) == (reason, "Half of it")


def test_the_answer_draws_the_card_where_a_board_asks(cast: Cast, signed_in: SignIn) -> None:
    deal, client = make.deal(title="Moved", owner=cast.owner), signed_in(cast.owner)
    cards = act(client, deal, "stage", stage=make.stage(1).pk, board="board").json()["cards"]
    assert [(card["id"], card["lane"]) for card in cards] == [(deal.pk, str(make.stage(1).pk))]
    assert "Moved" in cards[0]["html"]
    assert act(client, deal, "won", board="board").json()["cards"] == []


def test_htmx_gets_a_trigger_and_a_plain_form_a_page(cast: Cast, signed_in: SignIn) -> None:
    deal, client = make.deal(owner=cast.owner), signed_in(cast.owner)
    answer = client.post(f"/deals/{deal.pk}/won/", HTTP_HX_REQUEST="true")
    assert answer.status_code == 204
    assert json.loads(answer.headers["HX-Trigger"])["leadline:done"]["changes"][0]["id"] == deal.pk
    assert client.post(f"/deals/{deal.pk}/open/").headers["Location"] == f"/deals/{deal.pk}/"
    away = client.post(f"/deals/{deal.pk}/won/", {"next": "https://elsewhere.example/"})
    assert away.headers["Location"] == f"/deals/{deal.pk}/"
    assert client.post(f"/deals/{deal.pk}/open/", {"next": "/pipeline/"}).headers["Location"] == "/pipeline/"


@pytest.mark.parametrize("name", ["stage", "won", "lost", "parked", "open", "month"])
def test_looking_changes_nothing(cast: Cast, signed_in: SignIn, name: str) -> None:
    deal = make.deal(owner=cast.owner)
    assert signed_in(cast.owner).get(f"/deals/{deal.pk}/{name}/").status_code == 405


def test_added_by_one_line(cast: Cast, signed_in: SignIn) -> None:
    answer = signed_in(cast.owner).post(
        "/deals/add/", {"title": "Acme renewal 12k @Theo", "stage": make.stage(1).pk, "board": "board"}, **JSON
    )
    assert answer.status_code == 200
    deal = Deal.objects.get()
    assert (deal.title, deal.value, deal.owner, deal.stage) == ("Acme renewal", 12000, cast.teammate, make.stage(1))
    assert "Acme renewal" in answer.json()["cards"][0]["html"]


def test_added_it_belongs_to_whoever_adds_it(cast: Cast, signed_in: SignIn) -> None:
    make.pipeline()
    signed_in(cast.owner).post("/deals/add/", {"title": "Plain"}, **JSON)
    deal = Deal.objects.get()
    assert (deal.owner, deal.stage, deal.value) == (cast.owner, make.stage(0), None)


def test_adding_is_refused_in_words(cast: Cast, signed_in: SignIn) -> None:
    make.pipeline()
    assert "title" in signed_in(cast.owner).post("/deals/add/", {"title": "  "}, **JSON).json()["errors"]
    assert signed_in(cast.owner).post("/deals/add/", {"title": "x" * 300}, **JSON).status_code == 422
    assert signed_in(cast.owner).post("/deals/add/", {"title": "x", "stage": "99999"}, **JSON).status_code == 404
    assert signed_in(cast.reader).post("/deals/add/", {"title": "x"}, **JSON).status_code == 403
    assert not Deal.objects.exists()


def test_how_a_line_would_be_read(cast: Cast, signed_in: SignIn) -> None:
    said = signed_in(cast.owner).get("/deals/line/", {"title": "Acme 12.5k @theo"}).json()
    assert said == {"title": "Acme", "value": "$12,500", "owner": "Theo", "note": ""}


def test_a_reason_is_added_with_the_loss_and_taken_back_with_it(cast: Cast, signed_in: SignIn) -> None:
    deals = [make.deal(owner=cast.owner) for _ in range(2)]
    client = signed_in(cast.leader)
    answer = act(client, deals[0], "lost", new_reason=" No   answer ", note="Silence", also=str(deals[1].pk))
    assert answer.status_code == 200
    reason = LostReason.objects.kept().get(name="No answer")
    assert {Deal.objects.get(pk=deal.pk).lost_reason for deal in deals} == {reason}
    taken_back(client, answer)
    assert {state(deal)[0] for deal in deals} == {"open"}
    assert not LostReason.objects.kept().exists()


def test_a_reason_that_is_there_is_not_added_again(cast: Cast, signed_in: SignIn) -> None:
    deal, price = make.deal(owner=cast.owner), make.lost_reason("Price")
    assert act(signed_in(cast.owner), deal, "lost", new_reason="price").status_code == 200
    deal.refresh_from_db()
    assert (deal.lost_reason, LostReason.objects.count()) == (price, 1)


def test_only_who_leads_adds_a_reason(cast: Cast, signed_in: SignIn) -> None:
    deal = make.deal(owner=cast.owner)
    assert act(signed_in(cast.owner), deal, "lost", new_reason="Whim").status_code == 403
    assert (state(deal)[0], LostReason.objects.count()) == ("open", 0)
    for part, offered in (("owner", False), ("leader", True)):
        client = signed_in(getattr(cast, part))
        for address in (f"/deals/{deal.pk}/", f"/pipeline/{deal.pipeline_id}/"):
            assert ('name="new_reason"' in client.get(address).content.decode()) is offered


def test_a_name_that_nobody_bears_is_said_before_the_line_is_sent(cast: Cast, signed_in: SignIn) -> None:
    line = signed_in(cast.owner).get("/deals/line/", {"title": "Acme 12k CHF @Nobody"}).json()
    assert line["title"] == "Acme @Nobody"
    assert "CHF" in line["value"]
    assert line["note"] == "no colleague is called Nobody"
