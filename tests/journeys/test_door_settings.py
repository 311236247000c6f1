"""An administrator makes a form, a visitor fills it in, and the lead stands in the list with its source and owner."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import Role, User
from leadline.crm.intake import make_waiting
from leadline.crm.models import Arrival, AssignmentRule, Door, Lead
from leadline.history import members
from leadline.web.doors import guarding
from tests import factories as make
from tests.journeys.axe import hindrances

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "seven brass lanterns"


def sign_in(page: Any) -> User:
    user = User(name="Ines", email="ines@example.com", role=Role.ADMINISTRATOR)
    user.set_password(PASSWORD)
    members.add(user, by=SYSTEM)
    page.goto("/sign-in/")
    page.get_by_label("E-mail").fill(user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda address: "/sign-in/" not in address)
    return user


def test_a_form_from_the_settings_to_a_lead_in_the_list(page: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guarding, "HASTE", 0.0)  # a script types quicker than people
    guarding.forget()
    make.pipeline()
    make.source("Inbound web")
    seller = User(name="Olga", email="olga@example.com", role=Role.SELLER)
    members.add(seller, by=SYSTEM)
    AssignmentRule(name="All", user_ids=[seller.pk]).add(by=SYSTEM)
    sign_in(page)
    page.goto("/settings/forms/")
    page.get_by_label("Name of a new form").fill("Ask for an offer")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ask for an offer")

    # One more field, put first by the keyboard; the page shows it as it is written, before it is saved.
    page.get_by_label("Where the answer of a new field goes").select_option("phone")
    page.get_by_role("button", name="Add a field").click()
    new = page.locator("[data-fields] > li").nth(4)
    new.get_by_label("What visitors read").fill("Where can we call you?")
    grip = new.locator("[data-grip]")
    grip.focus()
    for _time in range(4):
        page.keyboard.press("ArrowUp")
    page.get_by_label("Heading", exact=True).fill("How much do you lose?")
    seen = page.frame_locator("[data-frame] iframe:not(.coming)")
    expect(seen.get_by_role("heading", name="How much do you lose?")).to_be_visible()
    expect(seen.locator("label").first).to_contain_text("Where can we call you?")
    expect(page.locator("#door-unsaved")).to_have_text("Not saved yet")
    assert not hindrances(page)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".toast")).to_contain_text("is saved")
    door = Door.objects.get()
    assert [field["name"] for field in door.fields] == ["phone", "person", "email", "organization", "message"]

    visitor = page.context.browser.new_context().new_page()
    visitor.goto(page.get_by_label("Or the address of its own page").input_value() + "?utm_source=letter")
    visitor.get_by_label("Your name").fill("Jane Doe")
    visitor.get_by_label("E-mail").fill("jane@mill.example")
    visitor.get_by_label("Company").fill("The Mill")
    visitor.get_by_label("You may keep").check()
    visitor.get_by_role("button", name="Send").click()
    expect(visitor.get_by_text("Thank you. We will be in touch soon.")).to_be_visible()
    visitor.context.close()

    make_waiting()  # what the server does beside requests
    assert Arrival.objects.get().state == "taken", Arrival.objects.get().why
    assert Lead.objects.get().origin["utm_source"] == "letter"
    page.goto("/leads/list/")
    row = page.get_by_role("row").filter(has_text="The Mill")
    expect(row).to_contain_text("Inbound web")
    expect(row).to_contain_text("Olga")
    page.goto(f"/settings/forms/{door.pk}/arrivals/")
    page.get_by_text("What was given").click()
    expect(page.locator(".arrival-given dl")).to_contain_text("jane@mill.example")
    assert not hindrances(page)
