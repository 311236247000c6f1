"""Every page of the product: the addresses of the urlconf that answer with a whole page, with real records in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from leadline.accounts.models import Team, User
from leadline.crm.models import (
    AssignmentRule,
    CustomField,
    Dashboard,
    Deal,
    Door,
    FitCriterion,
    HandOff,
    Lead,
    Organization,
    Person,
    Pipeline,
    Product,
    Stage,
)
from leadline.imports.models import Import
from leadline.mail.models import Schedule
from leadline.rules.models import Rule

# What an argument of an address stands for, where its url's name does not tell.
WORDS = {"kind": "deal", "entity": "deal", "key": "sources", "code": "EUR", "field": "title"}
RECORDS: dict[str, Any] = {
    "dashboard": Dashboard,
    "deal": Deal,
    "lead": Lead,
    "hand_off": HandOff,
    "convert": Lead,
    "person": Person,
    "organization": Organization,
    "product": Product,
    "user": User,
    "team": Team,
    "field": CustomField,
    "import": Import,
    "schedule": Schedule,
    "rule": Rule,
    "playbook": Stage,
    "assignment": AssignmentRule,
    "door": Door,
    "criterion": FitCriterion,
}


def pages(client: Client) -> dict[str, str]:
    """By url name, the address of each page that this client gets with 200, parts of pages and files left out."""
    found = {}
    for name, arguments in _patterns(get_resolver().url_patterns):
        address = _address(name, arguments)
        if address is None:
            continue
        answer = client.get(address)
        html = answer.status_code == 200 and answer.headers.get("Content-Type", "").startswith("text/html")
        if html and b"<html" in b"".join(answer)[:4000]:
            found[name] = address
    return found


def _patterns(patterns: list[URLPattern | URLResolver]) -> Iterator[tuple[str, dict[str, Any]]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            outer = pattern.pattern.converters
            for name, inner in _patterns(pattern.url_patterns):
                yield name, {**outer, **inner}
        elif pattern.name:
            yield pattern.name, dict(pattern.pattern.converters)


def _address(name: str, arguments: dict[str, Any]) -> str | None:
    values = {word: _value(name, word) for word in arguments}
    if None in values.values():
        return None
    try:
        return reverse(name, kwargs=values)
    except NoReverseMatch:
        return None


def _value(name: str, word: str) -> Any:
    """The number of a record that such an address names; a word for others."""
    if word in WORDS:
        return WORDS[word]
    kind = next((kind for kind in RECORDS if name == kind or name.startswith(f"{kind}_")), None)
    row = (RECORDS[kind] if kind else Deal if word != "pk" else Pipeline)._base_manager.order_by("pk").first()
    return row.pk if row else None
