"""A seller tries another team's deal: by its address, by the search, by the list, by the board."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import Level, User, Visibility
from leadline.crm.models import Deal
from leadline.history import members
from tests import factories as make
from tests.cast import assemble

pytestmark = pytest.mark.django_db(transaction=True)
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def deal(live_server: Any) -> Deal:
    """Olga's, in the north, where only her team sees it."""
    cast = assemble()
    members.add(Visibility(kind="deal", see=Level.TEAM, change=Level.TEAM), by=SYSTEM)
    make.deal(title="Umbrella", owner=cast.outsider, by=cast.outsider)
    return make.deal(title="Globex", owner=cast.owner, by=cast.owner)


@pytest.fixture
def umar(page: Any, live_server: Any, deal: Deal) -> Iterator[Any]:
    """A seller of the south, signed in."""
    client = Client()
    client.force_login(User.objects.get(name="Umar"), backend=BACKEND)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    return page


def test_no_way_leads_there(umar: Any, deal: Deal) -> None:
    answer = umar.goto(f"/deals/{deal.pk}/")
    assert answer.status == 404
    expect(umar.get_by_role("heading", name="There is nothing here")).to_be_visible()
    umar.goto("/pipeline/")
    expect(umar.get_by_text("Umbrella").first).to_be_visible()
    expect(umar.get_by_text("Globex")).to_have_count(0)
    umar.goto("/deals/?status=open")
    expect(umar.get_by_text("Umbrella").first).to_be_visible()
    expect(umar.get_by_text("Globex")).to_have_count(0)
    umar.goto("/search/?q=globex")
    expect(umar.locator("main a", has_text="Globex")).to_have_count(0)


def test_what_moves_out_of_sight_leaves_the_board(umar: Any, deal: Deal) -> None:
    umar.goto("/pipeline/")
    card = umar.locator(".deal", has_text="Umbrella")
    expect(card).to_be_visible()
    Deal.objects.get(title="Umbrella").edit(by=SYSTEM, owner=deal.owner)
    expect(card).to_have_count(0)
