"""A leader says who the ideal client is, sees what it would mean, and finds the fit on the board, explained."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from playwright.sync_api import expect

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User
from leadline.crm import fitting
from leadline.history import members
from tests import factories as make
from tests.journeys.axe import hindrances_in_both_themes

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "seven brass lanterns"


def test_a_leader_says_who_fits(page: Any) -> None:
    lena = User(name="Lena", email="lena@example.com", role="leader")
    lena.set_password(PASSWORD)
    members.add(lena, by=SYSTEM)
    hotel = make.organization(name="Ritz", industry="Hotels")
    make.deal(title="Leak guard", organization=hotel, value=Decimal(9000))
    make.deal(title="Bench", value=Decimal(100))
    page.goto("/sign-in/")
    page.get_by_label("E-mail").fill("lena@example.com")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda address: "/sign-in/" not in address)

    page.goto("/settings/ideal-client/")
    page.get_by_role("link", name="New criterion").first.click()
    page.get_by_label("Add a condition").select_option("industry")
    page.get_by_label("Industry").fill("hotel")
    page.get_by_label("Weight").fill("30")
    page.get_by_label("Name").fill("Hotels")
    open_deals = page.locator(".fit-means tr", has_text="Open deals")
    expect(open_deals.get_by_role("cell")).to_have_text(["1", "0", "0", "1", "100"])
    assert hindrances_in_both_themes(page) == []
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/settings/ideal-client/")
    expect(page.locator("#rows")).to_contain_text("Industry: contains “hotel”")

    page.get_by_role("link", name="New criterion").first.click()
    page.get_by_role("radio", name="Deal").check()
    page.get_by_label("Add a condition").select_option("value")
    expect(page.locator("#condition-value")).to_be_visible()
    page.locator("#condition-value").get_by_label("at most").fill("500")
    page.get_by_label("Weight").fill("-10")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/settings/ideal-client/")
    fitting.catch_up()
    page.reload()
    expect(page.locator(".fit-means")).to_contain_text("Too few deals")
    assert hindrances_in_both_themes(page) == []

    page.goto(f"/pipeline/{make.pipeline().pk}/")
    card = page.locator(".deal", has_text="Leak guard")
    expect(card.locator(".fit")).to_contain_text("100")
    card.get_by_role("link", name="Leak guard").click()
    fit = page.locator("#record-fit")
    fit.get_by_text("1 of 1 criteria met").click()
    expect(fit.locator("li.met")).to_contain_text("Hotels")
