"""A goal is set with what history says of it; what is done moves its ring, and taking it back moves it again."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from playwright.sync_api import expect

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User
from leadline.activities.models import Activity, ActivityType, Goal, add_default_types
from leadline.history import members
from leadline.insights.ask_goals import company_day
from tests import factories as make
from tests.journeys.axe import hindrances_in_both_themes

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "seven brass lanterns"


@pytest.fixture
def olga(page: Any) -> Any:
    """Olga, who made two calls a week for eight weeks, is signed in."""
    make.pipeline()
    add_default_types(by=SYSTEM)
    user = User(name="Olga", email="olga@example.com", role="seller")
    user.set_password(PASSWORD)
    members.add(user, by=SYSTEM)
    call = ActivityType.objects.get(name="Call")
    noon = dt.datetime.combine(company_day(), dt.time(12), dt.UTC)
    for week in range(1, 9):
        for _ in range(2):
            at = noon - dt.timedelta(weeks=week)
            Activity(type=call, owner=user, created_at=at).add(by=SYSTEM, at=at).complete(by=SYSTEM, at=at)
    page.goto("/sign-in/")
    page.get_by_label("E-mail").fill(user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda address: "/sign-in/" not in address)
    return user


def test_a_goal_is_set_and_its_ring_moves(page: Any, olga: User) -> None:
    call = ActivityType.objects.get(name="Call")
    page.goto("/today/goals/")
    page.get_by_role("link", name="Set a goal").click()
    page.get_by_label("Call", exact=True).check()
    page.get_by_label("How much").fill("30")
    told = page.locator("#goal-likely")
    expect(told).to_contain_text("30 was never reached.")
    told.get_by_role("button", name="Take 2").click()
    expect(told).to_contain_text("Reached in 8 of the last 8 weeks.")
    page.get_by_role("button", name="Set it").click()
    card = page.locator(".goal-card")
    expect(card).to_contain_text("0 of 2 this week")
    ring = card.locator(".goal-ring")

    done = [Activity(type=call, owner=olga).add(by=olga).complete(by=olga.via("api")) for _ in range(2)]
    expect(ring).to_have_attribute("aria-label", "Call: 2 of 2 this week, reached")
    expect(page.locator(".toast", has_text="Goal reached: Call")).to_be_visible()
    done[0].reopen(by=olga.via("api"))
    expect(ring).to_have_attribute("aria-label", re.compile("^Call: 1 of 2 this week"))
    assert hindrances_in_both_themes(page) == []

    page.locator(".goal-menu summary").click()
    page.get_by_role("button", name="End it").click()
    page.locator(".toast").get_by_role("button", name="Undo").click()
    expect(card).to_be_visible()
    assert Goal.objects.kept().get().end_on is None
    card.locator(".goal-words a").click()
    expect(page.locator("main")).to_contain_text("1 activity")
