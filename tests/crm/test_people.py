"""People and organizations: several addresses, one of them first; domains that compare; leads that end."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from leadline.accounts.actors import SYSTEM
from leadline.crm.models import Lead, Organization, Person
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_addresses_are_in_small_letters_and_one_is_first() -> None:
    person = make.person(
        emails=[{"value": " Jane@Acme.COM ", "label": "work"}, {"value": "j@home.example", "primary": True}]
    )
    person.refresh_from_db()
    assert person.emails == [
        {"value": "jane@acme.com", "label": "work", "primary": False},
        {"value": "j@home.example", "label": "", "primary": True},
    ]
    assert person.first_email == "j@home.example"
    assert Person.objects.get(first_email="j@home.example") == person


def test_the_first_is_first_where_none_is_or_several_are() -> None:
    person = make.person(phones=[{"value": ""}, {"value": "1"}, {"value": "2"}])
    assert [(phone["value"], phone["primary"]) for phone in person.phones] == [("1", True), ("2", False)]
    person.edit(by=SYSTEM, phones=[{"value": "1"}, {"value": "2", "primary": True}, {"value": "3", "primary": True}])
    assert [phone["primary"] for phone in person.phones] == [False, True, False]


@pytest.mark.parametrize("emails", [[{"value": "jane"}], "jane@acme.com", ["jane@acme.com"], {"value": "a@b.example"}])
def test_what_is_no_list_of_addresses_is_refused(emails: Any) -> None:
    with pytest.raises(ValidationError) as refused:
        make.person(emails=emails)
    assert list(refused.value.message_dict) == ["emails"]


def test_a_domain_compares() -> None:
    organization = make.organization(domain=" WWW.Acme.COM ")
    assert Organization.objects.get(domain="acme.com") == organization


def test_a_name_is_needed() -> None:
    for add in (make.person, make.organization):
        with pytest.raises(ValidationError) as refused:
            add(name="")
        assert list(refused.value.message_dict) == ["name"]


def test_a_lead_ends_and_begins_again() -> None:
    lead, soon = make.lead(), dt.date.today() + dt.timedelta(days=30)
    lead.discard(by=SYSTEM, note="No budget")
    closed = lead.closed_at
    lead.discard(by=SYSTEM)
    assert (lead.status, lead.discard_note, lead.closed_at) == ("discarded", "No budget", closed)
    lead.park(by=SYSTEM, come_back_on=soon)
    assert (lead.status, lead.come_back_on, lead.closed_at) == ("nurture", soon, None)
    lead.reopen(by=SYSTEM)
    lead = Lead.objects.get()
    assert (lead.status, lead.come_back_on, lead.discard_note, lead.currency) == ("open", None, "", "USD")
    with pytest.raises(ValidationError):
        lead.park(by=SYSTEM, come_back_on=dt.date.today())
    with pytest.raises(ValidationError):
        lead.edit(by=SYSTEM, stage="hot")
