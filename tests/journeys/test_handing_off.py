"""A developer hands a lead over; the closer gives it back from Today by keys; handed again, it is accepted."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User
from leadline.crm import noticing
from leadline.crm.models import HandOff, Lack, Lead
from leadline.history import members
from tests import factories as make
from tests.journeys.axe import hindrances_in_both_themes

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "seven brass lanterns"


@pytest.fixture
def people() -> dict[str, User]:
    """Olga develops, Theo closes."""
    make.deal()
    found = {}
    for name, role in (("Olga", "inbound"), ("Theo", "closer")):
        user = User(name=name, email=f"{name}@example.com", sales_role=role)
        user.set_password(PASSWORD)
        found[name] = members.add(user, by=SYSTEM)
    noticing.catch_up()
    return found


def sign_in(page: Any, user: User) -> None:
    page.context.clear_cookies()
    page.goto("/sign-in/")
    page.get_by_label("E-mail").fill(user.email or "")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda address: "/sign-in/" not in address)


def hand_over(page: Any, lead: Lead, note: str) -> None:
    page.goto(f"/leads/{lead.pk}/")
    page.get_by_role("link", name="Hand over").click()
    dialog = page.locator("#dialog")
    expect(dialog.locator("select")).to_contain_text("Theo, whose turn it is")
    dialog.get_by_label("What they should know").fill(note)
    dialog.get_by_role("button", name="Hand over").click()
    expect(page.locator(".toast").last).to_contain_text("is handed to Theo")
    expect(page.locator(".hand-standing")).to_contain_text("Handed to Theo")


def test_handed_given_back_handed_again_and_accepted(page: Any, people: dict[str, User]) -> None:
    Lack(name="No budget").add(by=SYSTEM)
    lead = make.lead(title="Harbour mill", owner=people["Olga"], stage="mql")
    sign_in(page, people["Olga"])
    hand_over(page, lead, "Wants a price by May")

    sign_in(page, people["Theo"])
    page.goto("/today/")
    row = page.locator("#offered [data-row]")
    expect(row).to_contain_text("Wants a price by May")
    row.focus()
    page.keyboard.press("r")
    dialog = page.locator("#dialog")
    dialog.get_by_role("button", name="Give back").click()
    expect(dialog.get_by_role("alert")).to_contain_text("Say what is missing")
    dialog.get_by_label("No budget").check()
    dialog.get_by_role("button", name="Give back").click()
    expect(page.locator("#offered")).to_have_count(0)
    assert HandOff.objects.get().state == "returned"

    sign_in(page, people["Olga"])
    page.goto("/today/")
    expect(page.locator("#returned")).to_contain_text("Theo misses: No budget")
    hand_over(page, lead, "They have 20,000")
    assert hindrances_in_both_themes(page) == []

    sign_in(page, people["Theo"])
    page.goto("/today/")
    page.locator("#offered [data-row]").focus()
    page.keyboard.press("a")
    expect(page.locator(".toast").last).to_contain_text("Harbour mill is yours now")
    page.keyboard.press("z")
    expect(page.locator("#offered [data-row]")).to_contain_text("They have 20,000")
    page.locator("#offered [data-open]").click()
    expect(page.locator(".hand-others")).to_contain_text("No budget")
    assert hindrances_in_both_themes(page) == []
    page.get_by_role("button", name="Accept and convert to a deal").click()
    page.wait_for_url("**/deals/*/")
    lead.refresh_from_db()
    assert (lead.status, lead.owner, lead.deal and lead.deal.owner) == ("converted", people["Theo"], people["Theo"])
