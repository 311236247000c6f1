"""Who the deal is to be with: what the form offers, and what came back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from leadline.accounts.models import User
from leadline.crm.models import Lead, Organization, Person
from leadline.crm.parties import Choice, Suggested, Why, organizations_for, people_for
from leadline.history.numbers import number_of, numbers_of
from leadline.web.people.line import read_line
from leadline.web.records.rows import organization_row, person_row

KEEP, OTHER, NOBODY = "keep", "other", "none"
MODELS: dict[str, Any] = {"person": Person, "organization": Organization}
LONGEST = 255
Given = Mapping[str, Any]


@dataclass(frozen=True)
class Offer:
    """One that may be meant: the value it is sent as, its name, what else tells it apart, and why it may be."""

    value: str
    name: str
    under: str
    why: str


@dataclass(frozen=True)
class Offers:
    """The part of the form for the contact, or for the organization."""

    name: str
    offers: Sequence[Offer]
    chosen: str
    seen: str


def offers(lead: Lead, user: User, given: Given) -> list[Offers]:
    """Of both; what was chosen before stays chosen."""
    people = people_for(lead, user)
    return [
        _offers("person", lead.person_id, people, given),
        _offers("organization", lead.organization_id, organizations_for(lead, user, people), given),
    ]


def chosen(name: str, given: Given, user: User) -> Choice:
    """What was chosen for `person` or `organization`; a form that does not ask keeps what the lead has.

    Raises ValidationError for what is not there any more, or not open to them.
    """
    said = given.get(name, KEEP)
    seen = frozenset(numbers_of(given.get(f"{name}_seen", "").split(",")))
    if said in (KEEP, NOBODY):
        return Choice(keep=said == KEEP)
    number, typed = number_of(given.get(f"{name}_other", "") if said == OTHER else said), ""
    if said == OTHER:
        typed = given.get(f"{name}_new", "").strip()
    if number is None and not typed:
        raise ValidationError({name: _("Choose one, or type a name.")})
    if number is None:
        return _new(name, typed, seen)
    record = MODELS[name].objects.visible_to(user).kept().filter(pk=number).first()
    if record is None:
        raise ValidationError({name: _("It is not there any more, or not open to you.")})
    return Choice(keep=False, record=record, seen=seen)


def _new(name: str, typed: str, seen: frozenset[int]) -> Choice:
    if name == "organization":
        return Choice(keep=False, name=typed[:LONGEST], seen=seen)
    line = read_line(typed[:500])
    return Choice(keep=False, name=line.name[:LONGEST], mails=line.emails, phones=line.phones, seen=seen)


def _offers(name: str, own: int | None, found: list[Suggested], given: Given) -> Offers:
    made = [_offer(name, one) for one in found]
    if own is not None and not any(one.why == Why.OWN for one in found):
        hidden = _("A contact that is not open to you") if name == "person" else _("One that is not open to you")
        made.insert(0, Offer(KEEP, hidden, "", _("named on the lead")))
    first = next((str(one.record.pk) for one in found if one.sure), NOBODY)
    usual = KEEP if own is not None else first
    seen = ",".join(str(one.record.pk) for one in found)
    return Offers(name, made, str(given.get(name, usual)), seen)


def _offer(name: str, one: Suggested) -> Offer:
    row = person_row(one.record) if name == "person" else organization_row(one.record)
    value = KEEP if one.why == Why.OWN else str(one.record.pk)
    return Offer(value, str(one.record), row.under, _why(one))


def _why(one: Suggested) -> str:
    words = {
        Why.OWN: _("named on the lead"),
        Why.EMAIL: _("has the e-mail address %(said)s") % {"said": one.said},
        Why.EMPLOYER: _("the contact works there"),
        Why.DOMAIN: _("has the domain of the e-mail address, %(said)s") % {"said": one.said},
        Why.WEBSITE: _("has the website %(said)s") % {"said": one.said},
        Why.NAME: _("has the same name"),
        Why.WORKS_THERE: _("works at the organization"),
    }
    return words[one.why]
