"""From nothing to true numbers: set-up link, first administrator, a file, the page, the deals behind a number."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from leadline.accounts import invitations
from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User
from leadline.history import members
from tests.journeys.axe import hindrances_in_both_themes
from tests.journeys.first_file import bring_in

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "seven brass lanterns"


@pytest.fixture
def signed_in(page: Any) -> Any:
    """Ada, administrator, on the funnel page."""
    user = User(name="Ada", email="ada@example.com", role="administrator")
    user.set_password(PASSWORD)
    members.add(user, by=SYSTEM)
    page.goto("/insights/funnel/")
    page.get_by_label("E-mail").fill("ada@example.com")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/insights/funnel/")
    return page


@pytest.fixture
def numbers(signed_in: Any, tmp_path: Path) -> Any:
    bring_in(tmp_path)
    signed_in.reload()
    return signed_in


def figure(page: Any, word: str) -> Any:
    return page.locator(".figure", has=page.locator("dt", has_text=re.compile(f"^{word}$"))).locator("a")


def test_from_nothing_to_the_deals_behind_a_number(page: Any, tmp_path: Path) -> None:
    page.goto(invitations.setup_link())
    page.get_by_label("Your name").fill("Fay Founder")
    page.get_by_label("E-mail").fill("fay@example.com")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("Base currency").fill("EUR")
    page.get_by_role("button", name="Start").click()
    page.wait_for_url("**/today/")
    page.goto("/insights/funnel/")
    expect(page.locator("main").get_by_role("link", name="Import files")).to_be_visible()

    bring_in(tmp_path)
    page.reload()
    expect(figure(page, "Won deals")).to_have_text("21", timeout=30_000)  # the first question of all
    expect(figure(page, "Won value")).to_have_text("€21,000")
    expect(page.locator("#funnel-stages-table")).to_contain_text("Engaging")

    figure(page, "Won deals").click()
    page.wait_for_url("**/insights/deals/**")
    expect(page.get_by_role("heading", level=1)).to_have_text("21 deals, €21,000")
    expect(page.locator("tbody tr")).to_have_count(21)
    page.get_by_role("link", name="Owner").click()
    expect(page.locator("th[aria-sort=ascending]")).to_have_text("Owner")
    expect(page.locator("tbody tr").first).to_contain_text("Darcel Schlecht")


def test_charts_are_drawn_and_open_the_deals_behind_a_mark(numbers: Any) -> None:
    expect(numbers.locator("[data-chart=funnel-months] .chart-drawing svg")).to_be_visible()
    numbers.locator("[data-chart=funnel-stages] path[aria-label*=Engaging][aria-label*=Pending]").click()
    numbers.wait_for_url("**/insights/deals/?metric=stage_conversion&part=pending&stage=Engaging")


def test_a_filter_changes_the_page_and_its_address(numbers: Any) -> None:
    numbers.get_by_label("To", exact=True).fill("2026-01-31")
    expect(figure(numbers, "Won deals")).to_have_text("2")
    assert "to=2026-01-31" in numbers.url
    numbers.go_back()
    expect(figure(numbers, "Won deals")).to_have_text("21")
    numbers.get_by_role("navigation", name="Pages of this place").get_by_role("link", name="People").click()
    numbers.get_by_label("Group by").select_option("team")
    expect(numbers.locator("#people-compared-table thead")).to_contain_text("Team", timeout=30_000)
    assert "by=team" in numbers.url
    numbers.reload()
    expect(numbers.locator("#people-compared-table thead")).to_contain_text("Team", timeout=30_000)


def test_without_scripts_it_works_as_well(browser: Any, live_server: Any, numbers: Any) -> None:
    plain = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    plain.add_cookies(numbers.context.cookies())
    page = plain.new_page()
    page.goto("/insights/funnel/")
    page.get_by_label("To", exact=True).fill("2026-01-31")
    page.get_by_role("button", name="Show").first.click()
    expect(figure(page, "Won deals")).to_have_text("2")
    expect(page.locator("#funnel-stages-table")).to_be_visible()
    assert page.get_by_label("To", exact=True).input_value() == "2026-01-31"
    plain.close()


def test_colours_are_kept_and_there_before_any_script(numbers: Any) -> None:
    root = numbers.locator("html")
    assert root.get_attribute("data-theme") is None
    numbers.get_by_role("button", name="Dark colours").click()
    expect(root).to_have_attribute("data-theme", "dark")
    answer = numbers.request.get("/insights/funnel/")
    assert 'data-theme="dark"' in answer.text()
    numbers.get_by_role("button", name="Light colours").click()
    expect(root).to_have_attribute("data-theme", "light")


@pytest.mark.parametrize("width", [390, 768, 1440])
def test_nothing_is_wider_than_the_screen(numbers: Any, width: int) -> None:
    numbers.set_viewport_size({"width": width, "height": 844})
    for address in ("/insights/funnel/", "/insights/deals/?metric=win_rate", "/me/"):
        numbers.goto(address)
        assert numbers.evaluate("document.documentElement.scrollWidth") <= width, address
    expect(numbers.get_by_role("navigation", name="Main").get_by_role("link", name="Insights")).to_be_visible()


def test_by_keyboard_alone(numbers: Any) -> None:
    numbers.goto("/insights/funnel/")
    numbers.keyboard.press("Tab")
    expect(numbers.locator(".skip")).to_be_focused()
    numbers.keyboard.press("Enter")
    numbers.keyboard.press("Tab")
    expect(numbers.get_by_role("navigation", name="Pages of this place").get_by_role("link").first).to_be_focused()
    outline = numbers.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    menu = numbers.locator("details.who")
    menu.locator("summary").focus()
    numbers.keyboard.press("Enter")
    expect(menu.get_by_role("link", name="Your account")).to_be_visible()
    numbers.keyboard.press("Escape")
    expect(menu.get_by_role("link", name="Your account")).to_be_hidden()
    figure(numbers, "Win rate").focus()
    numbers.keyboard.press("Enter")
    numbers.wait_for_url("**/insights/deals/**")


def test_a_panel_has_a_place_of_its_own_and_says_what_it_is(numbers: Any) -> None:
    panel = numbers.locator("[data-panel='funnel.months']")
    panel.get_by_text("What is this?").click()
    expect(panel.get_by_text("Of the deals closed, the share that was won.")).to_be_visible()
    numbers.get_by_role("button", name="12 months").click()
    numbers.wait_for_url("**/insights/funnel/?period=12m")
    panel.get_by_role("heading").get_by_role("link").click()
    numbers.wait_for_url("**/insights/funnel/months/?period=12m")
    expect(numbers.locator("#funnel-months-table")).to_be_visible()
    expect(numbers.locator("#funnel-stages-table")).to_have_count(0)
    with numbers.expect_download() as file:
        panel.get_by_role("link", name="CSV").click()
    assert file.value.suggested_filename.startswith("funnel-months-12-months")


def test_axe_finds_nothing(numbers: Any) -> None:
    for address in ("/insights/funnel/", "/insights/deals/?metric=win_rate", "/me/", "/me/password/", "/me/security/"):
        numbers.goto(address)
        numbers.wait_for_load_state("networkidle")
        assert hindrances_in_both_themes(numbers) == [], address
    numbers.get_by_role("navigation", name="Main")
    numbers.context.clear_cookies()
    for address in ("/sign-in/", "/password/", "/nothing-here/", "/setup/spent/", "/join/spent/"):
        numbers.goto(address)
        assert hindrances_in_both_themes(numbers) == [], address


def test_no_page_breaks_its_own_policy(numbers: Any) -> None:
    said: list[str] = []
    numbers.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    for address in ("/insights/funnel/", "/insights/deals/?metric=win_rate", "/me/", "/sign-out/"):
        numbers.goto(address)
        numbers.wait_for_load_state("networkidle")
    numbers.goto("/insights/funnel/")
    expect(numbers.locator("[data-chart=funnel-stages] .chart-drawing svg")).to_be_visible()
    numbers.get_by_role("button", name="Year", exact=True).click()
    expect(numbers.get_by_role("button", name="Year", exact=True)).to_have_attribute("aria-pressed", "true")
    numbers.go_back()
    expect(numbers.get_by_role("button", name="All", exact=True)).to_have_attribute("aria-pressed", "true")
    expect(numbers.locator("[data-chart=funnel-stages] .chart-drawing svg")).to_be_visible()
    assert said == []


def test_on_a_phone_nothing_important_is_off_the_screen(numbers: Any) -> None:
    numbers.set_viewport_size({"width": 390, "height": 844})
    for table in ("#funnel-stages-table", "#funnel-months-table"):
        expect(numbers.locator(table)).to_be_visible()
        for cell in numbers.locator(f"{table} tbody td").all():
            box = cell.bounding_box()
            assert box is None or box["x"] + box["width"] <= 390, cell.inner_text()


def test_a_password_can_be_looked_at(page: Any) -> None:
    members.add(User(name="Ada", email="ada@example.com", role="administrator"), by=SYSTEM)
    page.goto("/sign-in/")
    page.get_by_label("Password").fill("half typed")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_label("Password")).to_have_attribute("type", "text")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_label("Password")).to_have_attribute("type", "password")
