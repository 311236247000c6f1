"""From a target to the board: set it, see what it takes, slide, and look back at a past day (R7, R29)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User
from leadline.crm.models import Target
from leadline.history import members
from tests import factories as make
from tests.journeys.axe import hindrances

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "seven brass lanterns"


def sign_in(page: Any) -> User:
    user = User(name="Lena", email="lena@example.com", role="leader")
    user.set_password(PASSWORD)
    members.add(user, by=SYSTEM)
    page.goto("/sign-in/")
    page.get_by_label("E-mail").fill(user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda address: "/sign-in/" not in address)
    return user


def test_r7_r29_from_a_target_to_what_it_takes(page: Any) -> None:
    pipeline = make.pipeline()
    *stages, last = pipeline.kept_stages()
    last.trash(by=SYSTEM)
    began = timezone.now() - dt.timedelta(days=40)
    for number in range(2):
        deal = make.deal(stage=stages[0], created_at=began, at=began)
        (deal.win if number else deal.lose)(by=SYSTEM, at=began + dt.timedelta(days=20))
    make.deal(stage=stages[0], title="Lamps for the harbour")
    sign_in(page)

    page.goto("/settings/targets/?metric=deals_won")
    cell = page.locator("tr.of-company td[aria-current], tr.of-company input[name=amount]").last
    cell.fill("8")
    cell.press("Tab")
    expect(page.locator(".toast", has_text="The target is set.")).to_be_visible()
    assert Target.objects.get().amount == 8

    # The exact cases, typed and dragged; the answer follows without a button.
    page.goto("/insights/calculator/")
    page.get_by_label("Counted in").select_option("wins")
    page.get_by_label("To be won").fill("1")
    page.get_by_label("Count what was won since").fill("")
    for stage, share in zip(stages, ("50", "50", "50", "100"), strict=True):
        page.get_by_label(f"{stage.name} goes on", exact=True).fill(share)
    needed = page.locator("#needed-stages tbody b")
    expect(needed).to_have_text(["8", "4", "2", "1", "1"])
    page.get_by_label(f"{stages[0].name} goes on, in percent").fill("25")
    expect(needed).to_have_text(["16", "4", "2", "1", "1"])
    expect(page.get_by_label(f"{stages[0].name} goes on", exact=True)).to_have_value("25")
    assert f"s{stages[0].pk}=25" in page.url or f"g{stages[0].pk}=25" in page.url
    page.reload()
    expect(needed).to_have_text(["16", "4", "2", "1", "1"])
    page.get_by_label("To be won").fill("much")
    expect(page.locator("#needed .notice.bad")).to_be_visible()
    assert hindrances(page) == []

    # The board of a past day: the two that were open then; of today the third.
    page.goto(f"/pipeline/{pipeline.pk}/as-of/")
    slider = page.get_by_role("slider", name="Day")
    slider.focus()
    slider.press("Home")
    expect(page.locator(".past-says")).to_contain_text("2 open deals")
    slider.press("End")
    expect(page.locator(".past-says")).to_contain_text("1 open deal,")
    expect(page.locator(".deal-title")).to_have_text(["Lamps for the harbour"])
    assert hindrances(page) == []
