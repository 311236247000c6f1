"""A morning by keyboard alone: what is due, what came of it, what rots, one thing at a time to the end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from leadline.accounts.actors import SYSTEM
from leadline.activities.models import Activity, CountsAs, Outcome
from leadline.crm.models import Deal
from tests import factories as make
from tests.cast import Cast, assemble
from tests.journeys.axe import hindrances_in_both_themes

pytestmark = pytest.mark.django_db(transaction=True)
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
DAY = dt.timedelta(days=1)


@pytest.fixture
def cast(live_server: Any) -> Cast:
    """Olga has three calls due, one deal that has rotted, and words for what came of a call."""
    people, now = assemble(), timezone.now()
    olga = people.owner
    for position, (name, counts_as) in enumerate((("No answer", "no_answer"), ("Talked", "conversation"))):
        Outcome(name=name, counts_as=CountsAs(counts_as), position=position).add(by=SYSTEM)
    for number, value in enumerate((90_000, 9_000, 900), 1):
        deal = make.deal(title=f"Deal {number}", owner=olga, value=Decimal(value), by=olga)
        person = make.person(name=f"Person {number}", phones=[{"value": "+49 30 1", "primary": True}], owner=olga)
        make.activity(subject=f"Call {number}", deal=deal, person=person, owner=olga, by=olga, due_at=now - DAY)
    rotten = make.deal(title="Forgotten", owner=olga, value=Decimal(5_000), by=olga)
    Deal.objects.filter(pk=rotten.pk).update(last_touch_at=now - 30 * DAY)
    return people


@pytest.fixture
def page(browser: Any, live_server: Any, cast: Cast) -> Iterator[Any]:
    """Olga's browser at the door. Scripts that fail and policies that are broken fail the test."""
    client, said = Client(), []
    client.force_login(cast.owner, backend=BACKEND)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    context = browser.new_context(base_url=live_server.url, viewport={"width": 1440, "height": 900}, locale="en-US")
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    page = context.new_page()
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("console", lambda message: said.append(message.text) if "Security Policy" in message.text else None)
    page.goto("/")
    page.wait_for_url("**/today/")
    page.wait_for_load_state("networkidle")
    yield page
    context.close()
    assert said == []


def test_a_morning_by_keyboard_alone(page: Any, cast: Cast) -> None:
    press = page.keyboard.press
    assert hindrances_in_both_themes(page) == []

    press("j")
    expect(page.locator("[data-row]:focus")).to_contain_text("Call 1")
    press("x")  # done; a number says what came of it, one line what is next
    line = page.locator("[data-after] input[name=subject]")
    expect(line).to_be_focused()
    press("2")
    page.keyboard.type("call tomorrow 10 about the offer")
    press("Enter")
    expect(page.locator("[data-after]")).to_have_count(0)
    expect(page.locator("#to-do")).not_to_contain_text("Call 1")
    expect(page.locator(".today-figures")).to_contain_text("1 done today")
    first = Activity.objects.get(subject="Call 1")
    assert (first.outcome, first.counts_as) == ("Talked", "conversation")
    assert Activity.objects.filter(deal=first.deal, done_at=None).count() == 1

    for _row in range(3):  # over all regions, to the deal that has rotted
        if "Forgotten" not in (page.locator("[data-row]:focus").all_inner_texts() or [""])[0]:
            press("j")
    expect(page.locator("[data-row]:focus")).to_contain_text("Forgotten")
    press("p")
    page.keyboard.type("call friday 11")
    press("Enter")
    expect(page.locator("#rotten")).not_to_contain_text("nothing planned")
    assert Activity.objects.filter(deal__title="Forgotten", done_at=None).count() == 1
    press("l")
    expect(page.locator("#ask-lost")).to_be_visible()
    press("Enter")
    expect(page.locator("#rotten")).to_have_count(0)

    make.activity(subject="From elsewhere", owner=cast.owner, by=cast.teammate, due_at=timezone.now())
    expect(page.locator("#to-do")).to_contain_text("From elsewhere")  # what others do appears by itself

    press("f")
    page.wait_for_url("**/today/focus/")
    heading = page.locator("#focus-what")
    expect(heading).to_have_text("Call 2")
    expect(page.locator(".focus-beside")).to_contain_text("+49 30 1")
    assert hindrances_in_both_themes(page) == []
    press("s")
    expect(heading).not_to_have_text("Call 2")
    page.reload()
    expect(heading).not_to_have_text("Call 2")
    press("x")
    expect(page.locator(".focus-left")).to_contain_text("2 things left")
    press("1")
    press("Enter")
    expect(page.locator(".focus-left")).to_contain_text("1 thing left")
    expect(heading).to_have_text("Call 2")
    press("x")
    expect(heading).to_have_text("Nothing is left for today.")
    expect(page.locator(".focus-end")).to_contain_text("You did 4 things today.")
    press("z")
    expect(heading).to_have_text("Call 2")
    press("Escape")
    page.wait_for_url("**/today/")
    expect(page.locator("#to-do")).to_contain_text("Call 2")
    press("g")
    press("p")
    page.wait_for_url("**/pipeline/")
    press("g")
    press("t")
    page.wait_for_url("**/today/")
