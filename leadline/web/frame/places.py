"""Where a record's page is."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.urls import NoReverseMatch, reverse

PAGES = frozenset({"deal", "lead", "person", "organization", "product"})
ADDRESSED = PAGES | {"hand_off"}  # no record of its own, but a page


def address_of(kind: str, pk: int | None) -> str:
    """The address of a record's own page; "" for kinds that have none."""
    if kind not in ADDRESSED or pk is None:
        return ""
    before, after = _around(kind)
    return f"{before}{pk}{after}" if before else ""


@cache
def address(name: str) -> str:
    """The address of this name, which takes no arguments. Raises NoReverseMatch."""
    return reverse(name)


def record_url(record: Any) -> str:
    """The address of a record's own page; "" where it has none (people who work here, stages)."""
    return address_of(getattr(record, "ENTITY", ""), record.pk)


@cache
def _around(kind: str) -> tuple[str, str]:
    """What stands before and after the number: `reverse` for every link of a long page would take long."""
    try:
        before, _number, after = reverse(kind, args=[0]).rpartition("0")
    except NoReverseMatch:
        return "", ""
    return before, after
