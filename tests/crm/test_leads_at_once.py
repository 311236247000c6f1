"""Several servers look after the same leads: one escalation each, and turns that are given once (R39)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User
from leadline.crm.assigning import assign
from leadline.crm.escalating import escalate_due
from leadline.crm.handing_off import hand
from leadline.crm.models import AssignmentRule, Escalation, HandOff, Lead, Notice, Source
from leadline.crm.working_time import set_week
from leadline.history.models import Change
from tests import factories as make
from tests.cast import assemble

pytestmark = pytest.mark.django_db(transaction=True)


def apart(work: Callable[[], Any]) -> Any:
    """Like a server of its own."""
    try:
        return work()
    finally:
        connection.close()


def test_several_servers_tell_once_and_give_each_turn_once() -> None:
    cast = assemble()
    set_week(by=SYSTEM, weekdays=list(range(7)), day_begins=0, day_ends=24 * 60)
    source = Source(name="Web", escalate_after=30).add(by=SYSTEM)
    Change.objects.filter(entity="source").update(recorded_at=timezone.now() - dt.timedelta(days=2))
    late = [make.lead(source=source, created_at=timezone.now() - dt.timedelta(hours=2)) for _n in range(4)]
    with ThreadPoolExecutor(3) as servers:
        told = [*servers.map(apart, [escalate_due] * 3)]
    assert sum(map(len, told)) == Escalation.objects.count() == len(late)
    assert Notice.objects.filter(user=cast.leader, why="late").count() == len(late)

    people = [cast.owner, cast.teammate, cast.outsider]
    AssignmentRule(name="All", user_ids=[user.pk for user in people]).add(by=SYSTEM)
    leads = [make.lead() for _n in range(9)]
    with ThreadPoolExecutor(3) as servers:  # each lead is offered by two servers
        given = [*servers.map(lambda lead: apart(lambda: assign(Lead.objects.get(pk=lead.pk), by=SYSTEM)), leads * 2)]
    assert len([one for one in given if one is not None]) == len(leads)
    assert Counter(Lead.objects.filter(pk__in=[lead.pk for lead in leads]).values_list("owner__name", flat=True)) == {
        "Olga": 3,
        "Theo": 3,
        "Umar": 3,
    }


def test_of_several_who_hand_a_lead_over_at_once_one_does() -> None:
    cast, lacking = assemble(), []
    lead = make.lead(owner=cast.owner)
    start = Barrier(3)

    def handed(to: User) -> None:
        start.wait()
        try:
            hand(Lead.objects.get(pk=lead.pk), to, by=cast.administrator)
        except ValidationError as error:
            lacking.extend(error.messages)

    with ThreadPoolExecutor(3) as servers:
        list(servers.map(lambda to: apart(lambda: handed(to)), [cast.teammate, cast.leader, cast.outsider]))
    assert HandOff.objects.waiting().count() == 1
    assert len(lacking) == 2
    assert all("waits for the answer" in message for message in lacking)
