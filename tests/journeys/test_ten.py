"""A day's ten by keyboard alone, what came back on earlier notes, and ideas by the line (R33, R34)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User
from leadline.activities.models import Activity, Outcome, TenEntry, add_default_types
from leadline.crm.models import Lead
from leadline.history import members
from tests import factories as make
from tests.journeys.axe import hindrances_in_both_themes

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "seven brass lanterns"


def sign_in(page: Any, user: User) -> None:
    page.goto("/sign-in/")
    page.get_by_label("E-mail").fill(user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "/sign-in/" not in address)


def seller() -> User:
    """With eleven people to write to, and twenty notes of two weeks ago, one of which became a conversation."""
    add_default_types(by=SYSTEM)
    Outcome(name="Good talk", counts_as="conversation").add(by=SYSTEM)
    user = User(name="Olga Berg", email="olga@example.com")
    user.set_password(PASSWORD)
    members.add(user, by=SYSTEM)
    for number in range(11):
        place = make.organization(name=f"Acme {number:02}")
        mail = [{"value": f"p{number:02}@example.com"}]
        make.person(name=f"Pia {number:02}", first_name="Pia", owner=user, organization=place, emails=mail)
    for number in range(20):
        at = timezone.now() - dt.timedelta(days=13.99 if number else 15)
        entry = TenEntry(owner=user, person=make.person(name=f"Earlier {number:02}"), rule="ideas", on_date=at.date())
        entry.written_at = at if number == 1 else at - dt.timedelta(days=1)
        entry.answer = "" if number else "conversation"
        entry.add(by=SYSTEM)
    return user


def test_r33_r34_a_day_of_ten_and_of_ideas(page: Any) -> None:
    user = seller()
    sign_in(page, user)
    page.goto("/today/ten/")
    cards = page.locator(".ten-card")
    expect(cards).to_have_count(10)
    expect(page.locator(".ten-card.here [data-body]")).to_contain_text("How are things at Acme 00?")
    expect(page.locator(".ten-rate")).to_contain_text("Cannot tell yet: 19 notes written")

    # Written, and one is on to the next; skipped, and somebody else comes; taken back by one key.
    page.keyboard.press("o")
    expect(page.locator(".ten-card.here [data-subject]")).to_have_text("Congratulations")
    page.keyboard.press("w")
    expect(page.locator(".ten-progress")).to_have_text("1 of 10 written")
    expect(page.locator(".ten-card.here .ten-name")).to_contain_text("Pia 01")
    page.keyboard.press("s")
    expect(page.locator(".ten-list")).to_contain_text("Pia 10")
    page.keyboard.press("z")
    expect(page.locator(".ten-list")).to_contain_text("Pia 01")
    expect(page.locator(".ten-list")).not_to_contain_text("Pia 10")
    for _card in range(9):
        page.keyboard.press("w")  # as quickly as one can
    expect(page.locator(".ten-progress")).to_have_text("10 of 10 written")
    expect(page.locator(".ten-panel")).to_contain_text("The list is done.")
    assert Activity.objects.filter(owner=user, type__icon="mail").count() == 10
    first = TenEntry.objects.get(person__name="Pia 00")
    assert str(first.opening) == "Congratulate"

    # An answer to an earlier note, which is now old enough: the rates move.
    note = TenEntry.objects.get(person__name="Earlier 01")
    page.locator(f"#ten-{note.pk}").focus()
    page.keyboard.press("c")
    expect(page.locator(".toast").last).to_contain_text("Earlier 01: A conversation.")
    TenEntry.objects.filter(pk=note.pk).update(written_at=timezone.now() - dt.timedelta(days=15))
    page.reload()
    expect(page.locator(".ten-rate strong a")).to_have_text("10%")
    expect(page.locator(".ten-figures").first).to_contain_text("264")
    assert hindrances_in_both_themes(page) == []

    # Ideas: a line, a list with one that is there already, the first touch, and back.
    page.goto("/today/ideas/")
    page.keyboard.press("a")
    page.keyboard.type("Maria Lopez, Globex, maria@globex.example")
    page.keyboard.press("Enter")
    expect(page.locator(".idea")).to_have_count(1)
    expect(page.locator("#ideas .notice.warn")).to_contain_text("1 idea, under your floor of 20.")
    page.locator("#ideas-lines").fill("Sam Silent, Initech\nMaria L, Globex, maria@globex.example")
    page.keyboard.press("Enter")
    expect(page.locator(".idea")).to_have_count(2)
    expect(page.locator(".ideas-held")).to_contain_text("Maria Lopez is on the lead “Maria Lopez, Globex” already.")
    expect(page.get_by_label("Line 1")).to_have_value("Maria L, Globex, maria@globex.example")
    assert hindrances_in_both_themes(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("w")
    expect(page.locator(".idea")).to_have_count(1)
    page.keyboard.press("z")
    expect(page.locator(".idea")).to_have_count(2)
    page.keyboard.press("d")
    page.get_by_role("textbox", name="Note").fill("Moved away")
    page.get_by_role("button", name="Discard", exact=True).last.click()
    expect(page.locator(".idea")).to_have_count(1)
    assert Lead.objects.get(status="discarded").discard_note == "Moved away"
