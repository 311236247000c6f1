"""Several servers keep and make the same arrivals at once: each is kept once, and nobody is made twice."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from leadline.accounts.actors import actor
from leadline.accounts.models import User
from leadline.crm.converting import convert_to_deal
from leadline.crm.intake import counts, keep, make_waiting
from leadline.crm.models import Arrival, ArrivalState, Lead, LeadStatus, Organization, Person
from leadline.crm.parties import Choice, settle
from leadline.history.writing import writing
from tests import factories as make
from tests.cast import assemble
from tests.crm.intake.making import form, hook

pytestmark = pytest.mark.django_db(transaction=True)


def apart(work: Callable[[], Any]) -> Any:
    """Like a server of its own."""
    try:
        return work()
    finally:
        connection.close()


def test_several_servers_keep_once_and_make_once() -> None:
    door = form()

    def kept() -> int:
        given = [{"person": "Jane", "email": "jane@acme.com", "organization": "Acme", "message": n} for n in range(6)]
        return sum(keep(door.pk, str(n), one, {}) for n, one in enumerate(given))

    with ThreadPoolExecutor(3) as servers:
        assert sum(servers.map(apart, [kept] * 3)) == 6
        list(servers.map(apart, [make_waiting] * 3))
    assert counts() == (6, 0, 1, 5, 0, 0, 0)
    assert Lead.objects.count() == Person.objects.count() == Organization.objects.count() == 1


def test_a_form_a_webhook_and_a_conversion_at_once_make_one_person() -> None:
    make.pipeline()
    user, doors = assemble().owner, (form(), hook())
    for n in range(6):
        mail = f"jane{n}@acme.com"
        for door in doors:
            keep(door.pk, str(n), {"person": f"Jane {n}", "email": mail, "organization": f"Acme {n}"}, {})
        lead, start = make.lead(owner=user), Barrier(3)

        def converted(lead: Lead = lead, n: int = n, mail: str = mail, start: Barrier = start) -> None:
            start.wait()
            with writing():
                person = Choice(keep=False, name=f"Jane {n}", mails=[mail])
                settle(lead, person, Choice(), by=actor(user), user=User.objects.get(pk=user.pk))
                convert_to_deal(lead, by=user)

        def made(start: Barrier = start) -> None:
            start.wait()
            make_waiting()

        with ThreadPoolExecutor(3) as servers:
            list(servers.map(apart, [converted, made, made]))
        assert Person.objects.filter(first_email=mail).count() == 1
        assert Lead.objects.filter(person__first_email=mail, status=LeadStatus.OPEN).count() == 1
    assert {*Arrival.objects.values_list("state", flat=True)} <= {ArrivalState.TAKEN, ArrivalState.JOINED}
