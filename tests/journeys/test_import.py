"""By the wizard: files dropped, understood, a column decided upon, written; bad rows mended; all of it undone."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User
from leadline.crm.models import Deal
from leadline.history import members
from leadline.imports.drafts import held, working
from leadline.imports.models import Draft
from tests.journeys.axe import hindrances

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "seven brass lanterns"
HEADINGS = ("Deal ID", "Title", "Stage", "Status", "Worth it", "Created", "Owner")


@pytest.fixture
def ada(page: Any) -> Iterator[Any]:
    """Ada, administrator, before the list of imports."""
    user = User(name="Ada", email="ada@example.com", role="administrator")
    user.set_password(PASSWORD)
    members.add(user, by=SYSTEM)
    page.goto("/imports/")
    page.get_by_label("E-mail").fill("ada@example.com")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/imports/")
    yield page
    for draft in Draft.objects.all():
        working.wait(draft, 60)
        held.give_up(draft.pk)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Twelve deals, of which two name no amount that can be read."""
    path = tmp_path / "deals.csv"
    with path.open("w", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(HEADINGS)
        for n in range(12):
            worth = {4: "plenty", 7: "ask Jo"}.get(n, 100 * n)
            writer.writerow([f"D{n}", f"Deal {n}", "Proposal", "open", worth, "2026-03-20", "Ada"])
    return path


def drop(page: Any, path: Path) -> None:
    """As a hand would: the file lies on the place, and its progress is shown."""
    page.set_input_files("[data-drop] input[type=file]", str(path))
    page.wait_for_url("**/imports/drafts/*/")


def test_bad_rows_are_mended_and_dropped_in_again(ada: Any, file: Path, tmp_path: Path) -> None:
    assert hindrances(ada) == []
    drop(ada, file)
    expect(ada.get_by_role("button", name="Import 12 rows")).to_be_visible()

    # The machine cannot know that "Worth it" is the value: it is said in place, by the keyboard alone.
    column = ada.locator("[data-heading='Worth it']")
    column.focus()
    ada.keyboard.press("Enter")
    ada.keyboard.type("valu")
    ada.keyboard.press("Enter")
    expect(column).to_have_text("Value")
    expect(column).to_be_focused()
    expect(ada.locator("#side")).to_contain_text("2 rows stay out")
    expect(ada.locator("td.fatal").first).to_contain_text("plenty")
    expect(ada.locator("#problems + .problems")).to_contain_text("this is not a number")
    assert hindrances(ada) == []

    ada.get_by_role("button", name="Import 10 rows").click()
    expect(ada.locator(".state-done")).to_have_text("It is in")
    assert Deal.objects.count() == 10
    assert hindrances(ada) == []

    with ada.expect_download() as download:
        ada.get_by_role("link", name="Rows to mend").click()
    with Path(download.value.path()).open(newline="", encoding="utf-8-sig") as bad:
        rows = list(csv.DictReader(bad))
    assert [(row["Worth it"], row["Leadline: reason"]) for row in rows] == [
        ("plenty", "this is not a number"), ("ask Jo", "this is not a number"),
    ]  # fmt: skip
    rows[0]["Worth it"], rows[1]["Worth it"] = "4000", "7000"
    mended = tmp_path / download.value.suggested_filename
    with mended.open("w", newline="") as out:
        writer = csv.DictWriter(out, rows[0])
        writer.writeheader()
        writer.writerows(rows)

    drop(ada, mended)
    expect(ada.locator("[data-heading='Worth it']")).to_have_text("Value")  # as it was said before
    ada.get_by_role("button", name="Import 2 rows").click()
    expect(ada.locator(".state-done")).to_be_visible()
    expect(ada.locator("main")).to_contain_text("Every row is in")
    assert Deal.objects.get(title="Deal 7").value == 7000

    ada.get_by_role("link", name="Imports").first.click()
    ada.locator("table.imports a", has_text="deals.csv").last.click()
    ada.get_by_text("Undo this import").click()
    ada.get_by_role("button", name="Undo it all").click()
    expect(ada.locator(".state-undone")).to_be_visible()
    assert set(Deal.objects.values_list("title", flat=True)) == {"Deal 4", "Deal 7"}


def test_a_file_dropped_beside_the_place_does_not_replace_the_page(ada: Any) -> None:
    dropped = """() => {
        const data = new DataTransfer();
        data.items.add(new File(["Deal ID,Title,Stage\\n1,Roof,Demo\\n"], "deals.csv", {type: "text/csv"}));
        const drop = new DragEvent("drop", {dataTransfer: data, bubbles: true, cancelable: true});
        document.querySelector("h1").dispatchEvent(drop);
    }"""
    ada.evaluate(dropped)
    ada.wait_for_url("**/imports/drafts/*/")
    expect(ada.get_by_role("button", name="Import 1 row")).to_be_visible()


def test_on_a_phone_nothing_is_wider_than_the_page(ada: Any, file: Path) -> None:
    ada.set_viewport_size({"width": 390, "height": 844})
    drop(ada, file)
    expect(ada.get_by_role("button", name="Import 12 rows")).to_be_visible()
    ada.locator("#stages > summary").click()
    assert ada.evaluate("document.documentElement.scrollWidth") <= 390
