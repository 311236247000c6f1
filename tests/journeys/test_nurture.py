"""Nurture and lost in the browser: parked, come back, lost, reviewed, opened again; many stalled deals at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User
from leadline.crm.models import Deal, Lead
from leadline.crm.working_days import months_after
from tests import factories as make
from tests.cast import Cast, assemble

pytestmark = pytest.mark.django_db(transaction=True)
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
DAY = dt.timedelta(days=1)


@pytest.fixture
def cast(live_server: Any) -> Cast:
    people = assemble()
    make.lost_reason("Price")
    long_ago = timezone.now() - 90 * DAY
    for title in ("Globex", "Initech", "Acme"):
        make.deal(title=title, owner=people.owner, by=people.owner, created_at=long_ago, at=long_ago)
    Lead(title="Orrin", owner=people.owner).add(by=SYSTEM)
    return people


@pytest.fixture
def visit(browser: Any, live_server: Any) -> Iterator[Callable[[User, str], Any]]:
    contexts, said = [], []

    def to(user: User, path: str) -> Any:
        client = Client()
        client.force_login(user, backend=BACKEND)
        context = browser.new_context(base_url=live_server.url, viewport={"width": 1440, "height": 900})
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("console", lambda message: said.append(message.text) if "Security Policy" in message.text else None)
        go(page, path)
        return page

    yield to
    for context in contexts:
        context.close()
    assert said == []


def go(page: Any, path: str) -> None:
    page.goto(path)
    page.wait_for_load_state("networkidle")


def told(page: Any, text: str) -> None:
    expect(page.locator(".toast").filter(has_text=text).last).to_be_visible()


def deal(title: str) -> Deal:
    return Deal.objects.get(title=title)


def test_what_is_parked_comes_back_or_ends(visit: Callable[[User, str], Any], cast: Cast) -> None:
    page = visit(cast.owner, f"/deals/{deal('Globex').pk}/")
    page.keyboard.press("p")
    ask = page.get_by_role("dialog", name="Nurture")
    ask.get_by_label("No day").check()
    ask.get_by_label("Why").fill("Nobody there")
    page.keyboard.press("Enter")  # no day and no event: nothing would bring it back
    expect(ask.get_by_label("Comes back when")).to_be_focused()
    page.keyboard.type("they have hired")
    page.keyboard.press("Enter")
    expect(page.locator(".outcome")).to_contain_text("comes back when: they have hired · Nobody there")

    go(page, f"/leads/{Lead.objects.get().pk}/")
    page.get_by_role("link", name="Nurture", exact=True).last.click()
    page.get_by_role("dialog").get_by_label("Why").fill("Budget next year")
    page.keyboard.press("Enter")
    told(page, "Orrin is parked")

    go(page, "/pipeline/nurture/")
    expect(page.locator("[data-row]")).to_have_count(2)
    page.locator("[data-row]").filter(has_text="Globex").focus()
    page.keyboard.press("h")
    told(page, "Globex is open again, with a task")
    expect(page.locator("[data-row]")).to_have_count(1)
    page.keyboard.press("l")
    page.get_by_role("dialog").get_by_role("button", name="Discard").click()
    expect(page.locator("[data-row]")).to_have_count(0)
    assert Lead.objects.get().status == "discarded"


def test_what_is_rotten_is_parked_at_once(visit: Callable[[User, str], Any], cast: Cast) -> None:
    stage = make.stage()
    stage.edit(by=SYSTEM, rot_days=30)
    page = visit(cast.owner, "/pipeline/")
    button = page.get_by_role("button", name="Park the rotten")
    button.click()
    page.get_by_role("dialog", name="Nurture").get_by_label("Why").fill("Nobody answers")
    page.keyboard.press("Enter")
    told(page, "3 records put into nurture")
    expect(page.locator(".deal")).to_have_count(0)
    assert {(one.status, one.parked_reason) for one in Deal.objects.all()} == {("nurture", "Nobody answers")}
    page.locator(".toast-undo").last.click()
    expect(page.locator(".deal")).to_have_count(3)

    go(page, "/deals/?rotten=yes&status=open")
    page.get_by_role("button", name="Park all of these").click()
    page.get_by_label("Comes back when").fill("they have hired")
    page.get_by_role("button", name="Do it").click()
    told(page, "3 records put into nurture")
    assert {one.come_back_event for one in Deal.objects.all()} == {"they have hired"}


def test_a_deal_is_lost_reviewed_and_lives_again(visit: Callable[[User, str], Any], cast: Cast) -> None:
    page, one = visit(cast.leader, "/pipeline/"), deal("Acme")
    page.locator(f'[data-id="{one.pk}"] .deal-title').focus()
    page.keyboard.press("l")
    ask = page.get_by_role("dialog", name="Why was it lost?")
    today = timezone.localdate()
    offered = dt.date.fromisoformat(ask.get_by_label("Ask again on").input_value())
    assert months_after(today, 6) <= offered <= months_after(today, 6) + 4 * DAY  # the next day of work
    ask.get_by_label("Or another reason").fill("Moved abroad")
    ask.get_by_label("Lost to").fill("Sealine")
    page.keyboard.press("Enter")
    told(page, "Acme: lost")
    lost = deal("Acme")
    assert (str(lost.lost_reason), lost.competitor, lost.revisit_on) == ("Moved abroad", "Sealine", offered)

    go(page, "/insights/lost/?whole=1")
    expect(page.locator("#lost-reasons-table")).to_contain_text("Moved abroad")
    expect(page.locator("#lost-competitors-table")).to_contain_text("Sealine")
    page.locator("#lost-revisits-table tbody a").first.click()
    page.get_by_role("link", name="Acme").click()
    expect(page.locator(".outcome")).to_contain_text("Moved abroad · to Sealine")
    page.get_by_role("button", name="Open again").click()
    expect(page.locator(".lives")).to_contain_text("2 lives")
    expect(page.locator(".lives")).to_contain_text("Moved abroad · to Sealine")
