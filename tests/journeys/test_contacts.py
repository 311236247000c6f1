"""Contacts as people use them: a person by one line, on a deal, two merged, a lead converted, and all taken back."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User
from leadline.crm.models import Deal, Organization, Person
from leadline.history import members
from tests import factories as make
from tests.journeys.axe import hindrances
from tests.journeys.hands import drawn

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "seven brass lanterns"


@pytest.fixture
def olga(page: Any) -> User:
    """Olga, seller, signed in."""
    user = User(name="Olga", email="olga@example.com")
    user.set_password(PASSWORD)
    members.add(user, by=SYSTEM)
    page.goto("/sign-in/")
    page.get_by_label("E-mail").fill("olga@example.com")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda address: "/sign-in/" not in address)
    return user


def toast(page: Any, text: str) -> Any:
    return page.locator(".toast").filter(has_text=text)


def test_a_person_by_one_line_from_the_add_menu(page: Any, olga: User) -> None:
    make.person(name="Ann Lee", emails=[{"value": "ann@acme.example"}])
    page.locator("details.add > summary").click()
    page.locator("[data-adds=person]").click()
    dialog = page.get_by_role("dialog")
    name = dialog.get_by_label("Name")
    expect(name).to_be_focused()
    name.press_sequentially("Bob Ray bob@acme.example +44 20 7946 0000")
    expect(dialog.locator(".understood")).to_contain_text("Bob Ray · bob@acme.example · +44 20 7946 0000")
    name.fill("Ann Lee ann@acme.example")
    expect(dialog.locator(".known a")).to_have_text("Ann Lee")
    name.fill("Bob Ray bob@acme.example +44 20 7946 0000")
    expect(dialog.locator(".known a")).to_have_count(0)
    dialog.get_by_label("Organization").press_sequentially("Acme")
    dialog.get_by_role("option", name="+ Acme").click()
    dialog.get_by_role("button", name="Add person").click()
    expect(page.locator(".record-name")).to_contain_text("Bob Ray")
    expect(page.get_by_role("link", name="bob@acme.example").first).to_have_attribute("href", "mailto:bob@acme.example")
    bob = Person.objects.get(name="Bob Ray")
    assert (bob.owner, bob.organization) == (olga, Organization.objects.get(name="Acme"))
    toast(page, "Bob Ray is added.").get_by_role("button", name="Undo").click()
    expect(page.locator(".record-head .notice")).to_contain_text("In the trash")
    assert not Organization.objects.kept().exists()


def test_a_wrong_address_stays_in_the_dialog(page: Any, olga: User) -> None:
    page.goto("/people/add/?then=stay")
    page.get_by_label("Name").fill("Ann")
    page.get_by_label("E-mail").fill("nonsense")
    page.get_by_role("button", name="Add person").click()
    expect(page.locator("#id_email_error")).to_contain_text("nonsense is not an e-mail address.")
    expect(page.get_by_label("Name")).to_have_value("Ann")


def test_people_and_products_on_a_deal(page: Any, olga: User) -> None:
    deal = make.deal(title="Big", owner=olga, value=5)
    make.product(name="Pump", unit_price="99.95", currency="USD")
    make.person(name="Ann Lee")
    page.goto(f"/deals/{deal.pk}/")
    people = page.locator(".related-section").filter(has=page.get_by_role("heading", name="People"))
    for role in ("contact", "signs"):
        people.get_by_role("link", name="Add a person").click()
        dialog = page.get_by_role("dialog")
        drawn(page)
        if role == "contact":
            dialog.get_by_label("Person").press_sequentially("ann")
            dialog.get_by_role("option", name="Ann Lee").click()
        else:
            dialog.get_by_label("Person").press_sequentially("Bob Ray")
            dialog.get_by_role("option", name="+ Bob Ray").click()
            dialog.get_by_label("Role").fill("Signs")
        dialog.get_by_role("button", name="Add person").click()
        expect(dialog).to_be_hidden()
    expect(people.locator(".related-row")).to_have_count(2)
    expect(people.locator(".row-under")).to_have_text(["Main contact", "Signs"])

    products = page.locator(".related-section").filter(has=page.get_by_role("heading", name="Products"))
    products.get_by_role("link", name="Add a product").click()
    page.get_by_label("Product").select_option(label="Pump · $99.95")
    page.get_by_label("Quantity").fill("3")
    page.get_by_label("Discount").fill("12.5")
    page.get_by_role("dialog").get_by_role("button", name="Add product").click()
    expect(products.locator(".lines-total")).to_contain_text("$262.37")
    products.get_by_role("button", name=re.compile("Take as the deal")).click()
    expect(products.get_by_role("button", name=re.compile("Take as the deal"))).to_have_count(0)
    assert str(Deal.objects.get().value) == "262.37"
    page.keyboard.press("Control+z")
    expect(products.get_by_role("button", name=re.compile("Take as the deal"))).to_have_count(1)
    assert Deal.objects.get().value == 5


def test_merge_two_and_take_it_back(page: Any, olga: User) -> None:
    ann = make.person(name="Ann Lee", owner=olga)
    copy = make.person(name="Annie Lee", owner=olga, emails=[{"value": "ann@acme.example"}])
    deal = make.deal(title="Big", person=copy, owner=olga)
    page.goto(f"/people/{ann.pk}/")
    page.locator(".record-acts .menu > summary").last.click()
    page.get_by_role("link", name="Merge with another").click()
    dialog = page.get_by_role("dialog")
    drawn(page)
    dialog.get_by_role("combobox").press_sequentially("annie")
    dialog.get_by_role("option", name=re.compile("Annie Lee")).click()
    expect(dialog.get_by_role("row", name=re.compile("E-mail"))).to_contain_text("ann@acme.example")
    expect(dialog.locator("td.left")).to_contain_text(["Annie Lee"])
    assert hindrances(page) == []
    dialog.get_by_role("button", name="Merge").click()
    expect(toast(page, "Annie Lee is merged into Ann Lee.")).to_be_visible()
    expect(page.locator(".related")).to_contain_text("Big")
    deal.refresh_from_db()
    assert deal.person == ann
    toast(page, "is merged").get_by_role("button", name="Undo").click()
    expect(page.locator(".related")).not_to_contain_text("Big")
    deal.refresh_from_db()
    assert deal.person == copy


def test_convert_a_lead_and_take_it_back(page: Any, olga: User) -> None:
    make.pipeline()
    lead = make.lead(title="Maybe", owner=olga)
    page.goto(f"/leads/{lead.pk}/")
    page.get_by_role("link", name="Convert to deal").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Value").fill("much")
    dialog.get_by_role("button", name="Convert").click()
    expect(dialog.locator(".error")).to_contain_text("Write a number")
    drawn(page)
    dialog.get_by_label("Value").fill("1,200")
    dialog.get_by_label("Begins in").select_option(label="Contacted")
    dialog.get_by_role("button", name="Convert").click()
    expect(page).to_have_url(re.compile(r"/deals/\d+/$"))
    expect(page.locator(".record-name")).to_contain_text("Maybe")
    toast(page, "Maybe is a deal now.").get_by_role("button", name="Undo").click()
    expect(page.locator(".record-head .notice")).to_contain_text("In the trash")
    lead.refresh_from_db()
    assert lead.status == "open"
    page.goto("/leads/list/")
    page.wait_for_load_state("networkidle")
    page.keyboard.press("j")
    page.keyboard.press("w")
    expect(dialog.get_by_label("Title")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/deals/\d+/$"))


def test_somebody_elses_change_comes_by_itself_and_rings_the_bell(page: Any, olga: User) -> None:
    other = members.add(User(name="Theo", email="theo@example.com"), by=SYSTEM)
    acme = make.organization(name="Acme", owner=olga)
    page.goto(f"/organizations/{acme.pk}/")
    page.get_by_role("button", name="Follow", exact=True).click()
    expect(page.get_by_role("button", name="Following")).to_be_visible()
    acme.edit(by=other, industry="Shipping")
    expect(page.locator(".record-line")).to_contain_text("Shipping", timeout=8000)
    expect(page.locator(".bell-badge")).to_have_text("1", timeout=8000)
    page.locator("details.bell > summary").click()
    expect(page.locator(".notice-row")).to_contain_text("Theo")
    page.get_by_role("button", name="Mark all read").click()
    expect(page.locator(".bell-badge")).to_have_count(0)
