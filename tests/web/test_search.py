"""The palette's answers, the search page and the lookup of editors."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User
from leadline.accounts.models.visibility import Level, Visibility
from leadline.history import members
from leadline.web.search import limits
from tests import factories as make
from tests.cast import Cast
from tests.web.reading import Element, read

SignedIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _nobody_has_asked() -> Iterator[None]:
    limits.forget()
    yield
    limits.forget()


def options(client: Client, query: str) -> list[Element]:
    answer = client.get(f"/palette/?{query}", headers={"Sec-Fetch-Mode": "cors"})
    assert answer.status_code == 200
    return read(answer.content).all("a", role="option")


def test_the_palette_offers_what_it_finds_by_kind(cast: Cast, signed_in: SignedIn) -> None:
    firm = make.organization(name="Quintessa", domain="quintessa.example")
    deal = make.deal(title="Quintessa renewal", organization=firm, value=1500, currency="EUR")
    found = options(signed_in(cast.owner), "q=quint")
    assert [one.attributes["id"] for one in found] == [f"palette-deal-{deal.pk}", f"palette-organization-{firm.pk}"]
    assert "€1,500" in found[0].text
    assert found[0].attributes["href"] == f"/deals/{deal.pk}/"
    groups = read(signed_in(cast.owner).get("/palette/?q=quint").content).all("div", role="group")
    assert [group.attributes["aria-label"] for group in groups] == ["Deals", "Organizations"]


def test_text_of_records_is_text(cast: Cast, signed_in: SignedIn) -> None:
    make.organization(name="<script>alert(1)</script> Ltd")
    for address in ("/palette/?q=script", "/search/?q=script", "/search/?q=<script>alert(1)</script>"):
        answer = signed_in(cast.owner).get(address).content
        assert b"<script>alert(1)" not in answer
        assert b"&lt;script&gt;alert(1)" in answer


def test_seen_last_stands_first_while_nothing_is_typed(cast: Cast, signed_in: SignedIn) -> None:
    firm, human = make.organization(name="Seen Ltd"), make.person(name="Seen Person")
    found = options(signed_in(cast.owner), f"seen=person-{human.pk},organization-{firm.pk},person-999999,nonsense-1,x")
    assert [one.attributes["id"] for one in found] == [f"palette-person-{human.pk}", f"palette-organization-{firm.pk}"]


def test_whoever_has_seen_nothing_gets_their_own_open_deals(cast: Cast, signed_in: SignedIn) -> None:
    mine = make.deal(title="Mine", owner=cast.owner)
    make.deal(title="Won", owner=cast.owner).win(by=SYSTEM)
    make.deal(title="Theirs", owner=cast.outsider)
    assert [one.attributes["id"] for one in options(signed_in(cast.owner), "")] == [f"palette-deal-{mine.pk}"]


def test_nothing_hidden_is_found_seen_or_looked_up(cast: Cast, signed_in: SignedIn) -> None:
    for kind in ("deal", "organization", "person", "lead"):
        members.add(Visibility(kind=kind, see=Level.OWNER), by=SYSTEM)
    firm = make.organization(name="Secret Ltd", owner=cast.owner)
    deal = make.deal(title="Secret deal", owner=cast.owner, organization=firm)
    make.note(deal, text="Secret words")
    outsider = signed_in(cast.outsider)
    assert options(outsider, "q=secret") == options(outsider, f"seen=deal-{deal.pk},organization-{firm.pk}") == []
    page = outsider.get("/search/?q=secret").content.decode()
    assert "Secret Ltd" not in page
    assert "99+" not in page
    for kind in ("deal", "organization"):
        assert outsider.get(f"/lookup/{kind}/?q=secret").json() == outsider.get(f"/lookup/{kind}/").json() == []
    assert len(options(signed_in(cast.owner), "q=secret")) == 3


def test_a_hidden_organization_is_not_named_beside_its_deal(cast: Cast, signed_in: SignedIn) -> None:
    members.add(Visibility(kind="organization", see=Level.OWNER), by=SYSTEM)
    firm = make.organization(name="Secret Ltd", owner=cast.owner)
    make.deal(title="Open to all", organization=firm)
    (found,) = options(signed_in(cast.outsider), "q=open")
    assert "Secret" not in found.text
    assert "Secret" not in signed_in(cast.outsider).get("/search/?q=open").content.decode()
    assert "Secret" not in json.dumps(signed_in(cast.outsider).get("/lookup/deal/?q=open").json())


def test_notes_lead_to_what_they_hang_on(cast: Cast, signed_in: SignedIn) -> None:
    deal = make.deal(title="Order")
    make.note(deal, text="<p>marbled endpapers</p>")
    (found,) = options(signed_in(cast.owner), "q=marbled")
    assert found.attributes["href"] == f"/deals/{deal.pk}/"
    assert "on Order" in found.text
    deal.trash(by=SYSTEM)
    assert options(signed_in(cast.owner), "q=marbled") == []


def test_the_search_page_by_kind_and_page(cast: Cast, signed_in: SignedIn) -> None:
    for number in range(30):
        make.person(name=f"Ferris {number}")
    make.organization(name="Ferris Wheels")
    client = signed_in(cast.owner)
    page = read(client.get("/search/?q=ferris").content)
    assert [section.attributes["aria-label"] for section in page.all("section", class_="found")] == [
        "People",
        "Organizations",
    ]
    assert len(page.all("section", class_="found")[0].all("li")) == 5
    tabs = page.one("nav", **{"aria-label": "Kinds of results"})
    assert tabs.text == "All People 30 Organizations 1"
    people = read(client.get("/search/?q=ferris&kind=person").content)
    assert len(people.one("section", class_="found").all("li")) == 25
    after = people.one("a", rel="next").attributes["href"]
    second = read(client.get(after).content)
    assert len(second.one("section", class_="found").all("li")) == 5
    assert second.all("a", rel="next") == []
    names = [li.text for answer in (people, second) for li in answer.one("section", class_="found").all("li")]
    assert len(set(names)) == 30


@pytest.mark.parametrize(
    "query", ["", "q=", "q=zzzz", "q=a&kind=nonsense", "q=a&page=0", "q=a&page=x", "kind=deal&page=99"]
)
def test_the_search_page_takes_any_address(cast: Cast, signed_in: SignedIn, query: str) -> None:
    make.organization(name="Acme")
    assert signed_in(cast.owner).get(f"/search/?{query}").status_code == 200


def test_looking_up(cast: Cast, signed_in: SignedIn) -> None:
    firm = make.organization(name="Quintessa", domain="quintessa.example")
    human = make.person(name="Bea", organization=firm)
    client = signed_in(cast.owner)
    assert client.get("/lookup/person/?q=bea").json() == [{"id": human.pk, "name": "Bea", "about": "Quintessa"}]
    assert client.get("/lookup/organization/?q=quintesa").json()[0]["id"] == firm.pk
    assert client.get("/lookup/user/?q=olg").json() == [{"id": cast.owner.pk, "name": "Olga", "about": "North"}]
    assert client.get("/lookup/user/?q=ivan").json() == [], "somebody let go is not offered"
    assert client.get("/lookup/note/?q=x").status_code == 404


def test_who_asks_like_a_program_waits(cast: Cast, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST", 3)
    client = signed_in(cast.owner)
    assert [client.get("/palette/?q=a").status_code for _ in range(4)] == [200, 200, 200, 429]
    refused = client.get("/search/?q=a")
    assert (refused.status_code, int(refused.headers["Retry-After"]) > 0) == (429, True)
    assert "Try again in" in refused.content.decode()
    part = client.get("/palette/?q=a", headers={"Sec-Fetch-Mode": "cors"}).content
    assert b"<html" not in part, "a part for the palette"
    assert signed_in(cast.outsider).get("/palette/?q=a").status_code == 200, "each person has their own"


def test_a_last_name_finds_the_person_and_their_deals(cast: Cast, signed_in: SignedIn) -> None:
    person = make.person(owner=cast.owner, name="Ann Featherstone", organization=make.organization(owner=cast.owner))
    make.deal(by=cast.owner, owner=cast.owner, title="Fleet renewal", person=person)
    found = " ".join(option.text for option in options(signed_in(cast.owner), "q=featherst"))
    assert "Ann Featherstone" in found
    assert "Fleet renewal" in found
