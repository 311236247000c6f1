"""People on a deal with a role."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from leadline.accounts.models import Level, User, Visibility
from leadline.crm.models import Participant, Person
from leadline.history import members
from leadline.web.participants.reading import people_of
from tests import factories as make
from tests.cast import Cast

SignIn = Callable[[User], Client]
SCRIPT = {"HX-Request": "true"}


def test_the_first_person_is_the_contact_the_next_take_part(cast: Cast, signed_in: SignIn) -> None:
    acme = make.organization()
    deal = make.deal(owner=cast.owner, organization=acme)
    client = signed_in(cast.owner)
    answer = client.post(f"/deals/{deal.pk}/people/add/", {"person_new": "Ann ann@acme.example"}, headers=SCRIPT)
    assert answer.status_code == 204
    deal.refresh_from_db()
    assert deal.person is not None
    assert (deal.person.name, deal.person.organization) == ("Ann", acme)
    bob = make.person(name="Bob")
    client.post(f"/deals/{deal.pk}/people/add/", {"person": str(bob.pk), "role": "Signs"}, headers=SCRIPT)
    people = people_of(cast.owner, deal)
    assert people.contact == deal.person
    assert [(row.person.name, row.role) for row in people.others] == [("Bob", "Signs")]


def test_roles_change_and_people_leave(cast: Cast, signed_in: SignIn) -> None:
    deal = make.deal(owner=cast.owner, person=make.person())
    row = Participant(deal=deal, person=make.person(name="Bob")).add(by=cast.owner)
    client = signed_in(cast.owner)
    client.post(f"/participants/{row.pk}/", {"role": "Decides"}, headers=SCRIPT)
    row.refresh_from_db()
    assert row.role == "Decides"
    client.post(f"/participants/{row.pk}/remove/", headers=SCRIPT)
    assert people_of(cast.owner, deal).others == []
    assert client.get(f"/participants/{row.pk}/").status_code == 404


def test_twice_and_nobody_are_refused_beside_the_field(cast: Cast, signed_in: SignIn) -> None:
    bob = make.person(name="Bob")
    deal = make.deal(owner=cast.owner, person=make.person())
    Participant(deal=deal, person=bob).add(by=cast.owner)
    client = signed_in(cast.owner)
    answer = client.post(f"/deals/{deal.pk}/people/add/", {"person": str(bob.pk)}, headers=SCRIPT)
    assert answer.status_code == 422
    assert "Bob takes part already." in answer.content.decode()
    assert client.post(f"/deals/{deal.pk}/people/add/", {}, headers=SCRIPT).status_code == 422
    assert Participant.objects.count() == 1


def test_people_that_are_not_open_are_left_out(cast: Cast, signed_in: SignIn) -> None:
    hidden = make.person(name="Bob Closed", owner=cast.owner)
    deal = make.deal(owner=cast.outsider, person=make.person(name="Ann Closed", owner=cast.owner))
    row = Participant(deal=deal, person=hidden, role="Signs").add(by=cast.administrator)
    members.add(Visibility(kind="person", see=Level.TEAM, change=Level.TEAM), by=cast.administrator)
    people = people_of(cast.outsider, deal)
    assert (people.contact, people.others) == (None, [])
    client = signed_in(cast.outsider)
    assert "Closed" not in client.get(f"/deals/{deal.pk}/").content.decode()
    assert client.get(f"/participants/{row.pk}/").status_code == 404
    answer = client.post(f"/deals/{deal.pk}/people/add/", {"person": str(hidden.pk)}, headers=SCRIPT)
    assert answer.status_code == 422


def test_who_may_not_change_the_deal_may_not_add_people(cast: Cast, signed_in: SignIn) -> None:
    deal = make.deal(owner=cast.owner)
    for somebody in (cast.reader, cast.outsider):
        data = {"person_new": "Eve"}
        assert signed_in(somebody).post(f"/deals/{deal.pk}/people/add/", data, headers=SCRIPT).status_code == 403
    assert not Person.objects.exists()


def test_a_line_of_which_no_name_is_left_adds_nobody(cast: Cast, signed_in: SignIn) -> None:
    deal = make.deal(owner=cast.owner)
    for line in ("0001-01-01", "a@example.com", "+44 20 7946 0000"):
        answer = signed_in(cast.owner).post(f"/deals/{deal.pk}/people/add/", {"person_new": line}, headers=SCRIPT)
        assert answer.status_code in (204, 422), line
    answer = signed_in(cast.owner).post(f"/deals/{deal.pk}/people/add/", {"person_new": "0001-01-01"}, headers=SCRIPT)
    assert "type the name of a new one" in answer.content.decode()
