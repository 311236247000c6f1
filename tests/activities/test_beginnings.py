"""What every company begins with is given once, by Leadline, and never again."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from leadline.accounts import invitations
from leadline.accounts.actors import SYSTEM
from leadline.activities.beginnings import begin, catch_up
from leadline.activities.models import ActivityType, Outcome
from leadline.crm.models import LostReason
from leadline.history.models import Change
from leadline.web.entry.founding import found
from tests import factories as make
from tests.cast import assemble

pytestmark = pytest.mark.django_db


def types() -> list[str]:
    return list(ActivityType.objects.kept().values_list("name", flat=True))


def reasons() -> set[str]:
    return set(LostReason.objects.kept().values_list("name", flat=True))


def test_a_new_company_can_log_plan_and_say_why_it_lost(client: Client) -> None:
    invitation = invitations.find(invitations.setup_link().strip("/").split("/")[-1], setup=True)
    found(invitation, name="Ada", email="ada@example.com", password="correct horse battery")
    assert {"Call", "E-mail", "Meeting", "Task"} <= set(types())
    assert reasons() == {"Price", "Timing", "No budget", "Competitor", "No decision", "No need"}
    assert dict(ActivityType.objects.values_list("name", "work"))["Demo"] == "selling"
    assert Outcome.meaning(" meeting AGREED ") == "conversation"
    given = Change.objects.filter(entity__in=["activity_type", "lost_reason", "outcome"])
    assert {(row.by_id, row.via, row.act) for row in given} == {(None, "job", given[0].act)}


def test_it_is_given_once() -> None:
    begin()
    begin()
    assert len(types()) == len(set(types()))
    for row in [*ActivityType.objects.all(), *LostReason.objects.all(), *Outcome.objects.all()]:
        row.trash(by=SYSTEM)
    begin()
    assert (types(), reasons(), list(Outcome.objects.kept())) == ([], set(), [])
    LostReason.objects.all().delete()  # out of the trash, too: the log still tells that there were some
    begin()
    assert reasons() == set()


def test_what_came_with_a_file_is_left_alone() -> None:
    ActivityType(name="Visit").add(by=SYSTEM)
    begin()
    assert types() == ["Visit"]
    assert "Price" in reasons()


def test_a_company_that_began_without_gets_them_at_the_next_start() -> None:
    catch_up()
    assert types() == [], "an empty house waits for its people or their files"
    make.pipeline()
    catch_up()
    assert "Call" in types()


def test_types_from_before_get_a_kind_of_work_once() -> None:
    make.pipeline()
    for name in ("call", "Visit"):
        ActivityType(name=name).add(by=SYSTEM)
    catch_up()
    assert list(ActivityType.objects.values_list("name", "work", "minutes")) == [
        ("Visit", "", None), ("call", "prospecting", 10),
    ]  # fmt: skip
    ActivityType.objects.get(name="call").edit(by=SYSTEM, work="", minutes=None)
    catch_up()
    assert set(ActivityType.objects.values_list("work", flat=True)) == {""}, "what somebody took away stays away"


def test_where_there_are_none_the_way_to_them_is_told(client: Client) -> None:
    cast = assemble()
    deal = make.deal(owner=cast.owner)
    address = reverse("activity_log", args=["deal", deal.pk])
    for part, linked in (("administrator", True), ("owner", False)):
        client.force_login(getattr(cast, part))
        text = client.get(reverse("deal", args=[deal.pk])).content.decode()
        assert "There are no activity types" in text
        assert (reverse("activity_types") in text) is linked
        told = client.post(address, {"subject": "x"}, headers={"Accept": "application/json"})
        assert told.status_code == 422
        assert "settings" in told.json()["message"]
