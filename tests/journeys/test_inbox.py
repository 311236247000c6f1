"""The inbox of leads by keyboard alone: one, many at once, a form, a deal with who is known, all taken back."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User
from leadline.crm.models import DiscardReason, Lead, Source
from leadline.history import members
from tests import factories as make
from tests.journeys.axe import hindrances

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "seven brass lanterns"


@pytest.fixture
def olga(page: Any) -> User:
    """Olga, seller, signed in."""
    user = User(name="Olga", email="olga@example.com")
    user.set_password(PASSWORD)
    members.add(user, by=SYSTEM)
    page.goto("/sign-in/")
    page.get_by_label("E-mail").fill("olga@example.com")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda address: "/sign-in/" not in address)
    return user


def test_a_morning_in_the_inbox(page: Any, olga: User) -> None:
    make.pipeline()
    DiscardReason(name="No budget").add(by=SYSTEM)
    web = Source(name="Web", answer_within=60).add(by=SYSTEM)
    acme = make.organization(name="Acme", domain="acme.example", owner=olga)
    person = make.person(name="Ann Lee", owner=olga, emails=[{"value": "ann@acme.example"}])
    leads = [make.lead(title=f"Lead {n}", owner=olga, source=web) for n in range(4)]
    free = make.lead(title="Nobody’s lead", person=person)
    page.goto("/leads/?tab=all")
    page.wait_for_load_state("networkidle")
    rows, press = page.locator("[data-row]"), page.keyboard.press
    expect(rows).to_have_count(5)
    assert hindrances(page) == []

    press("u")  # the first one, which is answered by that, and goes to those that are worked on
    expect(page.locator(".toast")).to_contain_text("1 lead is a state further.")
    expect(rows.last).to_contain_text("Marketing-qualified")
    press("z")
    expect(rows.last).to_contain_text("Nobody’s lead")
    press("j")
    press("x")
    press("Shift+J")
    expect(page.locator("[data-count]")).to_have_text("2 selected")
    press("d")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("radio", name="Not known")).to_be_focused()
    press("1")
    expect(page.locator(".toast").last).to_contain_text("2 leads discarded.")
    expect(rows).to_have_count(3)
    expect(page.locator("[data-bulk]")).to_be_hidden()
    assert Lead.objects.filter(status="discarded", discard_reason__name="No budget").count() == 2
    press("z")
    expect(rows).to_have_count(5)

    page.locator(f'[data-id="{free.pk}"]').focus()
    press("a")
    expect(page.locator(f'[data-id="{free.pk}"] .inbox-owner')).to_contain_text("Olga")
    page.locator(f'[data-id="{free.pk}"]').focus()
    press("w")
    expect(dialog.get_by_label("Title")).to_be_focused()
    expect(dialog).to_contain_text("has the domain of the e-mail address, acme.example")
    expect(dialog.get_by_role("radio", name=re.compile("^Acme"))).to_be_checked()
    assert hindrances(page) == []
    press("Enter")
    expect(page.locator(".toast").last.get_by_role("link", name="Open the deal")).to_be_visible()  # and the inbox stays
    expect(rows).to_have_count(4)
    free.refresh_from_db()
    press("r")
    expect(page.locator(".toast").last).to_contain_text("Nothing of this waits for your answer.")
    expect(dialog).to_be_hidden()
    press("l")
    press("Escape")
    assert (free.deal.organization, free.deal.person) == (acme, person)
    assert {lead.pk for lead in leads} <= set(Lead.objects.filter(status="open").values_list("pk", flat=True))
