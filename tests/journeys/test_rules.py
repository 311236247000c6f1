"""A rule in the browser: written in plain words, tried on the past, on; it acts, says so, and is taken back and off."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import Role, User
from leadline.activities.models import Activity, add_default_types
from leadline.crm.models import Deal
from leadline.history import members
from leadline.rules import following
from tests import factories as make
from tests.journeys.axe import hindrances
from tests.journeys.hands import drawn

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "seven brass lanterns"


def sign_in(page: Any) -> User:
    user = User(name="Olga", email="olga@example.com", role=Role.LEADER)
    user.set_password(PASSWORD)
    members.add(user, by=SYSTEM)
    page.goto("/sign-in/")
    page.get_by_label("E-mail").fill(user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda address: "/sign-in/" not in address)
    return user


def test_a_rule_from_the_first_word_to_its_undo(page: Any) -> None:
    make.pipeline()
    add_default_types(by=SYSTEM)
    user = sign_in(page)
    for name, value in (("Small", 10), ("Large", 9000)):
        make.deal(by=user, owner=user, title=name, value=value).move_to(make.stage(3), by=user)

    page.goto("/settings/rules/")
    page.get_by_role("link", name="New rule").first.click()
    page.wait_for_url("**/add/", wait_until="load")  # what is chosen before scripts stand draws nothing anew
    page.get_by_label("What happens", exact=True).select_option("entered")
    drawn(page)
    page.get_by_label("Stage", exact=True).select_option(label="Proposal sent")
    page.get_by_label("Add a condition").select_option("value")
    drawn(page)
    page.get_by_label("At least").fill("1000")
    page.get_by_label("Add what it does").select_option("activity")
    drawn(page)
    page.get_by_label("What about").fill("Call them")
    page.get_by_label("In working days").fill("2")
    page.get_by_label("Add what it does").select_option("notify")
    drawn(page)
    page.get_by_label("Text").fill("A large one")
    expect(page.get_by_label("What about")).to_have_value("Call them")  # what was typed stays
    assert not hindrances(page)
    page.get_by_role("button", name="Try it on the past").click()
    expect(page.locator("#rule-trial")).to_contain_text("It would have acted on 1 deal")
    expect(page.locator("#rule-trial")).to_contain_text("Large")
    assert not Activity.objects.exists()
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".toast")).to_contain_text("is saved, and on")
    expect(page.locator(".rule-said")).to_contain_text("When a deal enters Proposal sent (Value: at least 1,000)")

    make.deal(by=user, owner=user, title="New one", value=5000).move_to(make.stage(3), by=user)
    following.catch_up()
    page.reload()
    page.get_by_role("link", name="acted 1 time in 30 days").click()
    expect(page.locator(".rule-run")).to_contain_text("New one")
    runs = page.url
    assert not hindrances(page)
    page.goto(f"/deals/{Deal.objects.get(title='New one').pk}/")
    expect(page.locator("main")).to_contain_text("Call them")
    page.goto("/notices/")
    expect(page.locator("main")).to_contain_text("A large one")
    page.goto(runs)
    page.get_by_role("button", name="Undo New one").click()
    expect(page.locator(".rule-run")).to_contain_text("taken back")
    assert not Activity.objects.kept().exists()

    page.goto("/settings/rules/")
    page.get_by_role("switch").focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("switch")).to_have_attribute("aria-checked", "false")
    expect(page.locator(".toast").last).to_contain_text("is off")
    assert not hindrances(page)
