"""What sets a rule off, and what does not."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User
from leadline.activities.models import Activity
from leadline.crm import pipelines
from leadline.crm.models import Deal, Lead
from leadline.history.models import Change
from leadline.history.undoing import undo_act
from leadline.rules import acting, following
from leadline.rules.causes import Cause
from leadline.rules.models import Rule, RuleRun
from tests import factories as make
from tests.cast import Cast, assemble
from tests.rules.making import ran, rule

pytestmark = pytest.mark.django_db
NOW = timezone.now


@pytest.fixture
def cast() -> Cast:
    return assemble()


def test_each_cause_sets_its_own_rules_off(cast: Cast) -> None:
    hot, first, third = make.label("Hot"), make.stage(0), make.stage(2)
    told = [{"do": "notify", "to": ["owner"], "text": "Look"}]
    for name, when, details in (
        ("added", "added", {}),
        ("entered", "entered", {"stage_id": third.pk}),
        ("hot", "changed", {"field": "labels", "value": hot.pk}),
        ("any rival", "changed", {"field": "competitor", "value": ""}),
        ("Acme", "changed", {"field": "competitor", "value": "acme"}),
        ("worth", "changed", {"field": "value", "value": "5000"}),
        ("won", "won", {}),
        ("lost", "lost", {}),
        ("done", "done", {"outcome": "reached"}),
    ):
        rule(name=name, when=when, details=details, acts=told)
    by, names = cast.owner, lambda: [name for name, _pk, _state in ran()]
    deal = make.deal(by=by, owner=by, stage=first)
    assert names() == ["added"]
    deal.move_to(third, by=by)
    deal.label(hot, make.label("Cold"), by=by)
    deal.edit(by=by, competitor="Acme", value="5000.00")
    assert names() == ["added", "entered", "hot", "any rival", "Acme", "worth"]
    deal.edit(by=by, competitor="")
    deal.label(hot, by=by)
    call = make.activity(by=by, deal=deal)
    call.complete(by=by, outcome="No answer")
    assert len(names()) == 6
    call.reopen(by=by).complete(by=by, outcome="Reached")
    call.reopen(by=by).complete(by=by, outcome="Reached")  # once more is the same
    deal.win(by=by)
    deal.lose(by=by)
    assert names()[6:] == ["done", "won", "lost"]
    assert {run.state for run in RuleRun.objects.all()} == {"done"}


def test_a_lead_enters_a_stage_and_its_contact_gets_an_activity_done(cast: Cast) -> None:
    by = cast.owner
    rule(name="lead", kind="lead", when="entered", details={"stage": "sql"})
    rule(name="person", kind="person", when="done")
    person = make.person(by=by, owner=by)
    lead = make.lead(by=by, owner=by, person=person)
    lead.edit(by=by, stage="sql")
    make.activity(by=by, person=person).complete(by=by)
    assert [name for name, _pk, _state in ran()] == ["lead", "person"]
    added = Activity.objects.get(lead=lead)
    assert (added.owner, added.person, added.subject) == (by, person, "Call them")


def test_what_sets_nothing_off(cast: Cast) -> None:
    """What was before, what a file brought, what was taken back, what followed in bulk, what is left out."""
    by, first, third = cast.owner, make.stage(0), make.stage(2)
    early = make.deal(by=by, owner=by)
    rule(when="entered", details={"stage_id": third.pk}, query="value=2000..")
    rule(when="added", query=f"owner={by.pk}&stage={first.pk}")
    make.deal(by=by, owner=by, value=10).move_to(third, by=by)
    Deal(title="File", stage=third, value=9000, owner=by).add(by=by.via("import"))
    slip = by.via("web").together()
    big = make.deal(by=SYSTEM, owner=cast.teammate, value=5000)
    big.move_to(third, by=slip)
    undo_act(slip.act, by=by)  # type: ignore[arg-type]
    big.trash(by=by)
    moved = make.deal(by=SYSTEM, owner=cast.teammate, value=5000, stage=make.stage(1))
    pipelines.delete_stage(make.stage(1), destination=third, by=cast.administrator)
    moved.refresh_from_db()
    assert moved.stage == third
    assert ran() == []
    early.edit(by=by, value=3000)
    early.move_to(third, by=by)
    assert [pk for _name, pk, _state in ran()] == [early.pk]


def test_nothing_is_acted_on_from_before_it_was_switched_on(cast: Cast) -> None:
    by = cast.owner
    one = rule(active=False)
    make.deal(by=by, owner=by)
    one.edit(by=cast.leader, active=True)
    call = rule(name="call", when="done")
    old = make.deal(by=by, owner=by, at=NOW() - dt.timedelta(days=2))  # told now, of before
    make.activity(by=by, deal=old).complete(by=by, at=NOW() - dt.timedelta(days=1))
    assert ran() == []
    new = make.deal(by=by, owner=by)
    one.edit(by=cast.leader, active=False)
    assert ran() == []  # off at once, also for what waits
    one.edit(by=cast.leader, active=True)
    call.trash(by=cast.leader)
    make.activity(by=by, deal=new).complete(by=by)
    began = call.since
    call.restore(by=cast.leader)
    assert call.since > began  # type: ignore[operator]
    assert ran() == []
    assert make.deal(by=by, owner=by).pk in [pk for _name, pk, _state in ran()]
    assert following.catch_up() == []


def test_idle_and_near_come_with_time_and_once(cast: Cast) -> None:
    by, now = cast.owner, NOW()
    days = dt.timedelta(days=1)
    label = [{"do": "label", "label_ids": [make.label("Idle").pk]}]
    deal = make.deal(by=by, owner=by, expected_close_on=(now + 20 * days).date())
    rule(name="idle", when="idle", details={"days": 5}, acts=label)
    rule(name="near", when="near", details={"field": "expected_close_on", "days": 7}, acts=label, query="status=open")
    rule(name="lead", kind="lead", when="idle", details={"days": 2})
    lead = make.lead(by=by, owner=by)

    def came(after: int) -> list[str]:
        return [run.rule.name for run in following.look(now + after * days)]

    assert came(1) == []
    assert came(3) == ["lead"]
    assert came(6) == ["idle"]
    assert came(6) == []
    assert came(14) == ["near"]
    deal.edit(by=by, competitor="X")  # a touch: idle anew from now on
    Deal.objects.filter(pk=deal.pk).update(last_touch_at=now + 2 * days)
    assert came(8) == ["idle"]
    Lead.objects.filter(pk=lead.pk).update(status="discarded")
    assert came(40) == []
    assert not Rule.objects.filter(active=False).exists()


def test_idle_before_it_was_switched_on_or_brought_by_a_file_is_left(cast: Cast) -> None:
    now, days = NOW(), dt.timedelta(days=1)
    old = make.deal(by=cast.owner, owner=cast.owner)
    Deal.objects.filter(pk=old.pk).update(last_touch_at=now - 30 * days)
    one = rule(when="idle", details={"days": 5})
    Rule.objects.filter(pk=one.pk).update(since=now - 60 * days)
    brought = make.deal(by=cast.owner, owner=cast.owner)
    Deal.objects.filter(pk=brought.pk).update(last_touch_at=now - 20 * days, added_at=now)
    Deal.objects.filter(pk=old.pk).update(added_at=now - 90 * days)
    assert [run.record_id for run in following.look(now)] == [old.pk]
    one.edit(by=SYSTEM, details={"days": 3})  # another cause: it begins anew
    assert following.look(now) == []


def test_the_log_says_that_it_was_a_rule(cast: Cast) -> None:
    rule()
    deal = make.deal(by=cast.owner, owner=cast.owner)
    ran()
    run = RuleRun.objects.get()
    change = Change.objects.get(act=run.act)
    assert (change.entity, change.via, change.by_id) == ("activity", "rule", None)
    assert run.did == [{"do": "activity", "ids": [change.record_id]}]
    assert (run.kind, run.record_id, run.depth) == ("deal", deal.pk, 0)
    assert User.objects.filter(pk=Activity.objects.get().owner_id, name="Olga").exists()


def test_a_rule_that_is_switched_on_while_another_one_acts_misses_nothing(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Much is read in one go: what comes after the rule was switched on is read with it."""
    monkeypatch.setattr(following, "WINDOW", 2)
    rule(name="First")
    for _number in range(3):
        make.deal(owner=cast.owner)
    late: list[int] = []
    act = acting.act

    def acts(rule_id: int, cause: Cause) -> RuleRun | None:
        if not late:
            rule(name="Second")
            late.append(make.deal(owner=cast.owner).pk)
        return act(rule_id, cause)

    monkeypatch.setattr(acting, "act", acts)
    found = ran() + ran()
    assert {record for name, record, _state in found if name == "Second"} == set(late)


def test_looking_at_clocks_asks_no_more_for_many_that_do_not_meet_the_condition(cast: Cast) -> None:
    rule(when="idle", details={"days": 3}, query="value=5000..")
    Rule.objects.update(since=NOW() - dt.timedelta(days=30))

    def asked(deals: int) -> int:
        for _number in range(deals):
            make.deal(owner=cast.owner, at=NOW() - dt.timedelta(days=9), created_at=NOW() - dt.timedelta(days=9))
        Deal.objects.update(added_at=NOW() - dt.timedelta(days=9))
        with CaptureQueriesContext(connection) as found:
            assert following.look() == []
        return len(found)

    assert asked(1) == asked(12)
