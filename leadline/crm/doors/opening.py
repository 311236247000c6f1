"""A new form or webhook, from a beginning that most would make."""

from __future__ import annotations

import secrets
from typing import Any

from django.utils.translation import gettext as _

from leadline.accounts.actors import By
from leadline.crm.models import Campaign, Door, DoorKind, Source
from leadline.crm.naming import add_named
from leadline.history.writing import writing


def new_token() -> str:
    """The part of an address that nobody guesses."""
    return secrets.token_urlsafe(15)


def add_form(name: str, *, by: By, **facts: Any) -> Door:
    """Name, e-mail, organization and message, and a consent to tick. Raises ValidationError, PermissionDenied."""
    return _added(Door(kind=DoorKind.FORM, **{**_form(name), **facts}), name, by)


def add_hook(name: str, *, by: By, **facts: Any) -> Door:
    """An address that takes a flat object of our own names. Raises ValidationError, PermissionDenied."""
    return _added(Door(kind=DoorKind.HOOK, **{**_hook(), **facts}), name, by)


def copy(door: Door, name: str, *, by: By) -> Door:
    """Another one that asks and says the same, under an address of its own."""
    facts = {fact: getattr(door, fact) for fact in Door.EDITABLE - {"name"}}
    return _added(Door(kind=door.kind, **facts), name, by)


def offered_source() -> Source | None:
    """That of the web, else of what comes by itself; none where none is called so."""
    rows = list(Source.objects.kept())
    found = (row for word in ("web", "inbound") for row in rows if word in row.name.casefold())
    return next(found, None)


def campaigns_of(source_id: int | None) -> list[Campaign]:
    """Those under a source, and those under none."""
    return [row for row in Campaign.objects.kept() if row.source_id in (None, source_id)]


def _added(door: Door, name: str, by: By) -> Door:
    door.name, door.token = " ".join(name.split())[:120], new_token()
    with writing():
        added: Door = add_named(door, by=by)
    return added


def _form(name: str) -> dict[str, Any]:
    return {
        "fields": [
            {"name": "person", "word": _("Your name"), "kind": "text", "required": True},
            {"name": "email", "word": _("E-mail"), "kind": "email", "required": True},
            {"name": "organization", "word": _("Company"), "kind": "text", "required": False},
            {"name": "message", "word": _("How can we help?"), "kind": "long", "required": False},
        ],
        "texts": {
            "title": " ".join(name.split())[:120],
            "button": _("Send"),
            "thanks": _("Thank you. We will be in touch soon."),
        },
        "consent": _("You may keep what I have written here, to answer me."),
        "consent_required": True,
        "source": offered_source(),
    }


def _hook() -> dict[str, Any]:
    names = ("person", "email", "phone", "organization", "message")
    return {"mapping": {name: name for name in names}, "source": offered_source()}
