"""A deal is dragged on, and what its stage asks for is asked in place: filled, left, waived (R2)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from leadline.accounts.models import User
from leadline.crm.models import Deal
from leadline.crm.playbooks import standing
from tests import factories as make
from tests.cast import Cast, assemble
from tests.crm.playbooks.making import choice, item, playbook
from tests.journeys.axe import hindrances_in_both_themes

pytestmark = pytest.mark.django_db(transaction=True)
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def cast(live_server: Any) -> Cast:
    people = assemble()
    playbook(make.stage(0), item("need"), item("pain", "text"), choice("fit", weight=50), for_standing=True)
    for title in ("Acme", "Globex"):
        make.deal(title=title, owner=people.owner, by=people.owner)
    return people


@pytest.fixture
def at(browser: Any, live_server: Any) -> Iterator[Callable[..., Any]]:
    """Somebody's own browser before a page of theirs. Scripts that fail and policies that are broken fail the test."""
    contexts, said = [], []

    def of(user: User, path: str, **options: Any) -> Any:
        client = Client()
        client.force_login(user, backend=BACKEND)
        wide = {"viewport": {"width": 1440, "height": 900}, "locale": "en-US"}
        context = browser.new_context(base_url=live_server.url, **{**wide, **options})
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("console", lambda message: said.append(message.text) if "Security Policy" in message.text else None)
        page.goto(path)
        page.wait_for_load_state("networkidle")
        return page

    yield of
    for context in contexts:
        context.close()
    assert said == []


def card(page: Any, title: str) -> Any:
    return page.locator(".deal").filter(has=page.get_by_role("link", name=title, exact=True))


def in_stage(page: Any, title: str, stage: int) -> Any:
    return page.locator(f"#lane-{make.stage(stage).pk}").filter(has=card(page, title))


def drag(page: Any, title: str, stage: int) -> None:
    """By the mouse, as a hand does it: press, move, come to rest, let go."""
    box = card(page, title).bounding_box()
    page.mouse.move(box["x"] + 40, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 60, box["y"] + 40, steps=5)
    page.wait_for_timeout(120)
    to = page.locator(f"#lane-{make.stage(stage).pk} .cards").bounding_box()
    page.mouse.move(to["x"] + 60, to["y"] + 40, steps=12)
    page.wait_for_timeout(120)
    page.mouse.up()


def test_dropped_and_filled_dropped_and_left(cast: Cast, at: Callable[..., Any]) -> None:
    page = at(cast.owner, "/pipeline/")
    dialog = page.get_by_role("dialog")
    drag(page, "Acme", 1)
    expect(dialog).to_contain_text("Before it moves to Contacted")
    expect(dialog.get_by_role("checkbox", name="Need")).to_be_focused()
    assert hindrances_in_both_themes(page) == []
    page.keyboard.press("Escape")  # thought better of it: the card goes back, and nothing complains
    expect(dialog).to_have_count(0)
    expect(in_stage(page, "Acme", 0)).to_be_visible()
    expect(page.locator(".toast.bad")).to_have_count(0)

    drag(page, "Acme", 1)
    expect(dialog.get_by_role("checkbox", name="Need")).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("They lose orders")
    dialog.get_by_role("button", name="Move to Contacted").click()
    expect(dialog.locator(".error")).to_have_text(["This is asked for before the deal moves on."])
    expect(dialog.get_by_label("Fit")).to_be_focused()
    expect(dialog.get_by_label("Pain")).to_have_value("They lose orders")
    dialog.get_by_label("Fit").select_option("Good")
    dialog.get_by_role("button", name="Move to Contacted").click()
    expect(dialog).to_have_count(0)
    expect(in_stage(page, "Acme", 1)).to_be_visible()
    expect(page.locator(".toast")).to_contain_text("Acme: moved to Contacted.")
    page.keyboard.press("z")  # one undo for the move and the answers
    expect(in_stage(page, "Acme", 0)).to_be_visible()
    acme = Deal.objects.get(title="Acme")
    assert not any(one.answered for one in standing(acme, make.stage(0)))


def test_on_the_page_of_a_deal_a_leader_answers_and_waives(cast: Cast, at: Callable[..., Any]) -> None:
    acme = Deal.objects.get(title="Acme")
    page = at(cast.leader, f"/deals/{acme.pk}/", viewport={"width": 390, "height": 844})
    panel = page.locator("#deal-playbook")
    expect(panel.locator(".playbook-sums")).to_contain_text("3 required items lacking")
    panel.locator(".playbook-sums").click()  # folded on a phone
    panel.get_by_role("checkbox", name="Need").check()
    expect(panel.locator(".playbook-sums")).to_contain_text("1 of 3")
    expect(panel.get_by_role("checkbox", name="Need")).to_be_focused()
    panel.get_by_label("Fit", exact=True).select_option("So so")
    expect(panel.locator(".playbook-score b")).to_have_text("40")
    while page.locator(".toast-close").count():  # they lie above what stands at the foot, as the rail does
        page.locator(".toast-close").first.click()
    page.set_viewport_size({"width": 390, "height": 3000})
    assert hindrances_in_both_themes(page) == []
    page.locator("[data-deal-act=deal_won] button").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Before it is won")
    dialog.get_by_text("Waive it").click()
    dialog.get_by_label("Why Pain is waived").fill("They told us on the phone")
    dialog.get_by_role("button", name="Win").click()
    expect(page.locator(".notice.outcome.won")).to_be_visible()
    expect(panel).to_contain_text("Waived: They told us on the phone")
    expect(page.locator("#record-timeline")).to_contain_text("waived “Pain”: They told us on the phone")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
