"""Settings > Rules: written in plain words, tried, switched, and what they did."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from leadline.accounts.actors import SYSTEM
from leadline.activities.models import Activity, ActivityType
from leadline.rules import following
from leadline.rules.models import Rule, RuleRun
from tests import factories as make
from tests.cast import Cast, assemble
from tests.rules.making import ran, rule

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return assemble()


def entered(as_user: Any) -> Client:
    client = Client()
    client.force_login(as_user)
    return client


def drawn(client: Client, form: dict[str, Any], what: str = "draw") -> str:
    return client.post(f"/settings/rules/{what}/", form).content.decode()


def test_a_rule_grows_in_the_form_and_is_kept(cast: Cast) -> None:
    client, call = entered(cast.leader), ActivityType(name="Call").add(by=SYSTEM)
    stage = make.stage(2)
    form: dict[str, Any] = {"rule-kind": "deal", "rule-when": "entered", "rule-stage_id": stage.pk}
    shown = drawn(client, {**form, "ask-more": "value", "rule-act": "checklist"})
    assert 'name="value-from"' in shown
    assert 'name="act-0-item-2-subject"' in shown
    assert f'<option value="{stage.pk}" selected>' in shown
    form |= {"asked": "value", "value-from": "500", "act": "0", "act-0-do": "checklist", "act-0-whose": "owner"}
    form |= {"act-0-item": ["0", "1"], "act-0-item-0-subject": "Ring", "act-0-item-0-in_days": "2"}
    form |= {"act-0-item-0-type_id": call.pk, "act-0-item-1-subject": "", "act-0-item-1-in_days": "1"}
    more = drawn(client, {**form, "rule-line": "0"})
    assert 'name="act-0-item-2-subject"' in more
    assert 'value="Ring"' in more
    less = drawn(client, {**form, "rule-drop": "0", "ask-less": "value"})
    assert "act-0-do" not in less
    assert "value-from" not in less
    assert not Rule.objects.exists()
    assert client.post("/settings/rules/add/", {**form, "rule-active": "yes"}).status_code == 302
    kept = Rule.objects.get()
    assert (kept.name, kept.query, kept.active) == ("When a deal enters Meeting agreed", "value=500..", True)
    assert kept.acts[0]["items"] == [{"type_id": call.pk, "subject": "Ring", "in_days": 2}]
    page = client.get(f"/settings/rules/{kept.pk}/").content.decode()
    assert 'value="Ring"' in page
    assert 'value="500"' in page
    make.deal(by=cast.owner, owner=cast.owner).move_to(stage, by=cast.owner)
    following.catch_up()
    assert Activity.objects.get().subject == "Ring"


def test_what_is_refused_stands_beside_it(cast: Cast) -> None:
    client = entered(cast.leader)
    answer = client.post("/settings/rules/add/", {"rule-kind": "deal", "rule-when": "entered", "rule-name": "X"})
    assert answer.status_code == 422
    assert "Choose a stage." in answer.content.decode()
    label = make.label()
    form = {"rule-kind": "deal", "act": ["0", "1"], "act-0-do": "label", "act-0-label_ids": label.pk}
    answer = client.post("/settings/rules/add/", {**form, "act-1-do": "park", "act-1-days": "x", "act-1-reason": "y"})
    assert "No. 2: Choose 1 to 730 days." in answer.content.decode()
    assert not Rule.objects.exists()


def test_the_past_is_tried_and_nothing_kept(cast: Cast) -> None:
    client, label = entered(cast.leader), make.label()
    deals = [make.deal(by=cast.owner, owner=cast.owner, title=f"Past {n}") for n in range(3)]
    make.deal(by=SYSTEM, title="Small", value=1)
    deals[0].label(label, by=cast.owner)
    form = {"rule-kind": "deal", "rule-when": "added", "act": "0", "act-0-do": "notify", "act-0-text": "Hi"}
    form |= {"act-0-to": ["owner"], "asked": "value", "value-from": "100", "rule-span": "30"}
    said = drawn(client, form, "try")
    assert "It would have acted on 3 deals" in said
    assert "Past 2" in said
    assert "Small" not in said
    assert not Rule.objects.exists()
    assert not RuleRun.objects.exists()
    left = drawn(client, {**form, "value-from": "1", "act-0-do": "activity"}, "try")
    assert "Choose what kind of activity it is." in left
    call = ActivityType(name="Call").add(by=SYSTEM)
    some = {**form, "value-from": "0", "act-0-do": "activity", "act-0-type_id": call.pk, "act-0-whose": "owner"}
    assert "It has no owner. Name a person in the rule." in drawn(client, some, "try")
    assert not Activity.objects.exists()


def test_the_list_tells_what_came_of_each_and_switches_it(cast: Cast) -> None:
    client = entered(cast.leader)
    one = rule(name="Follow up", query="value=1..")
    make.deal(by=cast.owner, owner=cast.owner)
    make.deal(by=SYSTEM)
    assert [state for _name, _pk, state in ran()] == ["done", "failed"]
    page = client.get("/settings/rules/").content.decode()
    assert "When a deal is added" in page
    assert "add the activity “Call: Call them” in 1 working day for the owner" in page
    assert "acted 1 time in 30 days" in page
    assert "1 could not be done" in page
    assert "It has no owner. Name a person in the rule." in page
    client.post(f"/settings/rules/{one.pk}/switch/", {"on": "no"})
    make.deal(by=cast.owner, owner=cast.owner)
    assert len(ran()) == 2
    client.post(f"/settings/rules/{one.pk}/delete/")
    client.post(f"/settings/rules/{one.pk}/restore/")
    one.refresh_from_db()
    assert (one.active, one.deleted_at) == (False, None)


def test_runs_are_shown_undone_and_tried_again(cast: Cast) -> None:
    client = entered(cast.administrator)
    one = rule()
    deal = make.deal(by=cast.owner, owner=cast.owner, title="Big")
    orphan = make.deal(by=SYSTEM, title="Orphan")
    ran()
    page = client.get(f"/settings/rules/{one.pk}/runs/").content.decode()
    assert f'href="/deals/{deal.pk}/"' in page
    assert "Olga added" in page
    done, failed = RuleRun.objects.get(state="done"), RuleRun.objects.get(state="failed")
    client.post(f"/settings/rules/runs/{done.pk}/undo/")
    assert not Activity.objects.kept().exists()
    assert "taken back" in client.get(f"/settings/rules/{one.pk}/runs/?state=done").content.decode()
    orphan.edit(by=cast.administrator, owner=cast.owner)
    client.post(f"/settings/rules/runs/{failed.pk}/again/")
    assert Activity.objects.kept().get().deal == orphan
    assert "None of these." in client.get(f"/settings/rules/{one.pk}/runs/?state=failed").content.decode()


def test_sellers_look_and_leaders_write(cast: Cast) -> None:
    client, one = entered(cast.owner), rule()
    assert client.get("/settings/rules/").status_code == 200
    assert "disabled" in client.get(f"/settings/rules/{one.pk}/").content.decode()
    assert client.get("/settings/rules/add/").status_code == 403
    for address in ("add/", "draw/", "try/", f"{one.pk}/", f"{one.pk}/switch/", f"{one.pk}/delete/"):
        assert client.post(f"/settings/rules/{address}", {"rule-name": "Mine"}).status_code == 403, address
    one.refresh_from_db()
    assert (one.name, one.active, one.deleted_at) == ("A rule", True, None)


def test_log_timeline_and_notice_say_which_rule_it_was(cast: Cast) -> None:
    label = make.label("Hot")
    told = {"do": "notify", "to": ["owner"], "text": "Look at it"}
    rule(name="Warm up", acts=[{"do": "label", "label_ids": [label.pk]}, told])
    deal = make.deal(by=cast.teammate, owner=cast.owner)
    ran()
    client = entered(cast.owner)
    assert "by the rule “Warm up”" in client.get(f"/timeline/deal/{deal.pk}/").content.decode()
    assert "by the rule “Warm up”" in entered(cast.administrator).get("/settings/log/").content.decode()
    notices = client.get("/notices/").content.decode()
    assert "Look at it" in notices
    assert "A rule told you (“Warm up”)" in notices


def test_what_is_deleted_or_taken_back_lies_in_the_trash(cast: Cast) -> None:
    one = rule(name="Tell them", acts=[{"do": "notify", "to": ["owner"], "text": "Of the hidden deal"}])
    make.deal(by=cast.owner, owner=cast.owner)
    ran()
    client = entered(cast.leader)
    client.post(f"/settings/rules/runs/{RuleRun.objects.get().pk}/undo/")
    client.post(f"/settings/rules/{one.pk}/delete/")
    for person in (cast.administrator, cast.leader, cast.outsider):
        for place in ("trash", "log", "rules"):
            answer = entered(person).get(f"/settings/{place}/")
            assert answer.status_code in (200, 403), (person, place)
    assert "Tell them" in client.get("/settings/trash/?kind=rule").content.decode()


@pytest.mark.parametrize("value", ["9" * 5000, "²", "1\x00", "-1", "NaN", "<b>", ""])
def test_nothing_that_is_typed_breaks_the_form(cast: Cast, value: str) -> None:
    client, names = entered(cast.leader), ("days", "field", "value", "stage_id", "type_id", "outcome", "name", "span")
    form = {f"rule-{name}": value for name in (*names, "drop", "line", "act")} | {"asked": value, "value-from": value}
    form |= {"act": ["0", "1", value], "act-0-do": "set", "act-0-field": value, "act-1-do": "checklist"}
    form |= {
        "act-1-item": ["0", value],
        "act-1-item-0-in_days": value,
        "act-1-item-0-type_id": value,
        "ask-more": value,
    }
    for kind, when in (("deal", "changed"), ("lead", "near"), ("person", "changed"), ("deal", "idle"), (value, value)):
        for place in ("draw", "try", "add"):
            sent = {**form, "rule-kind": kind, "rule-when": when}
            assert client.post(f"/settings/rules/{place}/", sent).status_code in (200, 422), (kind, when, place)
    assert not Rule.objects.exists()
