"""Who is meant by a lead that becomes a deal: offered with why, as far as one sees them, and nobody twice (R39)."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from leadline.accounts.models import User
from leadline.crm.models import Deal, Lead, Organization, Person
from leadline.history.undoing import undo_act
from tests import factories as make
from tests.cast import Cast
from tests.web.hidden import set_everywhere

SignIn = Callable[[User], Client]
SCRIPT = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def pipeline(cast: Cast) -> None:
    make.pipeline()


def form(client: Client, lead: Lead) -> str:
    return client.get(f"/leads/{lead.pk}/convert/").content.decode()


def convert(client: Client, lead: Lead, **more: Any) -> tuple[Deal, str]:
    data = {"title": lead.title, "stage": make.stage(0).pk, "value": "", **more}
    answer = client.post(f"/leads/{lead.pk}/convert/", data, headers=SCRIPT)
    assert answer.status_code == 204, answer.content.decode()
    lead.refresh_from_db()
    assert lead.deal is not None
    return lead.deal, json.loads(answer.headers["HX-Trigger"])["leadline:done"]["text"]


def mail(address: str) -> dict[str, Any]:
    return {"emails": [{"value": address}]}


def test_the_known_are_offered_with_why(cast: Cast, signed_in: SignIn) -> None:
    """By e-mail address, by name, by employer, by domain, by website; a provider's domain says nothing."""
    client = signed_in(cast.owner)
    acme = make.organization(name="Acme Ltd", domain="acme.example")
    site = make.organization(name="Acme Shop", website="https://www.acme.example/")
    free = make.organization(name="Mail for all", domain="gmail.com")
    known = make.person(name="Ann Lee", organization=acme, **mail("ann@acme.example"))
    namesake = make.person(name="ann lee", **mail("ann@gmail.com"))
    lead = make.lead(
        owner=cast.owner, title="ann@acme.example", person=make.person(name="Ann Lee", **mail("Ann@acme.example"))
    )
    page = form(client, lead)
    for words in ("named on the lead", "has the e-mail address ann@acme.example", "has the same name"):
        assert words in page
    for words in ("the contact works there", "has the website https://www.acme.example/"):
        assert words in page
    assert str(free) not in page
    assert str(site) in page
    deal, _said = convert(client, lead, person=str(known.pk), organization=str(acme.pk))
    assert (deal.person, deal.organization) == (known, acme)
    other = make.lead(owner=cast.owner, title="Somebody", person=namesake)
    assert "Mail for all" not in form(client, other)


def test_titles_name_people_and_organizations(cast: Cast, signed_in: SignIn) -> None:
    acme = make.organization(name="Acme Ltd")
    ann = make.person(name="Ann Lee")
    page = form(signed_in(cast.owner), make.lead(owner=cast.owner, title="Ann Lee – ACME LTD (fair)"))
    assert f'name="organization" value="{acme.pk}"' in page
    assert f'name="person" value="{ann.pk}"' in page
    assert page.count("has the same name") == 2


def test_what_one_may_not_see_is_neither_offered_nor_named(cast: Cast, signed_in: SignIn) -> None:
    set_everywhere("owner", "owner")
    secret = make.organization(name="Secret Works", domain="secret.example", owner=cast.outsider)
    hidden = make.person(name="Sam Hidden", owner=cast.outsider, organization=secret, **mail("sam@secret.example"))
    lead = make.lead(owner=cast.owner, title="sam@secret.example, Secret Works, Sam Hidden")
    about = make.lead(owner=cast.owner, title="Theirs", person=hidden, organization=secret)
    client = signed_in(cast.owner)
    assert f'name="person" value="{hidden.pk}"' not in form(client, lead)
    page = form(client, about)
    assert "A contact that is not open to you" in page
    assert "Secret" not in page
    assert "Sam" not in page
    data = {"title": "x", "stage": make.stage(0).pk, "value": "", "person": str(hidden.pk)}
    assert client.post(f"/leads/{lead.pk}/convert/", data, headers=SCRIPT).status_code == 422
    deal, _said = convert(client, about)
    assert (deal.person_id, deal.organization_id) == (hidden.pk, secret.pk), "kept as it was"
    deal, _said = convert(client, lead, person="other", person_new="Sam sam@secret.example", organization="none")
    assert deal.person is not None
    assert deal.person.pk != hidden.pk, "or one could find out who is known"


def test_two_at_once_make_nobody_twice(cast: Cast, signed_in: SignIn) -> None:
    """Both forms were drawn before either was sent; the second finds what the first made."""
    client = signed_in(cast.owner)
    first, second = (make.lead(owner=cast.owner, title=f"Fair {n}") for n in "12")
    new = {
        "person": "other",
        "person_new": "Bo Berg bo@berg.example",
        "organization": "other",
        "organization_new": "Berg",
    }
    one, said = convert(client, first, **new)
    assert "was there already" not in said
    assert one.organization is not None
    assert one.organization.domain == "berg.example"
    other, said = convert(client, second, **(new | {"organization_new": "BERG"}))
    assert (other.person, other.organization) == (one.person, one.organization)
    assert "Bo Berg was there already and is used." in said
    assert (Person.objects.count(), Organization.objects.count()) == (1, 1)
    third = make.lead(owner=cast.owner, title="Another Berg")
    seen = {"organization_seen": str(one.organization_id), "organization": "other", "organization_new": "Berg"}
    deal, _said = convert(client, third, person="none", **seen)
    assert deal.organization != one.organization, "who saw it and wants a new one gets it"
    assert deal.person is None


def test_one_undo_takes_back_all_of_it(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.owner)
    lead = make.lead(owner=cast.owner, title="Fair")
    data = {"title": "Fair", "stage": make.stage(0).pk, "value": "", "person": "other", "person_new": "Bo Berg"}
    answer = client.post(f"/leads/{lead.pk}/convert/", data, headers=SCRIPT)
    undo_act(json.loads(answer.headers["HX-Trigger"])["leadline:done"]["act"], by=cast.owner)
    lead.refresh_from_db()
    assert (lead.status, lead.person_id, lead.deal_id) == ("open", None, None)
    assert not Person.objects.kept().exists()


def test_what_cannot_be_is_said_beside_it(cast: Cast, signed_in: SignIn) -> None:
    client, lead = signed_in(cast.owner), make.lead(owner=cast.owner)
    data = {"title": "x", "stage": make.stage(0).pk, "value": "", "organization": "other", "organization_new": " "}
    answer = client.post(f"/leads/{lead.pk}/convert/", data, headers=SCRIPT)
    assert answer.status_code == 422
    assert "Choose one, or type a name." in answer.content.decode()
    assert Deal.objects.count() == 0
