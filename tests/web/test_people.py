"""Pages of people, organizations and leads: who sees what on them, and what is added by their short forms."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from leadline.accounts.models import Level, User, Visibility
from leadline.crm.models import Deal, Lead, Organization, Person
from leadline.history import members
from leadline.history.models import Change
from leadline.history.undoing import undo_act
from tests import factories as make
from tests.cast import Cast
from tests.web.reading import Element, read

SignIn = Callable[[User], Client]
XSS = '<script>alert("1")</script>'


def page(client: Client, address: str) -> Element:
    answer = client.get(address)
    assert answer.status_code == 200
    return read(answer.content)


def section(found: Element, heading: str) -> Element:
    (one,) = [
        part for part in found.all("section", class_="related-section") if part.one("h2").text.startswith(heading)
    ]
    return one


def names(part: Element) -> list[str]:
    return [row.all("a")[0].text for row in part.all("li", class_="related-row") if row.all("a")]


def closed(cast: Cast, kind: str) -> None:
    members.add(Visibility(kind=kind, see=Level.TEAM, change=Level.TEAM), by=cast.administrator)


def test_an_organization_shows_its_people_deals_and_leads(cast: Cast, signed_in: SignIn) -> None:
    acme = make.organization(name="Acme", owner=cast.owner)
    make.person(name="Ann", organization=acme)
    make.deal(title="Big", organization=acme, value=1000)
    make.deal(title="Small", organization=acme, value=50).win(by=cast.owner)
    make.lead(title="Maybe", organization=acme)
    make.deal(title="Elsewhere")
    found = page(signed_in(cast.owner), f"/organizations/{acme.pk}/")
    assert names(section(found, "People")) == ["Ann"]
    assert names(section(found, "Open deals")) == ["Big"]
    assert section(found, "Open deals").one("header").text == "Open deals 1 $1,000 Add a deal"
    assert names(section(found, "Closed deals")) == ["Small"]
    assert section(found, "Closed deals").one(class_="sum").text == "$50 won"
    assert names(section(found, "Leads")) == ["Maybe"]


def test_what_is_not_open_to_the_reader_is_neither_listed_nor_counted(cast: Cast, signed_in: SignIn) -> None:
    acme = make.organization(name="Acme", owner=cast.owner)
    make.deal(title="Secret", organization=acme, owner=cast.owner, value=7777)
    make.person(name="Hidden", organization=acme, owner=cast.owner)
    closed(cast, "deal")
    closed(cast, "person")
    html = signed_in(cast.outsider).get(f"/organizations/{acme.pk}/").content.decode()
    assert "Secret" not in html
    assert "7,777" not in html
    assert "Hidden" not in html
    found = read(html)
    assert section(found, "Open deals").one(class_="count").text == "0"
    assert section(found, "People").one(class_="count").text == "0"
    assert names(section(page(signed_in(cast.owner), f"/organizations/{acme.pk}/"), "Open deals")) == ["Secret"]


def test_a_record_that_is_not_open_is_not_there(cast: Cast, signed_in: SignIn) -> None:
    person = make.person(owner=cast.owner)
    closed(cast, "person")
    client = signed_in(cast.outsider)
    for address in ("/people/{}/", "/merge/person/{}/", "/related/person/{}/open-deals/?from=0"):
        assert client.get(address.format(person.pk)).status_code == 404, address
    for address in ("/follow/person/{}/", "/records/person/{}/trash/", "/records/person/{}/restore/"):
        assert client.post(address.format(person.pk), {"on": "1"}).status_code == 404, address


def test_many_deals_come_page_by_page(cast: Cast, signed_in: SignIn) -> None:
    acme = make.organization()
    for n in range(40):
        make.deal(title=f"Deal {n:02}", organization=acme)
    client = signed_in(cast.owner)
    first = section(page(client, f"/organizations/{acme.pk}/"), "Open deals")
    assert len(names(first)) == 7
    assert first.one(class_="count").text == "40"
    address = first.one("button", class_="button").attributes["hx-get"]
    second = page(client, address)
    assert len(names(second)) == 25
    last = page(client, second.one("button").attributes["hx-get"])
    assert len(names(last)) == 8
    assert last.all("button") == []
    assert len({*names(first), *names(second), *names(last)}) == 40
    assert client.get(f"/related/organization/{acme.pk}/open-deals/?from=x").status_code == 404
    assert client.get(f"/related/organization/{acme.pk}/nonsense/?from=0").status_code == 404


def test_what_people_wrote_is_text(cast: Cast, signed_in: SignIn) -> None:
    acme = make.organization(name=XSS, industry=XSS, address=XSS)
    person = make.person(name=XSS, job_title=XSS, organization=acme, phones=[{"value": XSS}])
    lead = make.lead(title=XSS, person=person, organization=acme)
    lead.discard(by=cast.owner, note=XSS)
    product = make.product(name=XSS)
    deal = make.deal(title=XSS, organization=acme, person=person)
    make.line(deal, product=product)
    client = signed_in(cast.administrator)
    for address in (
        f"/organizations/{acme.pk}/",
        f"/people/{person.pk}/",
        f"/leads/{lead.pk}/",
        f"/products/{product.pk}/",
        f"/people/known/?name={XSS}",
        f"/people/{person.pk}/erase/",
        f"/merge/organization/{acme.pk}/?other={make.organization(name=XSS).pk}",
        f"/deals/{deal.pk}/lines/add/",
        f"/deals/{deal.pk}/people/add/",
        f"/people/add/?organization={acme.pk}",
    ):
        html = client.get(address).content.decode()
        assert "<script>alert" not in html, address
        assert "&lt;script&gt;" in html, address


def test_readers_are_shown_no_way_to_change(cast: Cast, signed_in: SignIn) -> None:
    person = make.person(name="Ann", emails=[{"value": "ann@acme.example"}])
    found = page(signed_in(cast.reader), f"/people/{person.pk}/")
    assert found.all(class_="in-place") == []
    main = found.one("main")
    assert main.one(class_="record-acts").all("summary") == []  # no menu without entries
    words = {button.text for button in main.all("button")}
    assert words & {"Move to trash", "Restore"} == set()
    assert not [link for link in main.all("a") if link.text.startswith(("Merge", "Erase", "Add "))]
    assert [link.attributes["href"] for link in main.all("a") if link.text == "Write"] == ["mailto:ann@acme.example"]


@pytest.mark.parametrize("kind", ["person", "organization", "lead", "product", "deal"])
def test_what_readers_and_others_may_not_do_is_refused(kind: str, cast: Cast, signed_in: SignIn) -> None:
    record = getattr(make, kind)() if kind == "product" else getattr(make, kind)(owner=cast.owner)
    for somebody in (cast.reader, cast.outsider):
        answer = signed_in(somebody).post(f"/records/{kind}/{record.pk}/trash/")
        assert answer.status_code == 403
    record.refresh_from_db()
    assert record.deleted_at is None


def test_trash_and_restore(cast: Cast, signed_in: SignIn) -> None:
    person = make.person(name="Ann", owner=cast.owner)
    client = signed_in(cast.owner)
    answer = client.post(f"/records/person/{person.pk}/trash/", headers={"HX-Request": "true"})
    assert answer.status_code == 204
    assert "Ann is in the trash." in answer.headers["HX-Trigger"]
    found = page(client, f"/people/{person.pk}/")
    assert "In the trash since" in found.one(class_="notice").text
    assert found.all(class_="in-place") == []
    client.post(f"/records/person/{person.pk}/restore/")
    person.refresh_from_db()
    assert person.deleted_at is None


def last_act() -> Any:
    change = Change.objects.exclude(act=None).order_by("-id").first()
    assert change is not None
    return change.act


def test_a_person_in_one_line_with_a_new_organization(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.owner)
    line = "Ann Lee ann@acme.example +44 20 7946 0000"
    answer = client.post("/people/add/", {"name": line, "organization_new": "Acme"})
    ann = Person.objects.get()
    assert answer.headers["Location"] == f"/people/{ann.pk}/"
    assert (ann.name, ann.first_email, ann.owner) == ("Ann Lee", "ann@acme.example", cast.owner)
    assert ann.phones[0]["value"] == "+44 20 7946 0000"
    assert ann.organization == Organization.objects.get(name="Acme")
    undo_act(last_act(), by=cast.owner)
    assert not Person.objects.kept().exists()
    assert not Organization.objects.kept().exists()


def test_a_form_says_what_is_wrong_beside_the_field(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.owner)
    answer = client.post("/people/add/", {"name": "Ann", "email": "no address"})
    assert answer.status_code == 422
    field = read(answer.content).one("input", name="email")
    assert (
        read(answer.content).one(id=field.attributes["aria-describedby"]).text == "no address is not an e-mail address."
    )
    assert client.post("/people/add/", {"name": " "}).status_code == 422
    assert client.post("/organizations/add/", {"name": ""}).status_code == 422
    assert client.post("/leads/add/", {"title": ""}).status_code == 422
    assert client.post("/deals/new/", {"title": "Big", "value": "much"}).status_code == 422
    assert not Person.objects.exists()
    assert not Deal.objects.exists()


def test_staying_where_one_was(cast: Cast, signed_in: SignIn) -> None:
    acme = make.organization()
    client = signed_in(cast.owner)
    form = read(client.get(f"/people/add/?organization={acme.pk}&then=stay", headers={"HX-Request": "true"}).content)
    assert form.all("html") == []
    assert form.one("input", name="organization").attributes["value"] == str(acme.pk)
    data = {"name": "Ann", "organization": str(acme.pk), "then": "stay"}
    answer = client.post("/people/add/", data, headers={"HX-Request": "true"})
    assert answer.status_code == 204
    assert '"go"' not in answer.headers["HX-Trigger"]
    assert Person.objects.get().organization == acme


def test_no_record_is_linked_that_is_not_open(cast: Cast, signed_in: SignIn) -> None:
    acme = make.organization(name="Hidden", owner=cast.owner)
    closed(cast, "organization")
    client = signed_in(cast.outsider)
    assert "Hidden" not in client.get(f"/people/add/?organization={acme.pk}").content.decode()
    refused = client.post("/people/add/", {"name": "Ann", "organization": str(acme.pk)})
    assert refused.status_code == 422
    assert "not open to you" in refused.content.decode()
    assert not Person.objects.exists()


def test_copies_are_hinted_at_while_one_types(cast: Cast, signed_in: SignIn) -> None:
    ann = make.person(name="Ann Lee", emails=[{"value": "ann@acme.example"}], owner=cast.owner)
    acme = make.organization(name="Acme", domain="acme.example", owner=cast.owner)
    client = signed_in(cast.outsider)

    def hints(address: str) -> list[str]:
        return [link.attributes["href"] for link in page(client, address).all("a")]

    assert hints("/people/known/?name=Somebody+ANN@acme.example") == [f"/people/{ann.pk}/"]
    assert hints("/people/known/?name=ann+lee") == [f"/people/{ann.pk}/"]
    assert hints("/people/known/?name=X&email=ann@acme.example") == [f"/people/{ann.pk}/"]
    assert hints("/people/known/?name=Bob") == []
    assert hints("/organizations/known/?name=ACME") == [f"/organizations/{acme.pk}/"]
    assert hints("/organizations/known/?name=X&domain=www.acme.example") == [f"/organizations/{acme.pk}/"]
    closed(cast, "person")
    assert hints("/people/known/?name=ann+lee") == []


def test_a_lead_and_a_deal_with_a_contact_added_along(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.owner)
    make.pipeline()
    client.post("/leads/add/", {"title": "Maybe", "person_new": "Ann a@b.example", "organization_new": "Acme"})
    lead = Lead.objects.get()
    assert lead.person is not None
    assert lead.organization is not None
    assert (lead.person.name, lead.person.organization, lead.organization.name) == ("Ann", lead.organization, "Acme")
    client.post("/deals/new/", {"title": "Big", "value": "1,200.50", "person": str(lead.person.pk)})
    deal = Deal.objects.get()
    assert (str(deal.value), deal.person, deal.organization) == ("1200.50", lead.person, lead.organization)
    assert deal.stage == make.stage(0)
    assert deal.owner == cast.owner
