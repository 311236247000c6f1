"""A block of time (R32): accept what is proposed, sit down, one key for each outcome, one undone, seen in the week."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User
from leadline.activities.models import Activity, Block, Outcome, Sitting, add_default_types
from leadline.crm.working_time import set_week
from leadline.history import members
from tests import factories as make
from tests.journeys.axe import hindrances

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "seven brass lanterns"
EVERY_DAY = [0, 1, 2, 3, 4, 5, 6]
NAMES = ("Ann", "Bea", "Cem", "Dora", "Eve", "Fay", "Gus")


def sign_in(page: Any) -> User:
    user = User(name="Olga", email="olga@example.com")
    user.set_password(PASSWORD)
    members.add(user, by=SYSTEM)
    page.goto("/sign-in/")
    page.get_by_label("E-mail").fill(user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda address: "/sign-in/" not in address)
    return user


def press(page: Any, key: str, then: str) -> None:
    """A key, once the person before is there for long enough that it counts; then the next one is there."""
    page.wait_for_timeout(500)
    page.keyboard.press(key)
    expect(page.locator("#one article h2")).to_have_text(then)


def test_r32_a_block_from_the_proposal_to_what_was_done(page: Any) -> None:
    make.pipeline()
    set_week(by=SYSTEM, weekdays=EVERY_DAY)
    add_default_types(by=SYSTEM)
    for place, (name, counts) in enumerate(
        (("No answer", "no_answer"), ("Reached", "reached"), ("Talked", "conversation"))
    ):
        Outcome(name=name, counts_as=counts, position=place).add(by=SYSTEM)
    user = sign_in(page)
    for name in NAMES:
        make.lead(user, owner=user, person=make.person(user, owner=user, name=name))

    page.goto("/today/blocks/")
    expect(page.locator(".block-item.proposed").first).to_be_visible()
    page.get_by_role("button", name="Set up these blocks").click()
    expect(page.locator(".block-item.proposed")).to_have_count(0)  # the page is drawn anew, and the toast goes along
    expect(page.locator(".toast")).to_contain_text("set up.")
    assert not hindrances(page)
    page.locator(".block-acts a").first.click()
    page.get_by_role("button", name="Begin now").or_(page.get_by_role("button", name="Sit down")).click()
    expect(page.locator("#one article h2")).to_have_text("Ann")
    assert not hindrances(page)

    press(page, "1", "Bea")
    press(page, "3", "Cem")
    page.keyboard.press("2")  # too early: a double press is one press
    page.wait_for_timeout(500)
    press(page, "s", "Dora")
    page.context.set_offline(True)  # what is pressed now waits
    press(page, "3", "Eve")
    expect(page.locator("#unsent")).to_contain_text("1 not sent yet")
    expect(page.locator("#talks")).to_have_text("2")
    page.context.set_offline(False)
    expect(page.locator("#unsent")).to_be_hidden()
    press(page, "2", "Fay")
    press(page, "3", "Gus")
    expect(page.locator("#talks")).to_have_text("3")
    press(page, "z", "Fay")
    expect(page.locator("#talks")).to_have_text("2")
    page.reload()
    expect(page.locator("#one article h2")).to_have_text("Fay")
    page.get_by_role("button", name="Get up").click()
    expect(page.get_by_role("heading", name="This is what was done")).to_be_visible()
    outcomes = Activity.objects.done().order_by("done_at").values_list("person__name", "outcome")
    assert list(outcomes) == [("Ann", "No answer"), ("Bea", "Talked"), ("Dora", "Talked"), ("Eve", "Reached")]
    assert (Sitting.objects.count(), Block.objects.count()) == (1, 1)

    page.goto("/today/blocks/")
    expect(page.locator(".block-item.block").filter(has_text="2 conversations")).to_have_count(1)
    page.goto("/activities/time/")
    expect(page.locator("#time-table")).to_contain_text("Prospecting")
    assert not hindrances(page)
