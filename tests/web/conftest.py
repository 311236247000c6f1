"""The cast before the pages, and a small company whose deals belong to three of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.test import Client

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User
from leadline.crm.models import Deal
from tests import factories as make
from tests.cast import Cast, assemble

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
NOON = dt.time(12, tzinfo=dt.UTC)


@pytest.fixture
def cast(db: None) -> Cast:
    return assemble()


@pytest.fixture
def signed_in() -> Callable[[User], Client]:
    def client_of(user: User) -> Client:
        client = Client()
        client.force_login(user, backend=BACKEND)
        return client

    return client_of


@dataclass(frozen=True)
class Company:
    """Nine deals: Olga won 2 and lost 1, Theo won 1 and lost 1, Umar won 3 and has 1 open."""

    deals: dict[str, list[Deal]]


@pytest.fixture
def company(cast: Cast) -> Company:
    def closed(owner: User, outcome: str, month: int, value: int) -> Deal:
        began = dt.datetime.combine(dt.date(2026, month, 1), NOON)
        deal = make.deal(owner=owner, value=value, title=f"{owner.name} {outcome} {month}", created_at=began, at=began)
        deal.move_to(make.stage(2), by=SYSTEM, at=began + dt.timedelta(days=10))
        end = began + dt.timedelta(days=20)
        return deal.win(by=SYSTEM, at=end) if outcome == "won" else deal.lose(by=SYSTEM, at=end)

    began = dt.datetime.combine(dt.date(2026, 3, 1), NOON)
    still_open = make.deal(owner=cast.outsider, value=900, title="Umar open", created_at=began, at=began)
    olga, theo, umar = cast.owner, cast.teammate, cast.outsider
    return Company(
        {
            "owner": [closed(olga, "won", 1, 1000), closed(olga, "won", 2, 3000), closed(olga, "lost", 2, 50)],
            "teammate": [closed(theo, "won", 1, 500), closed(theo, "lost", 3, 70)],
            "outsider": [*(closed(umar, "won", month, 200) for month in (1, 2, 3)), still_open],
        }
    )
