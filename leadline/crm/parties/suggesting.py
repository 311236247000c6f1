"""Who is known already and may be meant by a lead: people and organizations that somebody may see, each with why."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import Any

from django.db.models import Q, Value
from django.db.models.functions import Lower

from leadline.accounts.models import User
from leadline.crm.addresses import company_domain
from leadline.crm.models import Lead, Organization, Person
from leadline.crm.parties.addresses import with_addresses

MOST = 4
ADDRESS = re.compile(r"[^\s<>,;()]+@[^\s<>,;()]+\.[^\s<>,;()]+")
PARTS = re.compile(r"\s+[-–—|/]\s+|\s+@\s+|[,;:()]+|\s+at\s+", re.IGNORECASE)
SHORTEST = 3  # letters of a name that says something


class Why(StrEnum):
    """Why somebody may be meant; the strongest first."""

    OWN = "own"
    EMAIL = "email"
    EMPLOYER = "employer"
    DOMAIN = "domain"
    WEBSITE = "website"
    NAME = "name"
    WORKS_THERE = "works_there"


SURE = frozenset({Why.OWN, Why.EMAIL, Why.EMPLOYER, Why.DOMAIN, Why.WEBSITE})  # no two have it by chance


@dataclass(frozen=True)
class Suggested:
    """A record that may be meant; `said` is the address, domain or name that both have."""

    record: Any
    why: Why
    said: str = ""

    @property
    def sure(self) -> bool:
        return self.why in SURE


def people_for(lead: Lead, user: User) -> list[Suggested]:
    """The lead's own contact first, then others by e-mail address, by name, and who works at its organization."""
    rows = Person.objects.visible_to(user).kept()
    own = rows.filter(pk=lead.person_id).first() if lead.person_id else None
    mails, names = _mails(own, lead), _names(own, lead.title, known=lead.person_id is not None)
    named = rows.alias(low=Lower("name")).filter(_low(names))
    there = rows.filter(organization=lead.organization_id) if lead.organization_id and own is None else rows.none()
    if lead.organization_id and not Organization.objects.visible_to(user).filter(pk=lead.organization_id).exists():
        there = rows.none()  # who works at a hidden organization tells which it is
    found = chain(
        [Suggested(own, Why.OWN)] if own else [],
        (Suggested(one, Why.EMAIL, mail) for one, mail in with_addresses(rows, mails, MOST + 1)),
        (Suggested(one, Why.NAME, one.name) for one in _some(named)),
        (Suggested(one, Why.WORKS_THERE) for one in _some(there)),
    )
    return _once(found)


def organizations_for(lead: Lead, user: User, people: Collection[Suggested] = ()) -> list[Suggested]:
    """The lead's own first, then where its contact works, then by domain, website and name.

    `people`: those who were suggested; an e-mail address at a provider that anybody may have says nothing.
    """
    rows = Organization.objects.visible_to(user).kept()
    own = rows.filter(pk=lead.organization_id).first() if lead.organization_id else None
    sure = [one.record for one in people if one.sure]
    mails = {mail for person in sure for mail in _mails_of(person)} | set(_mails(None, lead))
    domains = {domain for mail in mails if (domain := company_domain(mail))} | set(_domains_of(own))
    employers = rows.filter(pk__in=[person.organization_id for person in sure if person.organization_id])
    sites = _sites(domains)
    names = _names(own, lead.title, known=lead.organization_id is not None)
    named = rows.alias(low=Lower("name")).filter(_low(names))
    found = chain(
        [Suggested(own, Why.OWN)] if own else [],
        (Suggested(one, Why.EMPLOYER) for one in _some(employers)),
        (Suggested(one, Why.DOMAIN, one.domain) for one in _some(rows.filter(domain__in=domains))),
        (Suggested(one, Why.WEBSITE, one.website) for one in (_some(rows.filter(website__in=sites)) if sites else ())),
        (Suggested(one, Why.NAME, one.name) for one in _some(named)),
    )
    return _once(found)


def same_person(user: User, name: str, mails: Iterable[str], organization: Organization | None) -> Person | None:
    """Who has one of these addresses, else this name at this organization, as far as the person sees them."""
    rows = Person.objects.visible_to(user).kept().order_by("pk")
    found: Person | None = next((one for one, _mail in with_addresses(rows, list(mails), 1)), None)
    if found is None and name and organization is not None:
        found = rows.alias(low=Lower("name")).filter(_low([name]), organization=organization).first()
    return found


def same_organization(user: User, name: str) -> Organization | None:
    """The organization of this name, whatever its case, as far as the person sees it."""
    rows = Organization.objects.visible_to(user).kept().alias(low=Lower("name")).order_by("pk")
    found: Organization | None = rows.filter(_low([name])).first()
    return found


def _some(rows: Any) -> Any:
    return rows.order_by("pk")[: MOST + 1]


def _once(found: Iterable[Suggested]) -> list[Suggested]:
    """Each record for its strongest reason."""
    kept: dict[int, Suggested] = {}
    for one in found:
        kept.setdefault(one.record.pk, one)
    return list(kept.values())[: MOST + 1]


def _mails(person: Person | None, lead: Lead) -> list[str]:
    said = [*_mails_of(person), *ADDRESS.findall(lead.title)]
    return list(dict.fromkeys(mail.lower() for mail in said))


def _mails_of(person: Person | None) -> list[str]:
    return [str(one["value"]).lower() for one in person.emails] if person else []


def _domains_of(organization: Organization | None) -> Iterator[str]:
    if organization is not None and (domain := company_domain(f"@{organization.domain}")):
        yield domain


def _names(record: Any, title: str, *, known: bool) -> list[str]:
    """How it is called: a known one by its name, else whatever the lead's title may name."""
    said = [str(record)] if record else [] if known else [title, *PARTS.split(title)]
    return list(dict.fromkeys(name.strip() for name in said if len(name.strip()) >= SHORTEST))


def _low(names: Iterable[str]) -> Q:
    """Rows of one of these names, whatever their case; the database lowers both, so that both are lowered alike."""
    found = Q(pk__in=[])
    for name in names:
        found |= Q(low=Lower(Value(name)))
    return found


def _sites(domains: Iterable[str]) -> list[str]:
    """The ways in which a website is written."""
    return [
        f"{before}{www}{domain}{after}"
        for domain in domains
        for before in ("", "http://", "https://")
        for www in ("", "www.")
        for after in ("", "/")
    ]
