"""Several servers keep and make the same arrivals at once: each is kept once, and nobody is made twice."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from leadline.crm.intake import counts, keep, make_waiting
from leadline.crm.models import Lead, Organization, Person
from tests.crm.intake.making import form

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
