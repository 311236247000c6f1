"""Finding, going and doing by the keyboard alone, and what the frame says when the server is away."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests import factories as make
from tests.cast import Cast, assemble
from tests.journeys.axe import hindrances

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return assemble()


def sign_in(page: Any, who: str = "olga@example.com") -> None:
    page.goto("/sign-in/")
    page.fill("[name=login]", who)
    page.fill("[name=password]", "correct horse battery")
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda url: "sign-in" not in url)


def test_by_keyboard_from_the_box_to_the_record_and_back(page: Any, cast: Cast) -> None:
    firm = make.organization(name="Quintessa Papers", domain="quintessa.example", owner=cast.owner)
    make.deal(title="Quintessa renewal", owner=cast.owner, organization=firm)
    sign_in(page)
    page.goto("/me/")
    page.keyboard.press("Control+k")
    box = page.get_by_role("combobox", name="Search or do something")
    expect(box).to_be_focused()
    page.keyboard.type("qintessa pap")  # a slip
    option = page.locator(f"#palette-organization-{firm.pk}[role=option]")
    expect(option).to_contain_text("Quintessa Papers")
    while option.get_attribute("aria-selected") != "true":
        page.keyboard.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") == option.get_attribute("id")
    assert hindrances(page) == []
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/organizations/{firm.pk}/")
    page.goto("/me/")
    page.keyboard.press("/")
    expect(page.get_by_role("group", name="Last seen")).to_contain_text("Quintessa Papers")
    page.keyboard.press("Escape")
    expect(page.locator("#palette")).to_be_hidden()


def test_places_and_commands_by_keyboard(page: Any, cast: Cast) -> None:
    sign_in(page)
    page.goto("/me/")
    page.keyboard.press("g")
    page.keyboard.press("i")
    page.wait_for_url("**/insights/**")
    page.keyboard.press("Control+k")
    page.keyboard.type("dark")
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.keyboard.press("Control+k")
    page.keyboard.type("team")
    expect(page.get_by_role("option", name="Teams")).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/settings/teams/")
    page.keyboard.press("?")
    sheet = page.get_by_role("dialog", name="Keys")
    expect(sheet).to_contain_text("Find or do something")
    assert hindrances(page) == []
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    page.keyboard.press("[")
    expect(page.locator("html")).to_have_attribute("data-rail", "narrow")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-rail", "narrow")
    page.keyboard.press("Control+k")
    page.keyboard.type("sign out")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/sign-in/"))  # by way of another address, which it gives up on the way


def test_letters_typed_into_a_field_are_letters(page: Any, cast: Cast) -> None:
    sign_in(page)
    page.goto("/search/")
    page.fill("#search-text", "")
    page.focus("#search-text")
    page.keyboard.type("g p ? c / [")
    expect(page.locator("#search-text")).to_have_value("g p ? c / [")
    expect(page.locator("dialog[open]")).to_have_count(0)


def test_all_results_stand_on_a_page_of_their_own(page: Any, cast: Cast) -> None:
    for number in range(8):
        make.person(name=f"Ferris {number}", owner=cast.owner)
    sign_in(page)
    page.goto("/me/")
    page.keyboard.press("/")
    page.keyboard.type("ferris")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/search/?q=ferris")
    expect(page.get_by_role("navigation", name="Kinds of results")).to_contain_text("People 8")
    assert hindrances(page) == []
    page.get_by_role("link", name="People", exact=False).last.click()
    expect(page.locator(".found li")).to_have_count(8)


def test_on_a_phone_by_touch(browser: Any, live_server: Any, cast: Cast) -> None:
    firm = make.organization(name="Quintessa Papers", owner=cast.owner)
    context = browser.new_context(base_url=live_server.url, viewport={"width": 390, "height": 800}, has_touch=True)
    page = context.new_page()
    sign_in(page)
    page.goto("/me/")
    page.locator("[data-palette]").tap()
    page.keyboard.type("quint")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator(f"#palette-organization-{firm.pk}").tap()
    page.wait_for_url(f"**/organizations/{firm.pk}/")
    context.close()


def test_a_page_says_when_it_may_be_old(page: Any, cast: Cast) -> None:
    sign_in(page)
    page.goto("/me/")
    bar = page.locator("#offline")
    expect(bar).to_be_hidden()
    page.context.set_offline(True)
    expect(bar).to_contain_text("You are offline. What you see is from")
    page.context.set_offline(False)
    expect(bar).to_be_hidden()
