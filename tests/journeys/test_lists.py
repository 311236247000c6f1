"""A list in the browser: find, sort, edit in place, keep a view, change many and take it back."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User
from leadline.crm.listing import figures
from leadline.crm.models import Deal, View
from leadline.history import members
from tests import factories as make
from tests.journeys.axe import hindrances_in_both_themes

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PASSWORD = "seven brass lanterns"


def someone(name: str, role: str = "seller") -> User:
    user = User(name=name, email=f"{name.lower()}@example.com", role=role)
    user.set_password(PASSWORD)
    return members.add(user, by=SYSTEM)


def sign_in(page: Any, name: str, to: str) -> None:
    page.goto(f"/sign-in/?next={to}")
    page.get_by_label("E-mail").fill(f"{name.lower()}@example.com")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"**{to}**")
    page.wait_for_load_state("networkidle")


@pytest.fixture
def company(page: Any) -> Any:
    """Seventy open deals: sixty of Ada's, ten of Bo's; a page holds fifty."""
    figures.forget()
    ada, bo = someone("Ada", "administrator"), someone("Bo")
    make.label("Hot")
    make.organization(name="Acme")
    for n in range(70):
        make.deal(title=f"Deal {n:02}", value=100 + n, owner=ada if n < 60 else bo)
    sign_in(page, "Ada", "/deals/")
    return page


def rows(page: Any) -> Any:
    return page.locator("[data-grid] tbody tr")


def test_find_filter_sort_and_go_on_by_scrolling(company: Any) -> None:
    page = company
    expect(rows(page)).to_have_count(50)
    expect(page.locator(".list-figures")).to_contain_text("70 deals")
    rows(page).last.scroll_into_view_if_needed()
    expect(rows(page)).to_have_count(70)
    expect(page.get_by_role("link", name="More")).to_have_count(0)

    page.get_by_role("link", name="Title").click()
    expect(page.locator("th[aria-sort=ascending]")).to_contain_text("Title")
    expect(rows(page).first).to_contain_text("Deal 00")
    page.get_by_placeholder("Find here").fill("deal 1")
    expect(rows(page)).to_have_count(10)
    expect(page.get_by_placeholder("Find here")).to_be_focused()
    assert "q=deal" in page.url
    page.get_by_placeholder("Find here").fill("")
    expect(rows(page)).to_have_count(50)

    page.locator(".filter-add summary").click()
    page.get_by_placeholder("Filter by …").fill("own")
    page.locator(".filter-offers").get_by_role("link", name="Owner", exact=True).click()
    page.locator(".asker").get_by_label("Bo").check()
    page.locator(".asker").get_by_role("button", name="Show").click()
    expect(rows(page)).to_have_count(10)
    expect(page.locator(".chip").nth(1)).to_contain_text("Owner Bo")
    page.go_back()
    expect(rows(page)).to_have_count(50)
    page.go_forward()
    expect(rows(page)).to_have_count(10)
    page.reload()
    expect(rows(page)).to_have_count(10)
    page.get_by_role("link", name="Take off Owner").click()
    expect(rows(page)).to_have_count(50)
    page.get_by_role("link", name="Take off Status").click()
    expect(page.locator(".chip")).to_have_count(0)


def test_edit_in_place_by_keys_and_take_it_back(company: Any) -> None:
    page = company
    page.keyboard.press("j")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".here-cell")).to_contain_text("$169")
    page.keyboard.press("e")
    page.locator(".in-place-form input[name=value]").fill("5000")
    page.keyboard.press("Enter")
    expect(rows(page).first).to_contain_text("$5,000")
    expect(page.locator(".list-figures")).to_contain_text("$14,246")
    expect(page.locator("tr.here")).to_have_count(1)
    page.get_by_role("button", name="Undo").click()
    expect(rows(page).first).to_contain_text("$169")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/deals/\d+/"))


def test_columns_are_chosen_and_put_in_order_by_keys(company: Any) -> None:
    page = company
    page.locator(".columns-menu summary").click()
    menu = page.locator(".columns-list")
    menu.get_by_label("Stage", exact=True).uncheck()
    menu.get_by_label("Competitor").check()
    owner = menu.get_by_label("Owner", exact=True)
    owner.focus()
    for _step in range(3):
        page.keyboard.press("Alt+ArrowUp")
    page.get_by_role("button", name="Show these").click()
    page.wait_for_load_state("networkidle")
    heads = page.locator("thead th[data-name]").evaluate_all("all => all.map((one) => one.dataset.name)")
    assert heads[:3] == ["title", "owner", "value"]
    assert "competitor" in heads
    assert "stage" not in heads


def test_a_view_is_kept_and_seen_first(company: Any) -> None:
    page = company
    page.goto("/deals/?status=open&value=160..&sort=title")
    page.locator(".view-menu summary").click()
    page.get_by_placeholder("Name of the view").fill("Large ones")
    page.get_by_role("button", name="Save as a new view").click()
    expect(page.locator(".views [aria-current]")).to_contain_text("Large ones")
    assert View.objects.get().query == "value=160..&status=open&sort=title"
    page.locator(".view-menu summary").click()
    page.get_by_role("button", name="Show this view first").click()
    page.goto("/deals/")
    expect(page.locator(".views [aria-current]")).to_contain_text("Large ones")
    expect(rows(page)).to_have_count(10)
    page.get_by_role("link", name="Take off Value").click()
    expect(page.locator(".views .changed")).to_have_count(1)


def test_select_across_pages_change_and_undo(company: Any) -> None:
    page = company
    page.get_by_label("Select all shown").check()
    expect(page.locator("[data-bulk-count]")).to_have_text("50 selected")
    page.get_by_role("button", name="Select all 70").click()
    expect(page.locator("[data-bulk-count]")).to_have_text("All 70 selected")
    page.get_by_role("button", name="Change", exact=True).click()
    page.locator(".bulk-form select[name=value]").select_option(label="Bo")
    page.get_by_role("button", name="Do it").click()
    expect(page.locator(".toast")).to_contain_text("Owner changed on 60 records.", timeout=20_000)
    expect(rows(page).nth(40)).to_contain_text("Bo")
    assert Deal.objects.filter(owner__name="Bo").count() == 70
    page.locator(".toast").get_by_role("button", name="Undo").click()
    expect(rows(page).nth(40)).to_contain_text("Ada")
    assert Deal.objects.filter(owner__name="Bo").count() == 10
    page.keyboard.press("j")
    page.keyboard.press("o")
    expect(page.locator("[data-bulk-count]")).to_have_text("1 selected")
    other = "Ada" if "Bo" in rows(page).first.inner_text() else "Bo"
    page.locator(".bulk-form select[name=value]").select_option(label=other)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".toast").last).to_contain_text("Owner changed on 1 record")


def test_refused_rows_stay_selected_and_say_why(company: Any, browser: Any, live_server: Any) -> None:
    make.deal(title="Zz mine", value=1, owner=User.objects.get(name="Bo"))
    from leadline.accounts.models import Visibility

    Visibility.objects.create(kind="deal", see="everyone", change="owner")
    context = browser.new_context(base_url=live_server.url)
    page = context.new_page()
    sign_in(page, "Bo", "/deals/?sort=-title")
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("Shift+J")
    page.get_by_label("Select Deal 59").click()
    page.get_by_label("Select Deal 58").click(modifiers=["Shift"])
    page.get_by_role("button", name="Won").click()
    expect(page.locator("[data-bulk-refused]")).to_contain_text("2 were left as they were")
    expect(page.locator("[data-bulk-refused]")).to_contain_text("Deal 59: ")
    expect(page.locator("[data-bulk-count]")).to_have_text("2 selected")
    expect(page.locator("tr.picked")).to_have_count(2)
    assert set(Deal.objects.filter(status="won").values_list("title", flat=True)) == {"Zz mine", "Deal 69"}
    context.close()


def test_what_others_do_appears_without_losing_the_selection(company: Any) -> None:
    page = company
    page.keyboard.press("j")
    page.keyboard.press("x")
    first = Deal.objects.get(title="Deal 69")
    first.edit(by=User.objects.get(name="Bo"), value=777)
    expect(rows(page).first).to_contain_text("$777", timeout=8000)
    expect(page.locator("[data-bulk-count]")).to_have_text("1 selected")
    expect(page.locator("tr.picked.here")).to_have_count(1)
    Deal.objects.get(title="Deal 68").win(by=User.objects.get(name="Bo"))
    expect(page.locator("tr.gone")).to_have_count(1, timeout=8000)


def test_a_file_of_what_is_shown(company: Any, tmp_path: Path) -> None:
    page = company
    page.goto("/deals/?status=open&owner=me&sort=title&columns=value,owner")
    page.locator(".list-tools summary[title='As a file']").click()
    with page.expect_download() as coming:
        page.get_by_role("link", name="CSV").click()
    path = tmp_path / "deals.csv"
    coming.value.save_as(path)
    found = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    assert len(found) == 60
    assert found[0]["Title"] == "Deal 00"
    assert coming.value.suggested_filename.startswith("deals-")


def test_axe_finds_nothing_and_nothing_is_too_wide(company: Any) -> None:
    """As lists stand after something was done; test_looks looks at them as they are opened."""
    page = company
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.set_viewport_size({"width": 390, "height": 844})
    for address in ("/deals/?title=nothing", "/deals/?ask=owner", "/deals/?ask=columns"):
        page.goto(address)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, address
        # What lies under the bar at a phone's foot is scrolled out from under it; axe takes it for covered.
        page.evaluate("document.querySelector('.rail').style.position = 'static'")
        assert hindrances_in_both_themes(page) == [], address
    page.set_viewport_size({"width": 1440, "height": 844})
    page.goto("/deals/")
    page.get_by_label("Select all shown").check()
    assert hindrances_in_both_themes(page) == []
    assert said == []
