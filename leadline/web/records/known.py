"""Records that are there already under the same name or address: a hint while one types, with the way to them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from leadline.accounts.models import User
from leadline.crm.models import Organization, Person

MOST = 5


def known_people(reader: User, name: str, emails: Iterable[str]) -> list[Any]:
    """People with one of these addresses as their main one, or with this name."""
    same = Q(first_email__in=[mail.lower() for mail in emails])
    if len(name.strip()) > 2:
        same |= Q(name__in=spellings(name))
    return list(Person.objects.visible_to(reader).kept().filter(same).order_by("name", "pk")[:MOST])


def known_organizations(reader: User, name: str, domain: str = "") -> list[Any]:
    """Organizations with this name or domain."""
    same = Q(name__in=spellings(name)) if len(name.strip()) > 1 else Q(pk__in=[])
    if domain.strip():
        same |= Q(domain=domain.strip().lower().removeprefix("www."))
    return list(Organization.objects.visible_to(reader).kept().filter(same).order_by("name", "pk")[:MOST])


def spellings(name: str) -> set[str]:
    """The ways in which a name is usually written, so that an index finds it."""
    words = " ".join(name.split())
    return {words, words.lower(), words.upper(), words.title(), " ".join(part.capitalize() for part in words.split())}
