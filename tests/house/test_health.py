"""`/healthz` and the warehouse."""

from __future__ import annotations

import pytest

from leadline.accounts.actors import SYSTEM
from leadline.history import members
from leadline.insights import warehouse

pytestmark = pytest.mark.django_db(transaction=True)  # on PostgreSQL only what is committed is followed


@pytest.fixture(autouse=True)
def _let_go():
    warehouse.close()
    yield
    warehouse.close()


def test_it_says_how_many_changes_the_warehouse_has_yet_to_read(client):
    assert client.get("/healthz").json()["warehouse_lag"] is None
    warehouse.warehouse()
    assert client.get("/healthz").json()["warehouse_lag"] == 0
    members.invite("Ada", email="ada@example.com", by=SYSTEM)
    assert client.get("/healthz").json()["warehouse_lag"] == 1
    warehouse.warehouse()
    assert client.get("/healthz").json()["warehouse_lag"] == 0
