"""The page of a deal, as people use it: facts, notes, files, calls, stages, two at once, keys alone, on a phone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User
from leadline.activities.models import Activity, add_default_types
from leadline.crm.models import Deal, File, Note
from leadline.history import members
from tests import factories as make
from tests.journeys.axe import hindrances

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "seven brass lanterns"


def somebody(name: str, role: str = "leader") -> User:
    user = User(name=name, email=f"{name}@example.com".replace(" ", "."), role=role)
    user.set_password(PASSWORD)
    return members.add(user, by=SYSTEM)


def sign_in(page: Any, user: User) -> Any:
    page.goto("/sign-in/")
    page.get_by_label("E-mail").fill(user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda address: "/sign-in/" not in address)
    return page


@pytest.fixture
def olga() -> User:
    return somebody("Olga Ross")


@pytest.fixture
def deal(olga: User) -> Deal:
    make.pipeline()
    add_default_types(by=SYSTEM)
    return make.deal(by=olga, owner=olga, title="Big deal", value=1000, organization=make.organization(owner=olga))


@pytest.fixture
def at_deal(page: Any, olga: User, deal: Deal) -> Any:
    sign_in(page, olga)
    page.goto(f"/deals/{deal.pk}/")
    return page


@pytest.fixture
def second(browser: Any, live_server: Any) -> Iterator[Any]:
    """Another browser."""
    context = browser.new_context(base_url=live_server.url, viewport={"width": 1280, "height": 800})
    yield context.new_page()
    context.close()


def away(page: Any) -> None:
    """Out of whatever has the focus, so that keys are keys."""
    page.evaluate("document.activeElement.blur()")


def edit(page: Any, name: str) -> Any:
    place = page.locator(f'#record-facts .in-place[data-field="{name}"]')
    place.click()
    return place.locator("input, select, textarea").locator("visible=true").first


def test_from_the_board_to_the_deal_and_its_facts(page: Any, olga: User, deal: Deal) -> None:
    sign_in(page, olga)
    page.goto(f"/pipeline/{deal.pipeline_id}/")
    page.get_by_role("link", name="Big deal").first.click()
    page.wait_for_url(f"**/deals/{deal.pk}/")
    edit(page, "competitor").fill("Acme")
    page.keyboard.press("Enter")
    expect(page.locator("#record-facts")).to_contain_text("Acme")
    expect(page.locator("#entries")).to_contain_text("Olga Ross set competitor to Acme")
    page.locator("h1 .in-place").click()
    page.locator("h1 input[name=value]").fill("Bigger deal")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(re.compile("Bigger deal"))
    deal.refresh_from_db()
    assert (deal.title, deal.competitor) == ("Bigger deal", "Acme")


def test_a_note_names_a_colleague_and_is_edited_pinned_and_undone(at_deal: Any, deal: Deal) -> None:
    theo = somebody("Theo Hill", "seller")
    at_deal.keyboard.press("n")
    at_deal.keyboard.type("They want **two** of it.\n- soon\n- cheap\n\nAsk @The")
    expect(at_deal.get_by_role("option", name="Theo Hill")).to_be_visible()
    at_deal.keyboard.press("Enter")
    at_deal.keyboard.type("about it")
    at_deal.keyboard.press("Control+Enter")
    entry = at_deal.locator("#entries .note")
    expect(entry.locator(".mention")).to_have_text("@Theo Hill")
    expect(entry.locator("li")).to_have_count(2)
    expect(at_deal.locator("#new-note")).to_have_value("")
    expect(at_deal.locator("#new-note")).not_to_be_focused()
    at_deal.keyboard.press("n")  # keys are keys again
    expect(at_deal.locator("#new-note")).to_be_focused()
    at_deal.keyboard.press("Escape")
    expect(at_deal.locator("#new-note")).not_to_be_focused()
    assert Note.objects.get().mention_ids == [theo.pk]
    entry.hover()
    entry.get_by_title("Edit").click()
    text = entry.locator("textarea")
    assert "Ask @Theo Hill about it" in text.input_value()
    text.fill("Only one, says @Theo Hill")
    entry.get_by_role("button", name="Save").click()
    expect(entry).to_contain_text("Only one, says @Theo Hill")
    entry.hover()
    entry.get_by_title("Pin on top").click()
    expect(at_deal.locator(".pinned .note")).to_contain_text("Only one")
    pinned = at_deal.locator(".pinned .note")
    pinned.hover()
    pinned.get_by_title("Delete").click()
    expect(at_deal.locator(".pinned")).to_have_count(0)
    expect(at_deal.locator("#entries .change").first).to_contain_text("deleted")
    at_deal.locator(".toast", has_text="Note deleted.").get_by_role("button", name="Undo").click()
    expect(at_deal.locator(".pinned .note")).to_contain_text("Only one")


def test_what_is_half_written_survives_leaving_the_page(at_deal: Any) -> None:
    at_deal.locator("#new-note").fill("Half a thou")
    at_deal.reload()
    expect(at_deal.locator("#new-note")).to_have_value("Half a thou")


def test_files_are_attached_and_a_program_is_refused_in_words(at_deal: Any, deal: Deal, tmp_path: Path) -> None:
    offer, program = tmp_path / "Größe & offer.txt", tmp_path / "setup.txt"
    offer.write_text("words")
    program.write_bytes(b"MZ\x90")
    at_deal.get_by_role("tab", name="File").click()
    at_deal.set_input_files("input[type=file]", [str(offer), str(program)])
    expect(at_deal.locator("#entries .file")).to_contain_text("Größe & offer.txt")
    expect(at_deal.locator(".uploads .refused")).to_contain_text("setup.txt: This is a program")
    with at_deal.expect_download() as download:
        at_deal.locator("#entries .file-name").click()
    assert download.value.suggested_filename == "Größe & offer.txt"
    assert Path(download.value.path()).read_text() == "words"
    at_deal.get_by_role("button", name="Dismiss").click()
    expect(at_deal.locator(".uploads li")).to_have_count(0)
    assert File.objects.count() == 1


def test_a_call_is_logged_the_next_is_planned_and_ticked_off(at_deal: Any, deal: Deal) -> None:
    at_deal.keyboard.press("a")
    at_deal.keyboard.type("Rang them")
    at_deal.keyboard.press("Enter")
    expect(at_deal.locator("#entries .activity")).to_contain_text("Rang them")
    at_deal.locator(".types label", has_text="Meeting").click()
    at_deal.get_by_role("button", name="Tomorrow").click()
    at_deal.keyboard.type("Show it")
    at_deal.keyboard.press("Enter")
    planned = at_deal.locator(".act-row")
    expect(planned).to_contain_text("Show it")
    expect(planned).to_contain_text("Tomorrow")
    planned.locator(".tick").click()
    expect(at_deal.get_by_placeholder("What is next?")).to_be_focused()
    at_deal.keyboard.press("Escape")
    expect(at_deal.locator(".act-row")).to_have_count(0)
    expect(at_deal.locator("#entries .activity").first).to_contain_text("Show it")
    assert Activity.objects.filter(done_at__isnull=False).count() == 2


def test_one_line_plans_and_says_so_before(at_deal: Any, deal: Deal) -> None:
    at_deal.keyboard.press("a")
    at_deal.keyboard.type("meeting tomorrow 14:30 with Ann")
    expect(at_deal.locator("[data-read]")).to_contain_text("Planned · Meeting · Tomorrow")
    at_deal.keyboard.press("Enter")
    expect(at_deal.locator(".act-row")).to_contain_text("Meeting with Ann")
    expect(at_deal.locator("[name=subject]").first).not_to_be_focused()
    at_deal.keyboard.press("a")
    when = at_deal.get_by_role("textbox", name="When")
    when.fill("2998-03-01T09:30")
    when.press("Enter")
    expect(at_deal.locator(".act-row")).to_have_count(2)
    at_deal.keyboard.press("a")
    at_deal.keyboard.type("Sent it")
    at_deal.keyboard.press("Enter")
    expect(at_deal.get_by_placeholder("What is next?")).to_be_focused()
    at_deal.keyboard.press("Escape")
    expect(at_deal.get_by_placeholder("What is next?")).to_have_count(0)
    assert {one.type.name for one in Activity.objects.all()} == {"Meeting"}  # the one chosen last
    assert Activity.objects.filter(done_at__isnull=True).count() == 2


def test_the_palette_knows_acts_by_other_words(at_deal: Any, deal: Deal) -> None:
    palette = at_deal.get_by_role("listbox", name="Results")
    for typed, meant in [
        ("mark won", "Won"), ("won", "Won"), ("lost", "Lost"), ("park", "Nurture"), ("add note", "Write a note"),
        ("log call", "Call: log or plan"), ("call", "Call: log or plan"), ("follow", "Follow"),
        ("move to proposal", "Move to Proposal sent"),
    ]:  # fmt: skip
        at_deal.keyboard.press("Control+k")
        at_deal.keyboard.type(typed)
        expect(palette.locator("[aria-selected=true]")).to_contain_text(meant)
        at_deal.keyboard.press("Escape")
    at_deal.keyboard.press("Control+k")
    at_deal.keyboard.type("move to proposal")
    at_deal.keyboard.press("Enter")
    expect(at_deal.locator("#deal-stages .current")).to_contain_text("Proposal sent")


def test_moved_won_and_taken_back_from_the_stream(at_deal: Any, deal: Deal) -> None:
    at_deal.locator("#deal-stages button", has_text="Proposal sent").click()
    expect(at_deal.locator("#deal-stages [aria-current=step]")).to_contain_text("Proposal sent")
    expect(at_deal.locator("#entries .change").first).to_contain_text("moved from Target to Proposal sent")
    away(at_deal)
    at_deal.keyboard.press("w")
    expect(at_deal.locator(".notice.outcome")).to_contain_text("Won on")
    change = at_deal.locator("#entries .change", has_text="won")
    change.hover()
    change.get_by_role("button", name="Undo this").click()
    expect(at_deal.locator(".notice.outcome")).to_have_count(0)
    expect(at_deal.locator("#entries .change.undone")).to_contain_text("won")
    deal.refresh_from_db()
    assert (deal.status, deal.stage) == ("open", make.stage(3))


def test_lost_with_a_reason_and_opened_again(at_deal: Any, deal: Deal) -> None:
    make.lost_reason("Price")
    at_deal.reload()
    at_deal.keyboard.press("l")
    expect(at_deal.get_by_role("dialog")).to_be_visible()
    at_deal.keyboard.press("1")
    expect(at_deal.locator(".notice.outcome")).to_contain_text("Price")
    deal.refresh_from_db()
    assert (deal.status, str(deal.lost_reason)) == ("lost", "Price")
    at_deal.get_by_role("button", name="Open again").click()
    expect(at_deal.get_by_role("button", name="Lost")).to_be_visible()


def test_two_edit_one_field_and_nothing_is_lost(at_deal: Any, second: Any, deal: Deal) -> None:
    theo = somebody("Theo Hill")
    sign_in(second, theo)
    second.goto(f"/deals/{deal.pk}/")
    field = edit(at_deal, "competitor")
    field.fill("Mine")
    edit(second, "competitor").fill("Theirs")
    second.keyboard.press("Enter")
    expect(second.locator("#record-facts")).to_contain_text("Theirs")
    expect(at_deal.locator("#entries")).to_contain_text("Theo Hill set competitor to Theirs")  # within two seconds
    expect(field).to_have_value("Mine")
    at_deal.keyboard.press("Enter")
    told = at_deal.locator("#record-facts .in-place-form .error")
    expect(told).to_contain_text("Theo Hill")
    expect(at_deal.locator("#record-facts .in-place-form input[name=value]")).to_have_value("Mine")
    deal.refresh_from_db()
    assert deal.competitor == "Theirs"


def test_each_sees_the_others_notes(at_deal: Any, second: Any, deal: Deal) -> None:
    sign_in(second, somebody("Theo Hill"))
    second.goto(f"/deals/{deal.pk}/")
    at_deal.locator("#new-note").fill("I am writing")
    second.locator("#new-note").fill("They called back.")
    second.keyboard.press("Control+Enter")
    expect(at_deal.locator("#entries .note")).to_contain_text("They called back.")
    expect(at_deal.locator("#new-note")).to_have_value("I am writing")


def test_older_entries_come_as_one_scrolls(at_deal: Any, olga: User, deal: Deal) -> None:
    for n in range(80):
        deal.edit(by=olga, competitor=f"Number {n}")
    at_deal.reload()
    expect(at_deal.locator("#entries .entry")).to_have_count(30)
    at_deal.mouse.move(640, 600)
    for _n in range(20):
        at_deal.mouse.wheel(0, 2000)
        at_deal.wait_for_timeout(100)
    expect(at_deal.locator("#entries .entry")).to_have_count(81)
    expect(at_deal.locator("#entries .entry").last).to_contain_text("added")


def test_only_what_is_asked_for(at_deal: Any, olga: User, deal: Deal) -> None:
    make.note(deal, by=olga)
    at_deal.reload()
    at_deal.get_by_role("link", name="Notes", exact=True).click()
    expect(at_deal.locator("#entries .entry")).to_have_count(1)
    at_deal.reload()
    expect(at_deal.locator("#entries .entry")).to_have_count(1)
    at_deal.get_by_role("link", name="All", exact=True).click()
    expect(at_deal.locator("#entries .entry")).to_have_count(2)


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_hinders_and_nothing_is_wider_than_the_screen(at_deal: Any, olga: User, deal: Deal, width: int) -> None:
    make.note(deal, by=olga, text="<p>" + "verylongword" * 40 + "</p>", pinned=True)
    make.activity(by=olga, deal=deal)
    make.activity(by=olga, deal=deal).complete(by=olga)
    make.line(deal, by=olga)
    deal.move_to(make.stage(2), by=olga)
    at_deal.set_viewport_size({"width": width, "height": 844})
    at_deal.reload()
    assert at_deal.evaluate("document.documentElement.scrollWidth") <= width
    for side in ("Activity", "File", "Note"):
        at_deal.get_by_role("tab", name=side).click()
        assert hindrances(at_deal) == []
