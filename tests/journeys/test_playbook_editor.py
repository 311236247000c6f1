"""A leader writes what a stage asks and publishes it; from then on deals are asked; reviews come again (R1, R2)."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User
from leadline.crm.models import Stage
from leadline.crm.playbooks import MissingItems, draft_of, published
from leadline.history import members
from tests import factories as make
from tests.journeys.axe import hindrances_in_both_themes

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "seven brass lanterns"


@pytest.fixture
def lena(page: Any) -> User:
    """Lena, who leads, is signed in."""
    make.pipeline()
    user = User(name="Lena", email="lena@example.com", role="leader")
    user.set_password(PASSWORD)
    members.add(user, by=SYSTEM)
    page.goto("/sign-in/")
    page.get_by_label("E-mail").fill(user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda address: "/sign-in/" not in address)
    return user


def test_a_playbook_is_written_by_keyboard_and_published(page: Any, lena: User) -> None:
    stage, deal = make.stage(0), make.deal(by=lena, owner=lena)
    page.goto("/settings/playbooks/")
    page.get_by_role("link", name="Target", exact=True).click()
    page.wait_for_url("**/stages/*/")  # with its scripts
    new, asked = page.get_by_label("Ask for one more thing"), page.locator(".ask-name")
    new.fill("Stakeholders identified")
    new.press("Enter")
    expect(asked).to_have_count(1)
    expect(new).to_be_focused()
    expect(new).to_have_value("")
    page.locator("#new-kind").select_option("choice")
    new.fill("Budget")
    new.press("Enter")
    expect(asked).to_have_count(2)
    page.locator("#item-1-required").check()
    weight = page.locator("#item-1-weight")
    weight.fill("140")
    weight.press("Tab")
    expect(page.locator(".notice.bad")).to_contain_text("a weight is 0 to 100")
    expect(weight).to_have_value("140")
    weight.fill("40")
    weight.press("Tab")
    expect(page.get_by_text("Weights add up to 40 here.")).to_be_visible()
    assert hindrances_in_both_themes(page) == []
    page.get_by_role("button", name="Move up Budget").click()
    expect(asked.first).to_have_value("Budget")
    page.locator(".toast").get_by_role("button", name="Undo").last.click()
    expect(asked.first).to_have_value("Stakeholders identified")
    page.locator("#playbook-file").focus()
    page.locator("#playbook-file").set_input_files(
        {"name": "Script.txt", "mimeType": "text/plain", "buffer": b"Good morning!"}
    )
    expect(page.get_by_role("link", name="Script.txt")).to_be_visible()
    expect(page.locator("#playbook-file")).to_be_focused()
    page.locator("#link-1-href").fill("example.com/prices")
    page.locator("#link-1-href").press("Tab")
    expect(page.locator("#link-1-href")).to_have_value("https://example.com/prices")
    expect(page.locator("#link-2-href")).to_be_visible()
    page.locator("#guidance").fill("- Ask who else decides.")
    page.locator("#guidance").press("Tab")

    page.get_by_role("button", name="Publish version 1").click()
    expect(page.locator("#version-1")).to_contain_text("2 items, 1 required")
    book = published(stage.pk)[0]
    assert (draft_of(stage), book.for_standing, book.guidance) == (
        None,
        True,
        "<ul><li>Ask who else decides.</li></ul>",
    )
    with pytest.raises(MissingItems):
        deal.move_to(make.stage(1), by=lena)

    page.get_by_role("link", name="Review this stage").click()
    page.wait_for_url("**/review/**")
    assert hindrances_in_both_themes(page) == []
    page.get_by_role("group", name="Reviewed: Target").get_by_role("button", name="6 weeks").click()
    expect(page.locator(f"#stage-{stage.pk}")).to_contain_text("next review on")
    assert Stage.objects.get(pk=stage.pk).review_on is not None
