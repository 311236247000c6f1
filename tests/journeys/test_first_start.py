"""From the set-up link to a board with deals, by each of the three ways that an empty board offers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from leadline.accounts import invitations
from leadline.crm.models import Deal, Pipeline
from leadline.imports.drafts import held, working
from leadline.imports.models import Draft
from tests.journeys.axe import hindrances

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "seven brass lanterns"


@pytest.fixture
def founder(page: Any) -> Iterator[Any]:
    """Fay, who has just set up Leadline, before her empty board."""
    page.goto(invitations.setup_link())
    page.get_by_label("Your name").fill("Fay Founder")
    page.get_by_label("E-mail").fill("fay@example.com")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Start").click()
    page.wait_for_url("**/today/")
    expect(page.get_by_role("heading", name="Your day will stand here")).to_be_visible()
    page.goto("/pipeline/")
    yield page
    for draft in Draft.objects.all():
        working.wait(draft, 60)
        held.give_up(draft.pk)


def test_an_empty_board_says_what_will_be_there(founder: Any) -> None:
    expect(founder.get_by_role("heading", name="No open deals yet")).to_be_visible()
    for stage in ("Target", "Contacted", "Meeting agreed", "Proposal sent", "Close"):
        expect(founder.get_by_role("heading", name=stage)).to_be_attached()
    assert hindrances(founder) == []


def test_by_adding_the_first_deal(founder: Any) -> None:
    founder.get_by_role("button", name="Add the first deal").click()
    founder.keyboard.type("New roof")
    founder.keyboard.press("Enter")
    expect(founder.locator(".board")).to_contain_text("New roof")
    expect(founder.get_by_role("heading", name="No open deals yet")).to_be_hidden()
    assert Deal.objects.get().title == "New roof"


@pytest.fixture
def opportunities(tmp_path: Path) -> str:
    path = tmp_path / "opportunities.csv"
    path.write_text("Deal ID,Title,Stage,Status,Value\n1,Roof,Survey,open,100\n2,Cellar,Offer,open,200\n")
    return str(path)


def test_files_chosen_before_the_script_is_there_are_not_lost(founder: Any, opportunities: str) -> None:
    def first_the_files(route: Any) -> None:
        founder.set_input_files("[data-drop] input[type=file]", opportunities)
        route.continue_()

    founder.route("**/js/imports*.js", first_the_files, times=1)
    founder.goto("/imports/", wait_until="commit")
    expect(founder.get_by_role("button", name="Import 2 rows")).to_be_visible()


def test_by_files(founder: Any, opportunities: str) -> None:
    founder.get_by_role("link", name="Import files").click()
    founder.set_input_files("[data-drop] input[type=file]", opportunities)
    founder.get_by_role("button", name="Import 2 rows").click()
    founder.get_by_role("link", name="Go to the pipeline").click()
    expect(founder.locator(".board")).to_contain_text("Cellar")
    # The pipeline that set-up made gives way to the company's own.
    assert list(Pipeline.objects.kept().values_list("name", flat=True)) == ["Imported deals"]


def test_by_the_example_company_and_back(founder: Any) -> None:
    founder.get_by_role("button", name="Load the example company").click()
    expect(founder.locator(".state-done")).to_be_visible(timeout=120_000)
    founder.get_by_role("link", name="Go to the pipeline").click()
    expect(founder.locator(".board .lane").first).to_be_visible()
    assert Deal.objects.count() > 100
    founder.goto("/imports/")
    founder.get_by_role("link", name="Example company").click()
    founder.get_by_text("Undo this import").click()
    founder.get_by_role("button", name="Undo it all").click()
    expect(founder.locator(".state-undone")).to_be_visible(timeout=120_000)
    assert not Deal.objects.exists()
