"""From a share of leads that came back to those leads, and from a fit to its deals; nothing hinders on the way."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User
from leadline.crm.models import Deal, HandOff, Lack, Playbook
from leadline.history import members
from tests import factories as make
from tests.journeys.axe import hindrances_in_both_themes

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]
PASSWORD = "seven brass lanterns"


@pytest.fixture
def team(page: Any) -> None:
    """Ann hands Bob three leads, of which one comes back; a deal that fits is won; Ruth, who leads, is signed in."""
    ruth, ann, bob = (User(name=name, email=f"{name}@example.com".lower(), role=role) for name, role in (
        ("Ruth", "leader"), ("Ann", "seller"), ("Bob", "seller")))  # fmt: skip
    ruth.set_password(PASSWORD)
    for user in (ruth, ann, bob):
        members.add(user, by=SYSTEM)
    lack = Lack(name="No budget").add(by=SYSTEM)
    now = timezone.now()
    for number, state in enumerate(("accepted", "accepted", "returned")):
        lead = make.lead(title=f"Lead {number}", owner=ann)
        HandOff(lead=lead, giver=ann, taker=bob, giver_role="inbound", taker_role="closer", state=state,
                handed_at=now - dt.timedelta(hours=5), answered_at=now - dt.timedelta(hours=3),
                lacks=[lack.pk] if state == "returned" else []).add(by=SYSTEM)  # fmt: skip
    item = {"key": "sent", "name": "Proposal sent", "kind": "tick", "event": True}
    Playbook(stage=make.stage(0), items=[item], published_at=now).add(by=SYSTEM)
    deal = make.deal(title="Harbour Lofts", owner=bob, value=900)
    deal.win(by=SYSTEM)
    Deal.objects.filter(pk=deal.pk).update(fit=90)
    page.goto("/sign-in/")
    page.get_by_label("E-mail").fill("ruth@example.com")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda address: "/sign-in/" not in address)


def test_numbers_open_what_they_count(page: Any, team: None) -> None:
    page.goto("/insights/handoffs/?whole=1")
    roles = page.locator("#handoffs-roles-table tbody tr")
    expect(roles).to_have_count(1)
    expect(roles).to_contain_text("2 of 3")
    lacks = page.locator("#handoffs-lacks-table tbody tr")
    expect(lacks).to_contain_text("No budget")
    assert hindrances_in_both_themes(page) == []
    lacks.get_by_role("link").last.click()
    expect(page.get_by_role("link", name="Lead 2")).to_be_visible()
    page.go_back()
    page.locator("#place-tabs").get_by_role("link", name="Playbook").click()
    page.wait_for_url("**/insights/playbook/**")
    fit = page.locator("#playbook-fit-table tbody tr")
    expect(fit).to_contain_text("75 to 100")
    assert hindrances_in_both_themes(page) == []
    fit.get_by_role("link").first.click()
    expect(page.get_by_role("link", name="Harbour Lofts")).to_be_visible()
