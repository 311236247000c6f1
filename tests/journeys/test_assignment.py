"""A leader says who gets leads and who is away; a lead finds its person, who sees why; nobody answers: it is told."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User
from leadline.crm import noticing
from leadline.crm.escalating import escalate_due
from leadline.crm.models import AssignmentRule, Lead, Source
from leadline.crm.working_time import set_week
from leadline.history import members
from leadline.history.models import Change
from tests import factories as make
from tests.journeys.axe import hindrances_in_both_themes

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "seven brass lanterns"


@pytest.fixture
def people(page: Any) -> dict[str, User]:
    """Lena, who leads and is signed in; Olga and Theo, who sell."""
    make.pipeline()
    found = {}
    for name, role in (("Lena", "leader"), ("Olga", "seller"), ("Theo", "seller")):
        user = User(name=name, email=f"{name}@example.com", role=role)
        user.set_password(PASSWORD)
        found[name] = members.add(user, by=SYSTEM)
    set_week(by=SYSTEM, weekdays=list(range(7)), day_begins=0, day_ends=24 * 60)
    noticing.catch_up()
    page.goto("/sign-in/")
    page.get_by_label("E-mail").fill(found["Lena"].email or "")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda address: "/sign-in/" not in address)
    return found


def test_a_lead_finds_its_person(page: Any, people: dict[str, User]) -> None:
    source = Source(name="Trade fair").add(by=SYSTEM)
    lead = make.lead(title="Met at the fair", source=source)
    page.goto("/settings/sources/")
    page.get_by_label("Answer leads within: Trade fair").fill("30")
    page.get_by_label("Answer leads within: Trade fair").press("Enter")
    expect(page.locator(".toast").last).to_contain_text("How soon leads of Trade fair are answered is changed.")
    page.get_by_label("Tell who leads after: Trade fair").fill("60")
    page.get_by_label("Tell who leads after: Trade fair").press("Enter")
    expect(page.locator(".toast").last).to_contain_text("When whoever leads hears of leads of Trade fair is changed.")

    page.goto("/me/")
    away = page.locator("#absences")
    away.get_by_label("Who is away").select_option("Olga")
    away.get_by_label("First day").fill(timezone.localdate().isoformat())
    away.get_by_label(re.compile("Who stands in")).select_option("Theo")
    away.get_by_role("button", name="Add", exact=True).click()
    expect(away.locator("li")).to_contain_text("Theo stands in")

    page.goto("/settings/assignment/")
    page.get_by_role("link", name="New assignment rule").first.click()
    page.get_by_label("Name", exact=True).fill("Fairs")
    page.get_by_label("Add a condition").select_option("source")
    page.get_by_role("checkbox", name="Trade fair").check()
    page.get_by_role("checkbox", name="Olga").check()
    assert hindrances_in_both_themes(page) == []
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/settings/assignment/")
    rows = page.locator("#rows")
    expect(rows).to_contain_text("Source: Trade fair")
    expect(rows).to_contain_text("Theo stands in for Olga, whose turn it is")
    assert hindrances_in_both_themes(page) == []
    rows.get_by_role("button", name="Give them out by these rules").click()
    expect(page.locator(".toast").last).to_contain_text("1 lead has an owner now.")
    lead.refresh_from_db()
    assert lead.owner == people["Theo"]
    page.goto(f"/leads/{lead.pk}/")
    expect(page.locator("main")).to_contain_text("because Theo stands in for Olga, whose turn it was")
    expect(page.locator(".lead-clock.waits")).to_contain_text("to be answered by")

    assert AssignmentRule.objects.get().user_ids == [people["Olga"].pk]
    Change.objects.filter(entity="source").update(recorded_at=timezone.now() - dt.timedelta(days=1))
    Lead.objects.filter(pk=lead.pk).update(owned_since=timezone.now() - dt.timedelta(hours=2))
    assert len(escalate_due()) == 1
    page.goto("/notices/")
    expect(page.locator(".notice-list")).to_contain_text("told who leads that nobody has answered")
    page.locator(".notice-list a").first.click()
    expect(page.locator(".lead-clock.late")).to_contain_text("unanswered, late by 1 h 30 min")
