"""What rules do, how often, and where they end."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from leadline.accounts.actors import SYSTEM
from leadline.activities.models import Activity, ActivityType
from leadline.crm.models import Assignment, AssignmentRule, Deal, Notice, Why
from leadline.history.models import Change
from leadline.history.undoing import undo_act
from leadline.rules import acting, following
from leadline.rules.models import Rule, RuleReader, RuleRun, RunState, Telling
from tests import factories as make
from tests.cast import Cast, assemble
from tests.rules.making import ran, rule

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return assemble()


def test_every_act_at_once_in_one_act_that_one_undo_takes_back(cast: Cast) -> None:
    kind, hot = ActivityType(name="Call").add(by=SYSTEM), make.label("Hot")
    own = make.custom_field("choice")
    rule(
        when="entered",
        details={"stage_id": make.stage(1).pk},
        acts=[
            {
                "do": "checklist",
                "items": [{"type_id": kind.pk, "subject": one} for one in ("A", "B")],
                "whose": "owner",
            },
            {"do": "assign", "user_id": cast.teammate.pk},
            {"do": "label", "label_ids": [hot.pk]},
            {"do": "set", "field": "competitor", "value": "Acme"},
            {"do": "set", "field": f"own_{own.pk}", "value": "Gold"},
            {"do": "notify", "to": ["owner", "leader", cast.outsider.pk], "text": "Go and see them."},
            {"do": "park", "days": 30, "reason": "Later"},
            {"do": "activity", "type_id": kind.pk, "subject": "C", "in_days": 3, "whose": cast.outsider.pk},
        ],
    )
    deal = make.deal(by=cast.owner, owner=cast.owner)
    deal.move_to(make.stage(1), by=cast.owner)
    assert [state for _name, _pk, state in ran()] == ["done"]
    deal.refresh_from_db()
    assert (deal.owner, deal.label_ids, deal.competitor, deal.status) == (cast.teammate, [hot.pk], "Acme", "nurture")
    assert deal.own_value(own) == 1
    assert [(row.subject, str(row.owner)) for row in Activity.objects.order_by("pk")] == [
        ("A", "Olga"), ("B", "Olga"), ("C", "Umar"),
    ]  # fmt: skip
    told = Notice.objects.filter(why=Why.TOLD)
    assert {str(row.user) for row in told} == {"Theo", "Lena", "Umar"}
    assert {(row.text, row.kind, row.record_id) for row in told} == {("Go and see them.", "deal", deal.pk)}
    run = RuleRun.objects.get()
    assert {change.via for change in Change.objects.filter(act=run.act)} == {"rule"}
    undo_act(run.act, by=cast.leader)  # type: ignore[arg-type]
    deal.refresh_from_db()
    assert (deal.owner, deal.label_ids, deal.competitor, deal.status) == (cast.owner, [], "", "open")
    assert not Activity.objects.kept().exists()
    assert not Notice.objects.filter(why=Why.TOLD).exists()
    assert not Telling.objects.kept().exists()
    assert len(ran()) == 1  # what was taken back sets nothing off


def test_rules_set_each_other_off_once_and_end(cast: Cast) -> None:
    def setting(name: str, got: str, value: str) -> Rule:
        acts = [{"do": "set", "field": "competitor", "value": value}]
        return rule(name=name, when="changed", details={"field": "competitor", "value": got}, acts=acts)

    setting("to b", "a", "b")
    setting("to a", "b", "a")
    deal = make.deal(by=cast.owner, owner=cast.owner)
    deal.edit(by=cast.owner, competitor="a")
    expected = [("to b", deal.pk, "done"), ("to a", deal.pk, "done"), ("to b", deal.pk, "stopped")]
    assert [ran() for _n in range(4)][-1] == expected
    assert [run.depth for run in RuleRun.objects.order_by("pk")] == [0, 1, 2]
    for n in range(9):
        setting(f"step {n}", f"v{n}", f"v{n + 1}")
    deal.edit(by=cast.owner, competitor="v0")
    last = [ran() for _n in range(9)][-1][3:]
    assert [state for _name, _pk, state in last] == ["done"] * 5 + ["stopped"]


def test_what_goes_wrong_is_kept_with_the_mend_and_can_be_done_again(cast: Cast) -> None:
    rule(name="fails")
    rule(name="works", acts=[{"do": "label", "label_ids": [make.label("New").pk]}])
    gone = make.label("Gone")
    rule(
        name="half", acts=[{"do": "set", "field": "competitor", "value": "X"}, {"do": "label", "label_ids": [gone.pk]}]
    )
    rule(name="unreadable", query=f"labels={gone.pk}&owner=none")
    gone.trash(by=cast.leader)
    Rule.objects.filter(name="unreadable").update(query="nothing=5")
    deal = make.deal(by=SYSTEM)
    found = {name: state for name, _pk, state in ran()}
    assert found == {"fails": "failed", "works": "done", "half": "failed", "unreadable": "failed"}
    errors = {run.rule.name: run.error for run in RuleRun.objects.select_related("rule")}
    assert "It has no owner. Name a person in the rule." in errors["fails"]
    assert "There is no filter nothing here." in errors["unreadable"]
    deal.refresh_from_db()
    assert deal.competitor == ""  # all of it or nothing
    deal.edit(by=cast.leader, owner=cast.owner)
    run = acting.again(RuleRun.objects.get(rule__name="fails").pk)
    assert (run.state, run.error) == (RunState.DONE, "")
    assert Activity.objects.get().owner == cast.owner
    acting.again(run.pk)
    assert Activity.objects.count() == 1


def test_a_lead_goes_to_whom_the_assignment_rules_choose(cast: Cast) -> None:
    chosen = [{"do": "assign", "user_id": "rules"}]
    rule(kind="lead", acts=chosen)
    lead = make.lead(by=SYSTEM)
    ran()
    assert "No assignment rule finds somebody for it." in RuleRun.objects.get().error
    AssignmentRule(name="All", user_ids=[cast.teammate.pk]).add(by=SYSTEM)
    lead, kept = make.lead(by=SYSTEM), make.lead(by=SYSTEM, owner=cast.owner)
    ran()
    lead.refresh_from_db()
    kept.refresh_from_db()
    assert (lead.owner, kept.owner) == (cast.teammate, cast.owner)
    assert Assignment.objects.get().lead == lead
    assert Notice.objects.filter(why=Why.GIVEN, user=cast.teammate, record_id=lead.pk).count() == 1
    with pytest.raises(ValidationError, match="Choose one of the people here"):
        rule(kind="deal", acts=chosen)


@pytest.mark.parametrize(("days", "event"), [("", "They have hired"), ("30", "They have hired")])
def test_what_is_parked_may_wait_for_something_to_happen(cast: Cast, days: str, event: str) -> None:
    rule(acts=[{"do": "park", "days": days, "event": event, "reason": "No people"}])
    deal = make.deal(by=cast.owner, owner=cast.owner)
    assert [state for _name, _pk, state in ran()] == ["done"]
    deal.refresh_from_db()
    assert (deal.status, deal.come_back_event, bool(deal.come_back_on)) == ("nurture", event, bool(days))


def test_a_rule_that_cannot_be_is_refused_with_the_mend(cast: Cast) -> None:
    label = make.label()
    fine = {"do": "label", "label_ids": [label.pk]}
    for wrong, said in (
        ({"acts": []}, "Say what is to be done"),
        ({"acts": [{"do": "explode"}]}, "Choose what is to be done."),
        ({"acts": [{"do": "label", "label_ids": [99]}]}, "Choose labels that are there."),
        ({"acts": [{"do": "notify", "to": [], "text": "x"}]}, "Choose who is to be told."),
        ({"acts": [{"do": "set", "field": "status", "value": "won"}]}, "This field is not there"),
        ({"acts": [{"do": "set", "field": "value", "value": "much"}]}, "does not fit here"),
        ({"acts": [fine], "kind": "person", "when": "won"}, "Choose what sets the rule off."),
        ({"acts": [{"do": "park", "days": "", "event": " ", "reason": "x"}]}, "Choose 1 to 730 days."),
        ({"acts": [{"do": "park", "days": 5, "reason": "x"}], "kind": "person"}, "Choose what is to be done."),
        ({"acts": [fine], "when": "entered", "details": {"stage_id": 99}}, "Choose a stage."),
        ({"acts": [fine], "when": "idle", "details": {"days": 0}}, "Choose 1 to 730 days."),
        ({"acts": [fine], "when": "near", "details": {"field": "title", "days": 3}}, "Choose a date."),
        ({"acts": [fine], "query": "owner=me"}, "nobody asks here"),
        ({"acts": [fine], "query": "colour=red"}, "There is no filter colour here."),
    ):
        with pytest.raises(ValidationError, match=said):
            rule(**wrong)
    assert not Rule.objects.exists()


class NeverTwice(TestCase):
    """However the log is read, whoever reads it, wherever it breaks off: one run for each cause."""

    @settings(max_examples=20)
    @given(st.lists(st.sampled_from(["deal", "won", "read", "other", "back", "off", "on", "undo"]), max_size=14))
    def test_one_act_for_each_cause(self, steps: list[str]) -> None:
        make.pipeline()
        added, won = rule(name="added", acts=_park()), rule(name="won", when="won", acts=_park("label"))
        expected: set[tuple[str, int]] = set()
        deals: list[Deal] = []
        pending: list[tuple[str, int]] = []
        for step in steps:
            by = SYSTEM.together()
            if step == "deal":
                deals.append(make.deal(by=by))
                pending += [("added", deals[-1].pk)] if added.active else []
            elif step == "won" and deals and deals[-1].status != "won":
                Deal.objects.get(pk=deals[-1].pk).win(by=by)
                deals[-1].refresh_from_db()
                pending += [("won", deals[-1].pk)]
            elif step in ("read", "other"):
                if step == "other":  # a server that read from the same place
                    RuleReader.objects.update(txn=0, change_id=0)
                following.catch_up()
                expected |= set(pending)
                pending.clear()
            elif step == "back":
                RuleReader.objects.update(txn=0, change_id=0)
            elif step in ("off", "on"):
                added.edit(by=SYSTEM, active=step == "on")
                pending = [one for one in pending if one[0] != "added"] if step == "off" else pending
            elif step == "undo" and (run := RuleRun.objects.filter(act__isnull=False).first()):
                undo_act(run.act, by=SYSTEM)  # type: ignore[arg-type]
        RuleReader.objects.update(txn=0, change_id=0)
        following.catch_up()
        expected |= set(pending)
        runs = [(run.rule.name, run.record_id) for run in RuleRun.objects.select_related("rule")]
        assert sorted(set(runs)) == sorted(expected)
        assert won.active
        causes = list(RuleRun.objects.values_list("rule", "cause"))
        assert len(causes) == len(set(causes))
        acts = list(Change.objects.filter(via="rule", undoes=None).values_list("act", "record_id"))
        assert len(acts) == len(set(acts))


def _park(do: str = "set") -> list[dict[str, object]]:
    if do == "label":
        return [{"do": "label", "label_ids": [make.label("Won").pk]}]
    return [{"do": "set", "field": "competitor", "value": "Seen"}]
