"""Many records at once: each asked about by itself, one act, one undo."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User, Visibility
from leadline.accounts.permissions import may
from leadline.crm.listing import changing
from leadline.crm.models import Deal, Lead
from leadline.history.models import Change
from leadline.history.undoing import undo_act
from tests import factories as make
from tests.cast import Cast

SignedIn = Callable[[User], Client]
JSON = {"Accept": "application/json"}


def do(client: Client, deed: str, deals: list[Any], at: str = "deals", **more: Any) -> dict[str, Any]:
    given = {"deed": deed, "ids": ",".join(str(deal.pk) for deal in deals), **more}
    answer = client.post(reverse(f"{at}_bulk"), given, headers=JSON)
    assert answer.status_code == 200, answer.content
    said: dict[str, Any] = json.loads(answer.content)
    if said["changed"] and said["next"] is None:
        toast = json.loads(answer.headers["HX-Trigger"])["leadline:done"]
        assert toast["act"] == said["act"]
        said["text"] = toast["text"]
    return said


@pytest.fixture
def deals(cast: Cast) -> list[Deal]:
    owners = (cast.owner, cast.owner, cast.teammate, cast.outsider)
    return [make.deal(title=f"deal {n}", owner=owner) for n, owner in enumerate(owners)]


def fresh(deals: list[Deal]) -> list[Deal]:
    by_pk = {deal.pk: deal for deal in Deal.objects.filter(pk__in=[deal.pk for deal in deals])}
    return [by_pk[deal.pk] for deal in deals]


def test_each_record_has_its_answer_and_refused_ones_hold_no_other_back(
    deals: list[Deal], cast: Cast, signed_in: SignedIn
) -> None:
    said = do(signed_in(cast.owner), "field", deals, name="owner", value=str(cast.teammate.pk))
    assert said["changed"] == [deals[0].pk, deals[1].pk]
    assert said["same"] == [deals[2].pk]
    [(refused, name, reason)] = said["refused"]
    assert (refused, name) == (deals[3].pk, "deal 3")
    assert "may not" in reason
    assert said["text"] == "Owner changed on 2 records."
    assert [deal.owner for deal in fresh(deals)] == [cast.teammate] * 3 + [cast.outsider]


def test_it_is_one_act_and_one_undo_takes_it_back(deals: list[Deal], cast: Cast, signed_in: SignedIn) -> None:
    said = do(signed_in(cast.administrator), "won", deals)
    act = uuid.UUID(said["act"])
    changes = list(Change.objects.filter(act=act))
    assert len(changes) == 4
    assert {(change.by_id, change.via, change.verb) for change in changes} == {(cast.administrator.pk, "web", "change")}
    assert {deal.status for deal in fresh(deals)} == {"won"}
    assert all(deal.last_touch_at for deal in fresh(deals)), "a person's hand touches (R3)"
    undo_act(act, by=cast.administrator)
    assert {deal.status for deal in fresh(deals)} == {"open"}


def test_the_log_and_the_row_are_what_the_single_verb_writes(
    deals: list[Deal], cast: Cast, signed_in: SignedIn
) -> None:
    alone, together = make.deal(title="x", owner=cast.owner), make.deal(title="x", owner=cast.owner)
    reason = make.lost_reason()
    alone.lose(reason, by=cast.owner, note="dear")
    do(signed_in(cast.owner), "lost", [together], reason=str(reason.pk), note="dear")
    one, other = (Change.objects.filter(entity="deal", record_id=pk).latest("id") for pk in (alone.pk, together.pk))
    assert one.old.keys() == other.old.keys()
    assert {k: v for k, v in one.new.items() if k != "closed_at"}.keys() == {
        k: v for k, v in other.new.items() if k != "closed_at"
    }.keys()
    row, batch = (Deal.objects.filter(pk=pk).values().get() for pk in (alone.pk, together.pk))
    differ = {name for name in row if row[name] != batch[name]}
    assert differ <= {"id", "closed_at", "updated_at", "added_at", "created_at", "last_touch_at", "stage_entered_at"}


def _competitor(name: str) -> Any:
    return lambda deal, by: deal.edit(by=by, competitor=name)


@pytest.mark.parametrize("part", ["reader", "inactive", "outsider", "teammate", "leader", "administrator"])
def test_many_is_permitted_exactly_as_one(part: str, deals: list[Deal], cast: Cast) -> None:
    person: User = getattr(cast, part)
    for n, (see, change) in enumerate(
        (("everyone", "team"), ("everyone", "owner"), ("team", "team"), ("owner", "owner"))
    ):
        Visibility.objects.update_or_create(kind="deal", defaults={"see": see, "change": change})
        seen = Deal.objects.visible_to(person)
        allowed = {deal.pk for deal in seen if may(person, "change", deal)}
        outcome = changing.change_all(
            seen, [deal.pk for deal in deals], _competitor(f"{n}"), person.via("web").together()
        )
        assert set(outcome.changed) == allowed
        assert set(outcome.refused) == {deal.pk for deal in deals} - allowed


def test_what_one_may_not_see_is_not_there(deals: list[Deal], cast: Cast, signed_in: SignedIn) -> None:
    Visibility.objects.create(kind="deal", see="owner", change="owner")
    said = do(signed_in(cast.owner), "trash", [deals[0], deals[3]])
    assert said["changed"] == [deals[0].pk]
    assert said["refused"] == [[deals[3].pk, "", "It is not there any more, or not open to you."]]
    assert not Deal.objects.get(pk=deals[3].pk).deleted_at


def test_a_bad_value_is_refused_once_and_nothing_is_written(deals: list[Deal], cast: Cast, signed_in: SignedIn) -> None:
    client, ids = signed_in(cast.administrator), ",".join(str(deal.pk) for deal in deals)
    before = Change.objects.count()
    for given in (
        {"deed": "field", "name": "value", "value": "lots"},
        {"deed": "field", "name": "owner", "value": "999999"},
        {"deed": "field", "name": "stage", "value": ""},
        {"deed": "label"},
        {"deed": "parked", "come_back_on": "soon"},
    ):
        assert client.post("/deals/bulk/", {"ids": ids, **given}, headers=JSON).status_code == 422, given
    for given in ({"deed": "burn"}, {"deed": "field", "name": "colour", "value": "1"}, {"deed": "discarded"}):
        assert client.post("/deals/bulk/", {"ids": ids, **given}, headers=JSON).status_code == 404, given
    said = do(client, "parked", deals, come_back_on="2020-01-01")
    assert len(said["refused"]) == 4
    assert Change.objects.count() == before


def test_a_negative_value_is_refused_by_each(deals: list[Deal], cast: Cast, signed_in: SignedIn) -> None:
    said = do(signed_in(cast.administrator), "field", deals, name="value", value="-5")
    assert said["changed"] == []
    assert len(said["refused"]) == 4
    assert "below 0" in said["refused"][0][2]
    assert {deal.value for deal in fresh(deals)} == {1000}


def test_all_that_the_list_holds_in_portions_of_one_act(
    monkeypatch: pytest.MonkeyPatch, cast: Cast, signed_in: SignedIn
) -> None:
    from leadline.web.lists import many

    monkeypatch.setattr(many, "CHUNK", 4)
    chosen = [make.deal(owner=cast.owner, competitor="old") for _n in range(10)]
    other = make.deal(owner=cast.owner)
    client, go, portions, act, changed = signed_in(cast.owner), "", 0, "", 0
    while go is not None:
        answer = client.post(
            "/deals/bulk/?competitor=old&status=open",
            {
                "deed": "field",
                "name": "competitor",
                "value": "new",
                "all": "yes",
                "from": go,
                "act": act,
                "changed": changed,
            },
            headers=JSON,
        )
        said = json.loads(answer.content)
        portions, changed, go = portions + 1, changed + len(said["changed"]), said["next"]
        assert act in ("", said["act"])
        act = said["act"]
        assert ("HX-Trigger" in answer.headers) == (go is None)
    assert portions == 3
    assert json.loads(answer.headers["HX-Trigger"])["leadline:done"]["text"] == "Competitor changed on 10 records."
    assert {deal.competitor for deal in fresh(chosen)} == {"new"}
    assert Deal.objects.get(pk=other.pk).competitor == ""
    assert undo_act(uuid.UUID(act), by=cast.owner).left == []
    assert {deal.competitor for deal in fresh(chosen)} == {"old"}


def test_nobody_joins_the_act_of_another(deals: list[Deal], cast: Cast, signed_in: SignedIn) -> None:
    act = do(signed_in(cast.owner), "won", deals[:1])["act"]
    assert do(signed_in(cast.teammate), "won", [deals[2]], act=act)["act"] != act
    assert do(signed_in(cast.owner), "won", [deals[1]], act=act)["act"] == act
    assert do(signed_in(cast.owner), "open", [deals[1]], act="nonsense")["act"] != act


def test_labels_stages_the_trash_and_back(deals: list[Deal], cast: Cast, signed_in: SignedIn) -> None:
    client, label = signed_in(cast.administrator), make.label()
    do(client, "label", deals, value=str(label.pk))
    assert all(deal.label_ids == [label.pk] for deal in fresh(deals))
    do(client, "unlabel", deals[:1], value=str(label.pk))
    assert fresh(deals)[0].label_ids == []
    stage = make.stage(3)
    do(client, "field", deals, name="stage", value=str(stage.pk))
    assert {deal.stage for deal in fresh(deals)} == {stage}
    do(client, "trash", deals)
    assert all(deal.deleted_at for deal in fresh(deals))
    do(client, "restore", deals)
    assert not any(deal.deleted_at for deal in fresh(deals))
    tomorrow = (dt.datetime.now(dt.UTC) + dt.timedelta(days=2)).date()
    do(client, "parked", deals, come_back_on=tomorrow.isoformat())
    assert {deal.status for deal in fresh(deals)} == {"nurture"}
    do(client, "open", deals)
    assert {deal.status for deal in fresh(deals)} == {"open"}


def test_leads_activities_people_and_products(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in(cast.administrator)
    lead, activity, person, product = make.lead(), make.activity(deal=make.deal()), make.person(), make.product()
    do(client, "discarded", [lead], at="leads", note="no")
    assert Lead.objects.get(pk=lead.pk).status == "discarded"
    do(client, "done", [activity], at="activities")
    activity.refresh_from_db()
    assert activity.done_at
    assert Deal.objects.get(pk=activity.deal_id).last_touch_at == activity.done_at
    do(client, "field", [person], at="people", name="owner", value=str(cast.owner.pk))
    do(client, "field", [product], at="products", name="active", value="0")
    product.refresh_from_db()
    assert product.active is False
    assert (
        signed_in(cast.owner)
        .post("/products/bulk/", {"deed": "trash", "ids": product.pk}, headers=JSON)
        .json()["refused"]
    )


def test_every_deed_has_its_form(cast: Cast, signed_in: SignedIn) -> None:
    make.label()
    make.custom_field("choice")
    client = signed_in(cast.owner)
    for at, deed in (
        ("deals", "field"),
        ("deals", "label"),
        ("deals", "lost"),
        ("deals", "parked"),
        ("leads", "discarded"),
        ("products", "field"),
        ("activities", "field"),
    ):
        assert "data-deed-form" in client.get(reverse(f"{at}_bulk_form", args=[deed])).content.decode(), (at, deed)
    assert client.get("/deals/bulk/field/?name=stage").status_code == 200
    assert client.get("/people/bulk/won/").status_code == 404


def test_who_is_refused_finds_the_record_as_it_was(deals: list[Deal], cast: Cast) -> None:
    """What a deed has set before it was refused is not written with the others."""

    def half(deal: Deal, by: Any) -> None:
        deal.edit(by=by, competitor="first")
        deal.edit(by=by, value=-1)

    outcome = changing.change_all(Deal.objects.all(), [deal.pk for deal in deals], half, SYSTEM.together())
    assert len(outcome.refused) == 4
    assert {deal.competitor for deal in fresh(deals)} == {""}
    assert not Change.objects.filter(entity="deal", verb="change").exists()
