"""Who gets a lead: rules in order, turns, load, who is away and who stands in, and why (R39)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import SalesRole, User
from leadline.crm import noticing
from leadline.crm.assigning import assign, assign_waiting, assigned_by, propose
from leadline.crm.models import Absence, AssignmentRule, Lead, Notice, Pod, Source
from leadline.history import members
from leadline.history.models import Change
from leadline.history.undoing import undo_act
from tests import factories as make
from tests.cast import Cast, assemble

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    cast = assemble()
    noticing.catch_up()
    return cast


def rule(*people: User, **fields: Any) -> AssignmentRule:
    place = AssignmentRule.objects.count()
    return AssignmentRule(**{"name": "All", "position": place, "user_ids": [user.pk for user in people]} | fields).add(
        by=SYSTEM
    )


def away(user: User, stand_in: User | None = None) -> Absence:
    today = timezone.localdate()
    return Absence(owner=user, start_on=today, end_on=today + dt.timedelta(days=3), stand_in=stand_in).add(by=SYSTEM)


def given(**fields: Any) -> str:
    lead = make.lead(**fields)
    found = assign(lead, by=SYSTEM)
    lead.refresh_from_db()
    assert (found.user if found else None) == lead.owner
    return lead.owner.name if lead.owner else ""


def test_in_turn_and_who_is_away_is_passed_over(cast: Cast) -> None:
    rule(cast.owner, cast.teammate, cast.outsider)
    assert [given() for _n in range(4)] == ["Olga", "Theo", "Umar", "Olga"]
    absence = away(cast.teammate)
    assert [given() for _n in range(2)] == ["Umar", "Olga"]
    last = propose(make.lead())
    assert (last.user, [(over.user_id, over.why) for over in last.passed_over]) == (
        cast.outsider,
        [(cast.teammate.pk, "away")],
    )
    absence.edit(by=SYSTEM, stand_in=cast.leader)
    assert [given() for _n in range(4)] == ["Lena", "Umar", "Olga", "Lena"]  # Lena only when it is Theo's turn
    away(cast.leader)
    assert given() == "Umar"


def test_the_first_rule_that_holds_and_has_somebody_free(cast: Cast) -> None:
    source = Source(name="Trade fair").add(by=SYSTEM)
    fair = rule(cast.owner, name="Fair", query=f"source={source.pk}", most_open=2)
    rule(cast.outsider, name="Others")
    assert [given(source=source) for _n in range(3)] == ["Olga", "Olga", "Umar"]
    assert given() == "Umar"
    last = Lead.objects.order_by("-pk")[1]
    why = assigned_by(last)
    assert why is not None
    assert (why.rule.name, why.passed_over) == ("Others", [[cast.owner.pk, "full", "2"]])
    fair.edit(by=SYSTEM, query="no-such=1")  # what cannot be understood holds for nothing
    assert given(source=source) == "Umar"
    assert propose(make.lead()).broken == (fair,)
    AssignmentRule.objects.update(active=False)
    assert given() == ""
    assert propose(make.lead()).rule is None


def test_a_role_a_pod_and_load(cast: Cast) -> None:
    for user in (cast.owner, cast.teammate, cast.reader, cast.inactive):
        members.change(user, by=SYSTEM, sales_role=SalesRole.INBOUND)
    of_role = rule(sales_role=SalesRole.INBOUND, by="load")
    make.lead(owner=cast.owner)
    make.lead(owner=cast.owner).discard(by=SYSTEM)
    assert [given() for _n in range(3)] == ["Theo", "Olga", "Theo"]
    pod = Pod(name="North", member_ids=[cast.owner.pk, cast.outsider.pk]).add(by=SYSTEM)
    of_role.edit(by=SYSTEM, pod=pod)
    assert [given() for _n in range(2)] == ["Olga", "Olga"]
    of_role.edit(by=SYSTEM, sales_role="")
    assert given() == "Umar"
    pod.edit(by=SYSTEM, member_ids=[])
    assert given() == ""


def test_given_once_in_the_act_that_brought_it_and_told(cast: Cast) -> None:
    rule(cast.owner)
    doer = cast.teammate.via("web").together()
    lead = make.lead(by=doer)
    assert assign(lead, by=doer) is not None
    assert assign(lead, by=doer) is None
    change = Change.objects.filter(entity="lead").order_by("-id")[0]
    assert (change.by_id, change.via, change.act) == (None, "rule", doer.act)
    (notice,) = Notice.objects.filter(user=cast.owner)
    assert (notice.why, notice.record_id, notice.change_id) == ("given", lead.pk, change.pk)
    assert assigned_by(lead) is not None
    assert doer.act is not None
    undo_act(doer.act, by=cast.teammate)
    lead.refresh_from_db()
    assert (lead.owner, lead.deleted_at is None, assigned_by(lead)) == (None, False, None)
    some = [make.lead(), make.lead(owner=cast.teammate), make.lead()]
    assert [found.lead for found in assign_waiting(some, by=cast.leader)] == [some[0], some[2]]
