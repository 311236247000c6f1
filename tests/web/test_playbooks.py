"""What a stage asks for is asked in place, answered, waived; the deal then moves on in the same act (R2)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User
from leadline.activities.models import Activity, ActivityType
from leadline.crm.models import Answer, Deal, File, Participant
from leadline.crm.playbooks import standing
from leadline.history.models import Change
from tests import factories as make
from tests.cast import Cast
from tests.crm.playbooks.making import choice, item, playbook

SignIn = Callable[[User], Client]
JSON = {"HTTP_ACCEPT": "application/json"}
HTMX = {"HX-Request": "true"}


def settled(deal: Deal) -> dict[str, str]:
    """By key: how each item of its first stage reads, or why it is waived."""
    return {one.item["key"]: one.said or one.waived for one in standing(deal, make.stage(0)) if one.settled}


def done(answer: Any) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(answer.headers["HX-Trigger"])["leadline:done"]
    return told


@pytest.fixture
def deal(cast: Cast) -> Deal:
    """In the first stage of three, whose playbook asks for a bit of everything."""
    kind = ActivityType(name="Demo").add(by=SYSTEM)
    playbook(
        make.stage(0),
        item("need"),
        item("pain", "text", event=True),
        choice("fit", weight=60),
        item("seats", "number"),
        item("start", "date"),
        item("signs", "person", role="Signs"),
        item("plan", "file"),
        item("demo", "activity", type_id=kind.pk, event=True),
        item("nice", "text", required=False, weight=40),
        for_standing=True,
    )
    found: Deal = make.deal(owner=cast.owner, stage=make.stage(0), title="Acme")
    return found


def filled(deal: Deal, **more: Any) -> dict[str, Any]:
    at = f"ask-{deal.pk}-"
    typed = {
        "need-value": "yes", "pain-value": "Slow", "fit-value": "so", "seats-value": "40", "start-value": "2027-01-15",
        "signs-person_new": "Bo Berg", "plan-file": SimpleUploadedFile("plan.txt", b"a plan"), "demo-activity": "new",
    }  # fmt: skip
    return {f"{at}{name}": value for name, value in {**typed, **more}.items() if value is not None}


def test_a_refused_move_names_the_form_that_asks(cast: Cast, signed_in: SignIn, deal: Deal) -> None:
    client, to = signed_in(cast.owner), make.stage(2).pk
    refused = client.post(f"/deals/{deal.pk}/stage/", {"stage": to}, **JSON)
    assert refused.status_code == 422
    assert refused.json()["ask"] == f"/deals/{deal.pk}/asked/?to={to}"
    assert client.post(f"/deals/{deal.pk}/won/", **JSON).json()["ask"] == f"/deals/{deal.pk}/asked/?to=won"
    edited = client.post(f"/edit/deal/{deal.pk}/stage/", {"value": to}, **JSON)
    assert edited.json()["ask"] == refused.json()["ask"]
    plain = client.post(f"/deals/{deal.pk}/won/")
    assert (plain.status_code, plain.headers["Location"]) == (302, f"/deals/{deal.pk}/asked/?to=won")
    page = client.get(plain.headers["Location"]).content.decode()
    assert "Before it is won" in page
    assert all(
        f"ask-{deal.pk}-{key}" in page for key in ("need", "pain", "fit", "seats", "start", "signs", "plan", "demo")
    )
    assert f"ask-{deal.pk}-nice" not in page  # not required
    assert "Why" not in page  # a seller waives nothing


def test_every_kind_is_answered_and_the_deal_moves_in_one_act(cast: Cast, signed_in: SignIn, deal: Deal) -> None:
    client, asked = signed_in(cast.owner), f"/deals/{deal.pk}/asked/?to={make.stage(1).pk}"
    answer = client.post(asked, filled(deal), headers=HTMX)
    assert answer.status_code == 204
    assert done(answer)["went"] is True
    deal.refresh_from_db()
    assert deal.stage_id == make.stage(1).pk
    has = settled(deal)
    assert (has["pain"], has["fit"], has["seats"], has["plan"], has["signs"]) == (
        "Slow",
        "So so",
        "40",
        "plan.txt",
        "Bo Berg",
    )
    assert deal.score == 24  # 40 % of 60, of 100
    assert client.post(f"/undo/{done(answer)['act']}/", **JSON).status_code == 200
    told = client.get(f"/deals/{deal.pk}/").content.decode()
    assert re.search("took back the answer to “[Pp]ain” *.undone", told)
    deal.refresh_from_db()
    assert (deal.stage_id, deal.score) == (make.stage(0).pk, 0)
    assert settled(deal) == {"nice": ""}
    assert not Participant.objects.kept().exists()
    assert not File.objects.kept().exists()
    assert not Activity.objects.kept().exists()


def test_half_a_form_keeps_nothing_and_says_what_is_lacking(cast: Cast, signed_in: SignIn, deal: Deal) -> None:
    client, asked = signed_in(cast.owner), f"/deals/{deal.pk}/asked/?to=won"
    before = Change.objects.count()
    answer = client.post(asked, filled(deal, **{"seats-value": None}), headers=HTMX)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count("This is asked for before the deal moves on.") == 1
    assert page.count("Choose the file once more") == 1
    assert 'value="2027-01-15"' in page
    answer = client.post(asked, filled(deal, **{"seats-value": "many"}), headers=HTMX)
    assert "Seats: many is no number." in answer.content.decode()
    answer = client.post(asked, filled(deal, **{"signs-person_new": None, "signs-person": "999"}), headers=HTMX)
    assert answer.status_code == 422
    assert Change.objects.count() == before
    assert client.post(asked, {"do": "keep"}, headers=HTMX).status_code == 422


def test_only_the_answers_are_kept(cast: Cast, signed_in: SignIn, deal: Deal) -> None:
    client = signed_in(cast.owner)
    given = {f"ask-{deal.pk}-pain-value": "Slow", "do": "keep"}
    answer = client.post(f"/deals/{deal.pk}/asked/?to=won", given, headers=HTMX)
    assert (answer.status_code, done(answer)["went"]) == (204, False)
    assert (Deal.objects.get(pk=deal.pk).status, settled(deal)) == ("open", {"pain": "Slow", "nice": ""})
    assert f"ask-{deal.pk}-pain-" not in client.get(f"/deals/{deal.pk}/asked/?to=won").content.decode()


def test_several_deals_are_asked_together(cast: Cast, signed_in: SignIn) -> None:
    playbook(make.stage(0), item("need"), for_standing=True)
    one, two, three = (make.deal(owner=cast.owner, stage=make.stage(n), title=f"Deal {n}") for n in (0, 0, 1))
    client = signed_in(cast.owner)
    given = {"stage": make.stage(2).pk, "also": f"{two.pk},{three.pk}"}
    ask = client.post(f"/deals/{one.pk}/stage/", given, **JSON).json()["ask"]
    page = client.get(ask, headers=HTMX).content.decode()
    assert (page.count("<h2"), "Before the 3 deals move" in page) == (2, True)
    typed = {f"ask-{deal.pk}-need-value": "yes" for deal in (one, two)}
    assert client.post(ask, typed, headers=HTMX).status_code == 204
    assert set(Deal.objects.values_list("stage", flat=True)) == {make.stage(2).pk}
    assert client.get(f"/deals/{one.pk}/asked/?to=won&also=99999").status_code == 404
    assert client.get(f"/deals/{one.pk}/asked/?to=nowhere").status_code == 404


def test_leaders_waive_with_a_reason_and_ask_again(cast: Cast, signed_in: SignIn) -> None:
    playbook(make.stage(0), item("need"), for_standing=True)
    deal = make.deal(owner=cast.owner, stage=make.stage(0))
    seller, leader = signed_in(cast.owner), signed_in(cast.leader)
    waived = {f"ask-{deal.pk}-need-waived": "A friend"}
    assert seller.post(f"/deals/{deal.pk}/asked/?to=won", waived, headers=HTMX).status_code == 403
    at, key = f"/deals/{deal.pk}/answers/", {"key": "need"}
    assert seller.post(at, {**key, "do": "waive", "reason": "x"}, **JSON).status_code == 403
    assert leader.post(at, {**key, "do": "waive", "reason": " "}, **JSON).status_code == 422
    answer = leader.post(at, {**key, "do": "waive", "reason": "A friend"}, headers=HTMX)
    assert "Waived: A friend" in answer.content.decode()
    assert settled(deal) == {"need": "A friend"}
    leader.post(at, {**key, "do": "again"}, headers=HTMX)
    assert settled(deal) == {}
    assert leader.post(f"/deals/{deal.pk}/asked/?to=won", waived, headers=HTMX).status_code == 204
    assert Deal.objects.get(pk=deal.pk).status == "won"


def test_answers_in_place_change_the_score_and_are_history(cast: Cast, signed_in: SignIn, deal: Deal) -> None:
    client, at = signed_in(cast.owner), f"/deals/{deal.pk}/answers/"
    answer = client.post(at, {"key": "fit", f"ask-{deal.pk}-fit-value": "good"}, headers=HTMX)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert f'id="ask-{deal.pk}-fit"' in page
    assert "60 of 100 points in the stages up to here: 60 of 100." in page
    assert client.post(at, {"key": "seats", f"ask-{deal.pk}-seats-value": "x"}, **JSON).status_code == 422
    assert client.post(at, {"key": "gone"}, **JSON).status_code == 404
    client.post(at, {"key": "pain", f"ask-{deal.pk}-pain-value": "Slow"}, **JSON)
    plain = client.post(at, {"key": "demo", f"ask-{deal.pk}-demo-activity": "new"})
    assert plain.headers["Location"] == f"/deals/{deal.pk}/"
    page = client.get(f"/deals/{deal.pk}/").content.decode()
    assert "answered “Pain”: Slow" in page
    assert "answered “Fit”: Good" in page
    assert page.count("Key event") == 2  # the answer, and the demo that was done
    client.post(at, {"key": "pain", f"ask-{deal.pk}-pain-value": ""}, **JSON)
    assert "emptied “Pain”, which was Slow" in client.get(f"/deals/{deal.pk}/").content.decode()


def test_people_are_named_to_those_who_may_see_them(cast: Cast, signed_in: SignIn) -> None:
    from leadline.history import members

    playbook(make.stage(0), item("signs", "person", role="Signs"), for_standing=True)
    deal, bo = make.deal(owner=cast.owner, stage=make.stage(0)), make.person(name="Bo Berg", owner=cast.outsider)
    client, at = signed_in(cast.owner), f"/deals/{deal.pk}/answers/"
    client.post(at, {"key": "signs", f"ask-{deal.pk}-signs-words": "bo berg"}, **JSON)  # typed, without a script
    assert settled(deal) == {"signs": "Bo Berg"}
    assert Participant.objects.get().person == bo
    members.set_visibility("person", by=SYSTEM, see="owner", change_by="owner")
    page = client.get(f"/deals/{deal.pk}/").content.decode()
    assert "somebody who is not open to you" in page
    assert "Bo Berg" not in page


def test_who_may_not_change_the_deal_reads_the_panel(cast: Cast, signed_in: SignIn, deal: Deal) -> None:
    make.stage(0).edit(by=SYSTEM, buyer_decision="We must act", exit_criteria="A date is named")
    reader = signed_in(cast.reader)
    page = reader.get(f"/deals/{deal.pk}/").content.decode()
    assert "We must act" in page
    assert "A date is named" in page
    assert f"/deals/{deal.pk}/answers/" not in page
    assert reader.get(f"/deals/{deal.pk}/asked/?to=won").status_code == 403
    assert reader.post(f"/deals/{deal.pk}/answers/", {"key": "need"}, **JSON).status_code == 403
    assert not Answer.objects.exists()


def test_a_list_says_of_each_refused_deal_where_it_is_asked(cast: Cast, signed_in: SignIn) -> None:
    playbook(make.stage(0), item("need"), for_standing=True)
    one, two, free = (make.deal(owner=cast.owner, stage=make.stage(n)) for n in (0, 0, 1))
    ids = ",".join(str(deal.pk) for deal in (one, two, free))
    said = signed_in(cast.owner).post("/deals/bulk/", {"deed": "won", "ids": ids}, **JSON).json()
    assert said["changed"] == [free.pk]
    assert [(row[0], row[3]) for row in said["refused"]] == [
        (deal.pk, f"/deals/{deal.pk}/asked/?to=won") for deal in (one, two)
    ]
