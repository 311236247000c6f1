"""Assignment and pods in the settings, roles, service levels, and what the page of a lead says of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import SalesRole, User
from leadline.crm.assigning import assign
from leadline.crm.models import AssignmentRule, Lead, Pod, Source, WorkingWeek
from leadline.history import members
from tests import factories as make
from tests.cast import Cast

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]


def sent(client: Client, path: str, form: dict[str, Any]) -> tuple[int, str]:
    answer = client.post(path, form)
    return answer.status_code, answer.content.decode()


def test_a_rule_is_written_tried_and_gives_out(cast: Cast, signed_in: SignedIn) -> None:
    source = Source(name="Trade fair").add(by=SYSTEM)
    client = signed_in(cast.leader)
    add = "/settings/assignment/add/"
    status, page = sent(client, add, {"rule-name": "", "rule-whom": "people", "rule-most_open": "none"})
    assert status == 422
    for said in ("Give it a name", "Say who gets", "whole number"):
        assert said in page
    form = {
        "rule-name": "Fair",
        "rule-whom": "people",
        "rule-user": [cast.owner.pk, cast.teammate.pk],
        "rule-by": "turn",
    }
    status, page = sent(client, "/settings/assignment/form/", form | {"ask-more": "source"})
    assert "Trade fair" in page
    assert not AssignmentRule.objects.exists()
    kept = form | {"asked": ["source"], "source": [source.pk], "rule-most_open": "2", "rule-active": "yes"}
    assert sent(client, add, kept)[0] == 302
    rule = AssignmentRule.objects.get()
    assert (rule.query, rule.user_ids, rule.most_open) == (f"source={source.pk}", [cast.owner.pk, cast.teammate.pk], 2)
    fair, other = make.lead(source=source, title="At the fair"), make.lead(title="Elsewhere")
    page = client.get("/settings/assignment/").content.decode()
    assert "it is the turn of Olga" in page
    assert "no rule holds for it" in page
    assert "2 open leads have no owner" in page
    assert client.post("/settings/assignment/give/").status_code == 302
    owners = dict(Lead.objects.values_list("pk", "owner__name"))
    assert (owners[fair.pk], owners[other.pk]) == ("Olga", None)
    page = client.get(f"/leads/{fair.pk}/").content.decode()
    assert "given to Olga by the rule “Fair” because it was the turn of Olga" in page
    assert page.count("by the rule “Fair”") == 2, "in its history as well"
    assert "as a consequence" not in page
    sent(client, f"/settings/assignment/{rule.pk}/off/", {"active": "no"})
    assert assign(make.lead(source=source), by=SYSTEM) is None
    sent(client, f"/settings/assignment/{rule.pk}/delete/", {})
    assert not AssignmentRule.objects.kept().exists()
    sent(client, f"/settings/assignment/{rule.pk}/restore/", {})
    assert AssignmentRule.objects.kept().count() == 1


def test_a_territory_is_a_condition(cast: Cast, signed_in: SignedIn) -> None:
    there = make.lead(organization=make.organization(name="A", address="Hafenstr. 1\n20095 Hamburg"))
    ending = make.lead(organization=make.organization(name="B", domain="example.de"))
    make.lead(organization=make.organization(name="C", address="Paris", domain="de.example.fr"))
    make.lead()
    rule = AssignmentRule(name="North", query="territory=Hamburg,.DE", user_ids=[cast.owner.pk]).add(by=SYSTEM)
    client = signed_in(cast.leader)
    assert "Hamburg, .DE" in client.get(f"/settings/assignment/{rule.pk}/").content.decode()
    client.post("/settings/assignment/give/")
    assert set(Lead.objects.filter(owner=cast.owner)) == {there, ending}
    page = client.get("/leads/list/?territory=Hamburg")
    assert page.status_code == 200


def test_pods_and_roles(cast: Cast, signed_in: SignedIn) -> None:
    leader, administrator = signed_in(cast.leader), signed_in(cast.administrator)
    form = {"name": "Olga", "email": cast.owner.email, "role": "seller", "sales_role": SalesRole.INBOUND}
    assert sent(administrator, f"/settings/people/{cast.owner.pk}/", form)[0] == 302
    cast.owner.refresh_from_db()
    assert cast.owner.sales_role == SalesRole.INBOUND
    members.change(cast.teammate, by=SYSTEM, sales_role=SalesRole.CLOSER)
    sent(leader, "/settings/pods/add/", {"name": " North ", "member": [cast.teammate.pk, cast.owner.pk]})
    pod = Pod.objects.get()
    assert (pod.name, pod.member_ids, len(pod.paths)) == ("North", sorted([cast.owner.pk, cast.teammate.pk]), 3)
    change = {"name": "North", "member": [cast.owner.pk], "path-0-from": "inbound", "path-0-to": "closer"}
    assert sent(leader, f"/settings/pods/{pod.pk}/", change | {"path-0-by": "load", "path-1-from": "closer"})[0] == 302
    pod.refresh_from_db()
    assert pod.paths == [{"from": "inbound", "to": "closer", "by": "load"}]
    wrong = change | {"path-0-to": "inbound", "path-0-by": "turn"}
    assert sent(leader, f"/settings/pods/{pod.pk}/", wrong)[0] == 422
    assert "Inbound development" in leader.get("/settings/pods/").content.decode()
    for path in (f"/settings/pods/{pod.pk}/", "/settings/pods/add/", "/settings/assignment/give/"):
        assert signed_in(cast.owner).post(path, change).status_code == 403


def test_service_levels_and_working_hours(cast: Cast, signed_in: SignedIn) -> None:
    source = Source(name="Web").add(by=SYSTEM)
    client = signed_in(cast.leader)
    sent(client, f"/settings/lists/sources/{source.pk}/", {"answer_within": "30", "was": ""})
    sent(client, f"/settings/lists/sources/{source.pk}/", {"escalate_after": "90", "was": ""})
    source.refresh_from_db()
    assert (source.answer_within, source.escalate_after) == (30, 90)
    for name, was, wrong, told in (
        ("escalate_after", "90", "20", "before the 30 to answer are over"),
        ("answer_within", "30", "100", "after 90 minutes"),
        ("answer_within", "30", "1h", "60 is an hour"),
        ("answer_within", "30", "999999", "60 is an hour"),
    ):
        answer = client.post(f"/settings/lists/sources/{source.pk}/", {name: wrong, "was": was})
        assert (answer.status_code, told in answer.content.decode()) == (422, True), wrong
    source.refresh_from_db()
    assert (source.answer_within, source.escalate_after) == (30, 90)
    week = {"weekdays": ["0", "1"], "day_begins": "08:30", "day_ends": "00:00"}
    sent(client, "/settings/working-days/week/", week)
    kept = WorkingWeek.company()
    assert (kept.day_begins, kept.day_ends) == (510, 1440)
    assert sent(client, "/settings/working-days/week/", week | {"day_ends": "08:00"})[0] == 422
    lead = make.lead(source=source, owner=cast.owner)
    assert "to be answered by" in client.get(f"/leads/{lead.pk}/").content.decode()
    Lead.objects.get(pk=lead.pk).edit(by=cast.owner, title="Called")
    assert "answered after" in client.get(f"/leads/{lead.pk}/").content.decode()
