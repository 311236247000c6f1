"""An administrator in a browser: lets somebody in, hands over, sets who sees what, reads the log, restores."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import Team, User
from leadline.accounts.models.visibility import levels
from leadline.crm.models import Deal
from leadline.history import members
from tests import factories as make
from tests.cast import Cast, assemble
from tests.journeys.axe import hindrances_in_both_themes

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "correct horse battery"


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return assemble()


@pytest.fixture
def signed_in(page: Any) -> Callable[[User], Any]:
    def enter(user: User) -> Any:
        page.goto("/sign-in/")
        page.get_by_label("E-mail").fill(user.email)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.wait_for_url(lambda url: "/sign-in/" not in url)
        return page

    return enter


def test_somebody_is_let_in_and_joins(
    cast: Cast, signed_in: Callable[[User], Any], browser: Any, live_server: Any
) -> None:
    page = signed_in(cast.administrator)
    page.goto("/settings/")
    page.locator("main").get_by_role("link", name="Users").click()
    page.get_by_role("link", name="Add somebody").click()
    page.get_by_label("Name").fill("Nina New")
    page.get_by_label("E-mail").fill("OLGA@example.com")
    page.get_by_role("button", name="Add", exact=True).last.click()
    expect(page.locator("p.error")).to_be_visible()
    page.get_by_label("E-mail").fill("nina@example.com")
    page.get_by_label("Team").select_option(label="South")
    page.get_by_role("button", name="Add", exact=True).last.click()
    link = page.get_by_label("Link", exact=True).input_value()

    other = browser.new_context(base_url=live_server.url).new_page()
    other.goto(link)
    other.get_by_label("Password").fill("seven brass lanterns")
    other.get_by_role("button", name="Start").click()
    other.wait_for_url(lambda url: "/join/" not in url)
    other.context.close()
    page.reload()
    expect(page.locator(".settings-link")).to_have_count(0)
    expect(page.locator("#person")).to_contain_text("Signs in")
    assert User.objects.get(name="Nina New").team == Team.objects.get(name="South")


def test_whoever_leaves_hands_over_and_one_undo_takes_it_back(cast: Cast, signed_in: Callable[[User], Any]) -> None:
    deal = make.deal(owner=cast.owner)
    page = signed_in(cast.administrator)
    page.goto(f"/settings/people/{cast.owner.pk}/")
    page.get_by_text("They leave …").click()
    page.get_by_label("Hand over to").last.select_option(label="Theo")
    page.get_by_role("button", name="End their sign-in").click()
    expect(page.get_by_text("Olga signs in no more. 1 record was handed over.")).to_be_visible()
    assert Deal.objects.get(pk=deal.pk).owner == cast.teammate
    page.get_by_role("button", name="Undo").first.click()
    expect(page.get_by_text("Taken back").or_(page.get_by_text("put back")).first).to_be_visible()
    expect(page.locator("#person")).to_contain_text("They leave …")
    assert Deal.objects.get(pk=deal.pk).owner == cast.owner
    assert User.objects.get(pk=cast.owner.pk).is_active


def test_a_choice_counts_at_once_and_says_what_it_does(cast: Cast, signed_in: Callable[[User], Any]) -> None:
    page = signed_in(cast.administrator)
    page.goto("/settings/visibility/")
    deals = page.locator("section.visibility", has=page.get_by_role("heading", name="Deals", exact=True))
    deals.get_by_label("Seen by").select_option(label="The owner")
    expect(deals).to_contain_text("People see their own deals only")
    page.get_by_label("Examples tell of the records of").select_option(label="Umar (South)")
    expect(deals).to_contain_text("Lena and Umar, and by whoever administers")
    assert levels("deal") == ("owner", "team")


def test_the_log_is_narrowed_and_taken_back(cast: Cast, signed_in: Callable[[User], Any]) -> None:
    deal = make.deal(by=cast.owner, owner=cast.owner, title="Harbour lights", value=100, currency="USD")
    deal.edit(by=cast.owner, value=200)
    page = signed_in(cast.administrator)
    page.goto("/settings/log/")
    page.get_by_label("Name of the record").fill("harbour")
    page.keyboard.press("Enter")
    expect(page.locator(".log-entry")).to_have_count(2)
    assert "q=harbour" in page.url
    entry = page.locator(".log-entry").first
    expect(entry).to_contain_text("Olga changed value from $100 to $200")
    entry.locator("summary").click()
    entry.get_by_role("button", name="Take this back").click()
    expect(page.locator(".log-entry.undone")).to_have_count(1)
    deal.refresh_from_db()
    assert deal.value == 100


def test_long_logs_go_on_as_one_scrolls(cast: Cast, signed_in: Callable[[User], Any]) -> None:
    deal = make.deal(owner=cast.owner)
    for number in range(120):
        deal.edit(by=cast.owner, title=f"Title {number}")
    page = signed_in(cast.leader)
    page.goto("/settings/log/?kind=deal")
    expect(page.locator(".log-entry")).to_have_count(50)
    page.locator(".log-following").scroll_into_view_if_needed()
    expect(page.locator(".log-entry")).to_have_count(100)
    page.locator(".log-following").scroll_into_view_if_needed()
    expect(page.locator(".log-entry")).to_have_count(121)
    expect(page.locator(".log-following")).to_have_count(0)


def test_many_come_out_of_the_trash(cast: Cast, signed_in: Callable[[User], Any]) -> None:
    for _number in range(3):
        make.deal(owner=cast.owner).trash(by=cast.owner)
    page = signed_in(cast.owner)
    page.goto("/settings/trash/")
    page.get_by_label("All on this page").check()
    page.get_by_role("button", name="Restore those ticked").click()
    expect(page.get_by_text("3 records are back.")).to_be_visible()
    expect(page.locator("#trash")).to_contain_text("The trash is empty.")
    assert Deal.objects.kept().count() == 3


PAGES = ("", "people/", "people/add/", "people/1/", "teams/", "visibility/", "log/", "trash/")


def addresses(cast: Cast) -> list[str]:
    return [f"/settings/{page.replace('1', str(cast.owner.pk))}" for page in PAGES]


def test_axe_finds_nothing(cast: Cast, signed_in: Callable[[User], Any]) -> None:
    make.deal(owner=cast.owner, title="Gone").trash(by=cast.owner)
    page = signed_in(cast.administrator)
    for address in addresses(cast):
        page.goto(address)
        for summary in page.locator("main details:not([open]) > summary").all()[:2]:
            summary.click()
        assert hindrances_in_both_themes(page) == [], address


@pytest.mark.parametrize("width", [390, 1024, 1440])
def test_nothing_is_wider_than_the_screen(cast: Cast, signed_in: Callable[[User], Any], width: int) -> None:
    members.change(cast.owner, by=SYSTEM, name="Olga " + "Wolfeschlegelsteinhausenbergerdorff" * 3)
    make.deal(by=cast.owner, owner=cast.owner, title="x" * 200).trash(by=cast.owner)
    page = signed_in(cast.administrator)
    page.set_viewport_size({"width": width, "height": 844})
    for address in addresses(cast):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
