"""Doors and arrivals for tests."""

from __future__ import annotations

import itertools
from typing import Any

from leadline.accounts.actors import SYSTEM, By
from leadline.crm.intake import keep, make_waiting
from leadline.crm.models import Arrival, Door, DoorKind

_numbers = itertools.count(1)
FIELDS: list[dict[str, Any]] = [
    {"name": "person", "word": "Your name", "kind": "text", "required": True},
    {"name": "organization", "word": "Your firm", "kind": "text"},
    {"name": "email", "word": "E-mail", "kind": "email", "required": True},
    {"name": "message", "word": "Your question", "kind": "long"},
]


def form(by: By = SYSTEM, **fields: Any) -> Door:
    number = next(_numbers)
    given = {"name": f"Form {number}", "token": f"form-number-{number:03}", "fields": FIELDS}
    return Door(kind=DoorKind.FORM, **given | fields).add(by=by)


def hook(by: By = SYSTEM, **fields: Any) -> Door:
    number = next(_numbers)
    return Door(kind=DoorKind.HOOK, **{"name": f"Hook {number}", "token": f"hook-number-{number:03}"} | fields).add(
        by=by
    )


def arrives(door: Door, origin: dict[str, Any] | None = None, **given: Any) -> Arrival:
    """Kept, and made."""
    mark = f"mark {next(_numbers)}"
    assert keep(door.pk, mark, given, origin or {})
    make_waiting()
    return Arrival.objects.get(door=door, mark=mark)
