"""Pipelines and stages in the settings: order, facts of a stage, copies, and deletion with a destination for deals."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User
from leadline.crm.models import Deal, Pipeline, Stage
from leadline.crm.pipelines import add_pipeline
from leadline.history.undoing import undo_act
from leadline.web.settings.pipelines.drawing import months_on
from tests import factories as make
from tests.cast import Cast
from tests.web.reading import Element, read

SignIn = Callable[[User], Client]
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def leader(cast: Cast, signed_in: SignIn) -> Client:
    make.pipeline()
    return signed_in(cast.leader)


def at(name: str, *args: Any) -> str:
    return reverse(name, args=args)


def part(answer: Any) -> Element:
    return read(answer.content).one(id="rows")


def act_of(answer: Any) -> str:
    return json.loads(answer.headers["HX-Trigger"])["leadline:done"]["act"]


def errors(answer: Any) -> list[str]:
    return [found.text for found in read(answer.content).all(class_="error")]


def stages(pipeline: Pipeline | None = None) -> list[str]:
    return [stage.name for stage in (pipeline or make.pipeline()).kept_stages()]


def test_no_pipeline_yet(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.leader)
    assert "Add one" in part(client.get(at("pipelines"))).text
    answer = client.post(at("pipeline_add"), {"name": "Sales"}, **HTMX)
    assert "Target" in part(answer).text
    assert len(stages(Pipeline.objects.get())) == 5


@pytest.mark.parametrize("name", ["", "z" * 300, "SALES"])
def test_what_is_no_name_for_a_pipeline(leader: Client, name: str) -> None:
    answer = leader.post(at("pipeline_add"), {"name": name}, **HTMX)
    assert (answer.status_code, len(errors(answer))) == (422, 1)
    assert Pipeline.objects.count() == 1


def test_a_pipeline_is_copied_renamed_ordered(leader: Client, cast: Cast) -> None:
    first = make.pipeline()
    for _ in range(2):
        leader.post(at("pipeline_copy", first.pk), **HTMX)
    assert [row.name for row in Pipeline.objects.kept()] == ["Sales", "Sales (copy)", "Sales (copy 2)"]
    ids = [row.pk for row in Pipeline.objects.kept()]
    leader.post(at("pipeline_change", ids[1]), {"name": "Partners 🤝", "was": "Sales (copy)"}, **HTMX)
    answer = leader.post(at("pipelines_order"), {"order": f"{ids[1]},{ids[0]},{ids[2]}"}, **HTMX)
    assert Pipeline.default() == Pipeline.objects.get(name="Partners 🤝")
    undo_act(act_of(answer), by=cast.leader)
    assert Pipeline.default() == first


def test_a_name_as_long_as_can_be_is_copied(leader: Client) -> None:
    make.pipeline().edit(by=SYSTEM, name="n" * 120)
    assert leader.post(at("pipeline_copy", make.pipeline().pk), **HTMX).status_code == 200
    assert Pipeline.objects.count() == 2


def test_a_pipeline_goes_when_its_deals_have_a_place(leader: Client, cast: Cast) -> None:
    sales, other = make.pipeline(), add_pipeline("Partners", ["A", "B"], by=SYSTEM)
    deal, closed = make.deal(), make.deal()
    closed.win(by=SYSTEM)
    asked = part(leader.get(at("pipelines") + f"?ask=delete-{sales.pk}", **HTMX))
    options = [found.text for found in asked.one("select", name="destination").all("option")]
    assert options == ["Choose a stage", "A", "B"]
    assert "2 deals stand in Sales" in asked.text
    refused = leader.post(at("pipeline_delete", sales.pk), {"destination": ""}, **HTMX)
    assert (refused.status_code, len(errors(refused))) == (422, 1)
    own = leader.post(at("pipeline_delete", sales.pk), {"destination": make.stage().pk}, **HTMX)
    assert own.status_code == 422
    to = other.kept_stages()[1]
    answer = leader.post(at("pipeline_delete", sales.pk), {"destination": to.pk}, **HTMX)
    assert set(Deal.objects.values_list("stage_id", flat=True)) == {to.pk}
    assert list(Pipeline.objects.kept()) == [other]
    undo_act(act_of(answer), by=cast.leader)
    deal.refresh_from_db()
    assert (deal.pipeline, len(stages(sales))) == (sales, 5)


def test_stages_are_added_renamed_and_ordered(leader: Client, cast: Cast) -> None:
    pipeline = make.pipeline()
    answer = leader.post(at("stage_add", pipeline.pk), {"name": " Contract\t"}, **HTMX)
    assert stages()[-1] == "Contract"
    ids = [stage.pk for stage in pipeline.kept_stages()]
    answer = leader.post(at("stages_order", pipeline.pk), {"order": ",".join(map(str, ids[::-1]))}, **HTMX)
    assert stages()[0] == "Contract"
    undo_act(act_of(answer), by=cast.leader)
    assert stages()[-1] == "Contract"
    assert leader.post(at("stages_order", pipeline.pk), {"order": "1,2"}, **HTMX).status_code == 422
    answer = leader.post(at("stage_change", ids[0]), {"name": "contract", "was": "Target"}, **HTMX)
    assert (answer.status_code, stages()[0]) == (422, "Target")


@pytest.mark.parametrize(
    ("name", "typed", "kept"),
    [
        ("probability", "40", 40),
        ("probability", "", None),
        ("probability", "0", 0),
        ("rot_days", " 14 ", 14),
        ("rot_days", "", None),
        ("buyer_decision", "We have\r\nthis problem \x00", "We have\nthis problem"),
        ("exit_criteria", "الميزانية معروفة", "الميزانية معروفة"),
        ("review_on", "2027-01-22", dt.date(2027, 1, 22)),
        ("review_on", "", None),
    ],
)
def test_facts_of_a_stage(leader: Client, name: str, typed: str, kept: object) -> None:
    """R1."""
    stage = make.stage(1)
    answer = leader.post(at("stage_change", stage.pk), {name: typed}, **HTMX)
    assert answer.status_code == 200
    assert getattr(Stage.objects.get(pk=stage.pk), name) == kept


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("probability", "101"),
        ("probability", "-1"),
        ("probability", "half"),
        ("rot_days", "0"),
        ("rot_days", "99999"),
        ("rot_days", "9" * 40),
        ("review_on", "tomorrow"),
        ("review_on", "2027-02-30"),
    ],
)
def test_facts_that_cannot_be(leader: Client, name: str, typed: str) -> None:
    stage = make.stage(1)
    before = getattr(stage, name)
    answer = leader.post(at("stage_change", stage.pk), {name: typed, "was": before or ""}, **HTMX)
    assert (answer.status_code, len(errors(answer))) == (422, 1)
    assert part(answer).one(id=f"{name.removesuffix('_days').removesuffix('_on')}-{stage.pk}", value=typed)
    assert getattr(Stage.objects.get(pk=stage.pk), name) == before


def test_a_text_that_somebody_changed_meanwhile(leader: Client) -> None:
    stage = make.stage(1)
    change = at("stage_change", stage.pk)
    leader.post(change, {"exit_criteria": "Budget\r\nnamed", "was": ""}, **HTMX)
    again = leader.post(change, {"exit_criteria": "Budget", "was": "Budget\r\nnamed"}, **HTMX)
    assert again.status_code == 200
    answer = leader.post(change, {"exit_criteria": "Mine", "was": "Budget\r\nnamed"}, **HTMX)
    assert answer.status_code == 409
    assert part(answer).one("textarea", name="exit_criteria", id=f"exit_criteria-{stage.pk}").text == "Mine"


def test_a_stage_goes_when_its_deals_have_a_place(leader: Client, cast: Cast) -> None:
    first, second = make.stage(0), make.stage(1)
    deal = make.deal(stage=first, owner=cast.outsider)
    asked = part(leader.get(at("stages", first.pipeline_id) + f"?ask=delete-{first.pk}", **HTMX))
    assert "1 deal stands in Target" in asked.text
    assert leader.post(at("stage_delete", first.pk), **HTMX).status_code == 422
    answer = leader.post(at("stage_delete", first.pk), {"destination": second.pk}, **HTMX)
    deal.refresh_from_db()
    assert (deal.stage, stages()[0]) == (second, "Contacted")
    undo_act(act_of(answer), by=cast.leader)
    deal.refresh_from_db()
    assert (deal.stage, stages()[0]) == (first, "Target")
    assert leader.post(at("stage_delete", make.stage(4).pk), **HTMX).status_code == 200  # empty ones at once
    gone = Stage.objects.exclude(deleted_at=None).get()
    leader.post(at("stage_restore", gone.pk), **HTMX)
    assert stages()[-1] == "Close"


def test_the_question_can_be_a_page_of_its_own(leader: Client) -> None:
    """Opened in another tab, or without scripts."""
    stage = make.stage()
    make.deal(stage=stage)
    add_pipeline("Partners", ["A"], by=SYSTEM)
    for page in (
        at("stages", stage.pipeline_id) + f"?ask=delete-{stage.pk}",
        at("pipelines") + f"?ask=delete-{stage.pipeline_id}",
    ):
        select = part(leader.get(page)).one("select", name="destination")
        assert "A" in [found.text for found in select.all("option")]
    answer = leader.post(at("stage_delete", stage.pk), {"destination": ""})
    assert (answer.status_code, len(errors(answer))) == (422, 1)


def test_counts_are_of_what_one_may_see(leader: Client, cast: Cast, signed_in: SignIn) -> None:
    from leadline.history import members

    members.set_visibility("deal", by=cast.administrator, see="owner", change_by="owner")
    deal = make.deal(owner=cast.outsider)
    for who, text, number in (
        (cast.outsider, "1 open deal", "1 open deals"),
        (cast.owner, "no open deals", "0 open deals"),
    ):
        client = signed_in(who)
        assert counted(client.get(at("pipelines_uses")), f"pipeline-{deal.pipeline_id}") == text
        assert counted(client.get(at("stages_uses", deal.pipeline_id)), f"stage-{deal.stage_id}") == number


def test_what_holds_deals_of_others_is_asked_about(leader: Client, cast: Cast) -> None:
    """Closed ones count: they need a stage to go to as well."""
    make.deal(stage=make.stage(0)).win(by=SYSTEM)
    for page in (at("pipelines"), at("stages", make.pipeline().pk)):
        asked = [link.text for link in part(leader.get(page)).all("a") if "ask=delete" in link.attributes["href"]]
        assert asked == ["Delete…"], page


def counted(answer: Any, name: str) -> str:
    return read(answer.content).one(id=f"uses-{name}").text


@pytest.mark.parametrize("who", ["owner", "reader"])
def test_who_may_not_change_sees_no_way_to(leader: Client, cast: Cast, signed_in: SignIn, who: str) -> None:
    client, pipeline, stage = signed_in(getattr(cast, who)), make.pipeline(), make.stage()
    stage.edit(by=SYSTEM, buyer_decision="We have this problem")
    for page in (at("pipelines"), at("stages", pipeline.pk)):
        shown = part(client.get(page))
        assert list(shown.all("form")) == list(shown.all("input")) == list(shown.all("textarea")) == []
    assert "We have this problem" in shown.text
    tries: list[tuple[str, dict[str, str]]] = [
        (at("pipeline_add"), {"name": "X"}),
        (at("pipelines_order"), {"order": str(pipeline.pk)}),
        (at("pipeline_change", pipeline.pk), {"name": "X"}),
        (at("pipeline_copy", pipeline.pk), {}),
        (at("pipeline_delete", pipeline.pk), {}),
        (at("stage_add", pipeline.pk), {"name": "X"}),
        (at("stages_order", pipeline.pk), {"order": ",".join(str(one.pk) for one in reversed(pipeline.kept_stages()))}),
        (at("stage_change", stage.pk), {"name": "X"}),
        (at("stage_change", stage.pk), {"probability": "1"}),
        (at("stage_delete", stage.pk), {}),
    ]
    for address, typed in tries:
        answer = client.post(address, typed, **HTMX)
        # An order that is the order already asks nobody.
        assert answer.status_code == 403 or address == at("pipelines_order"), address
    assert stages() == ["Target", "Contacted", "Meeting agreed", "Proposal sent", "Close"]


def test_what_is_not_there(leader: Client) -> None:
    assert leader.get(at("stages", 99)).status_code == 404
    assert leader.post(at("stage_change", 99), {"name": "X"}).status_code == 404
    make.pipeline().trash(by=SYSTEM)
    assert leader.get(at("stages", Pipeline.objects.get().pk)).status_code == 404


def test_months_on() -> None:
    assert months_on(dt.date(2026, 11, 22), 1) == dt.date(2026, 12, 22)
    assert months_on(dt.date(2026, 12, 31), 2) == dt.date(2027, 2, 28)
    assert months_on(dt.date(2026, 1, 31), 1) == dt.date(2026, 2, 28)
    assert months_on(dt.date(2026, 11, 1), 2) == dt.date(2027, 1, 1)
