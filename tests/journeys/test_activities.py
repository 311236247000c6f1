"""A call from first to last by keyboard: planned in one line, ticked, what came of it, what is next, taken back."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User
from leadline.activities.models import Activity, CountsAs, Outcome, add_default_types
from leadline.crm.models import Deal
from leadline.history import members
from tests import factories as make
from tests.journeys.axe import hindrances

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "seven brass lanterns"


@pytest.fixture
def olga() -> User:
    user = User(name="Olga Ross", email="olga@example.com", role="leader")
    user.set_password(PASSWORD)
    return members.add(user, by=SYSTEM)


@pytest.fixture
def deal(olga: User) -> Deal:
    make.pipeline()
    add_default_types(by=SYSTEM)
    for name, counts_as in (("Left a word", CountsAs.NO_ANSWER), ("Spoke at last", CountsAs.CONVERSATION)):
        Outcome(name=name, position=0, counts_as=counts_as).add(by=SYSTEM)
    return make.deal(by=olga, owner=olga, title="Big deal", value=1000)


def test_a_call_from_first_to_last_by_keyboard(page: Any, olga: User, deal: Deal) -> None:
    page.goto("/sign-in/")
    page.get_by_label("E-mail").fill(olga.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "/sign-in/" not in address)
    page.goto(f"/deals/{deal.pk}/")
    key, write = page.keyboard.press, page.keyboard.type

    key("Control+k")
    write("plan an act")
    expect(page.locator("#palette [aria-selected=true]")).to_contain_text("Plan an activity")
    key("Enter")
    line = page.get_by_label("What, when, with whom")
    expect(line).to_be_focused()
    write("call 3 dec 2098 10:00 about the price 30m !high")
    expect(page.locator("#quick-read")).to_contain_text("30 min · priority high · with Big deal")
    assert hindrances(page) == []
    key("Enter")

    row = page.locator(".act-row")
    expect(row).to_contain_text("Call about the price")
    key("j")
    expect(row).to_be_focused()
    key("t")
    expect(page.locator(".toast").last).to_contain_text("moved:")
    key("x")
    following = page.get_by_placeholder("What is next?")
    expect(following).to_be_focused()
    assert hindrances(page) == []
    spoke = page.get_by_role("button", name="Spoke at last")
    key(spoke.get_attribute("aria-keyshortcuts"))
    expect(spoke).to_have_attribute("aria-pressed", "true")
    write("meeting 4 dec 2098 9:00")
    expect(page.locator(".act-read")).to_contain_text("Planned · Meeting")
    key("Enter")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("Meeting")
    called = Activity.objects.get(subject="Call about the price")
    assert (called.is_done, called.counts_as, called.minutes) == (True, "conversation", 30)

    key("z")
    expect(row).to_have_count(0)
    assert not Activity.objects.kept().filter(type__name="Meeting").exists()
    key("z")
    key("z")
    expect(row).to_contain_text("Call about the price")
    called.refresh_from_db()
    assert (called.is_done, called.outcome) == (False, "")
