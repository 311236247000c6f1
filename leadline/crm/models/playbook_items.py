"""The items of a playbook, as they are kept: a list of objects with these names.

`key` (stable from version to version), `name`, `kind`, `required` (to move on), `weight` (0 to 100, for the score),
`help`, `event` (whether it is a key event that is counted, R2); for choices `options`: objects of `key`, `name` and
`points` (0 to 100, what share of the weight it earns); for people `role`; for activities `type_id`.
"""

from __future__ import annotations

import re
import secrets
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MOST = 50  # items of one playbook, options of one item, links
SCHEMES = {"http", "https"}
# A link to a file that was put into a playbook: its content by its hash (`crm.filing`), and its name.
KEPT_FILE = re.compile(r"^/playbook-files/([0-9a-f]{64})/[^/\s]{1,1000}$")


class ItemKind(models.TextChoices):
    """What an item asks for."""

    TICK = "tick", gettext_lazy("To tick")
    TEXT = "text", gettext_lazy("Text")
    CHOICE = "choice", gettext_lazy("Choice")
    NUMBER = "number", gettext_lazy("Number")
    DATE = "date", gettext_lazy("Date")
    PERSON = "person", gettext_lazy("Person with a role")
    FILE = "file", gettext_lazy("File")
    ACTIVITY = "activity", gettext_lazy("Activity done")


def new_key() -> str:
    """A key that no other item has."""
    return secrets.token_hex(4)


def checked_items(items: Any) -> list[dict[str, Any]]:
    """The items with every name they need, in their order. Raises ValidationError naming the item and the mend."""
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise ValidationError({"items": _("A checklist is a list of items.")})
    if len(items) > MOST:
        raise ValidationError({"items": _("At most %(most)s items: nobody fills in more.") % {"most": MOST}})
    found = [_item(item, number) for number, item in enumerate(items, 1)]
    if len({item["key"] for item in found}) != len(found):
        raise ValidationError({"items": _("Two items have the same key.")})
    return found


def checked_links(links: Any) -> list[dict[str, str]]:
    """Links as objects of `name` and `href`, to the web or a file kept here. Raises ValidationError for others."""
    if not isinstance(links, list) or not all(isinstance(link, dict) for link in links) or len(links) > MOST:
        raise ValidationError({"links": _("Links are a list of names and addresses.")})
    found = []
    for link in links:
        href = str(link.get("href", "")).strip()
        try:
            fine = urlsplit(href).scheme in SCHEMES and bool(urlsplit(href).netloc)
        except ValueError:
            fine = False
        if not (fine or KEPT_FILE.match(href)) or len(href) > 2000:
            raise ValidationError({"links": _("%(href)s is no address. Write https://...") % {"href": href[:60]}})
        found.append({"name": _text(link.get("name"), 120) or href[:120], "href": href})
    return found


def _item(item: dict[str, Any], number: int) -> dict[str, Any]:
    name = _text(item.get("name"), 200)
    said = {"number": number, "name": name}
    if not name:
        raise ValidationError({"items": _("Item %(number)s has no name.") % said})
    kind = item.get("kind")
    if kind not in ItemKind.values:
        raise ValidationError({"items": _("Item %(number)s, “%(name)s”: choose what it asks for.") % said})
    found = {
        "key": _text(item.get("key"), 32) or new_key(),
        "name": name,
        "kind": str(kind),
        "required": bool(item.get("required")),
        "weight": _share(item.get("weight", 0), _("Item %(number)s, “%(name)s”: a weight is 0 to 100.") % said),
        "help": _text(item.get("help"), 1000),
        "event": bool(item.get("event")),
    }
    if kind == ItemKind.CHOICE:
        found["options"] = _options(item.get("options"), said)
    if kind == ItemKind.PERSON:
        found["role"] = _text(item.get("role"), 120)
    if kind == ItemKind.ACTIVITY:
        found["type_id"] = item.get("type_id") if isinstance(item.get("type_id"), int) else None
    return found


def _options(options: Any, said: dict[str, Any]) -> list[dict[str, Any]]:
    given = options if isinstance(options, list) else []
    found = [
        {
            "key": _text(option.get("key"), 32) or new_key(),
            "name": _text(option.get("name"), 120),
            "points": _share(option.get("points", 100), _("Item %(number)s: points are 0 to 100.") % said),
        }
        for option in given[:MOST]
        if isinstance(option, dict) and _text(option.get("name"), 120)
    ]
    if len(found) < 2:
        raise ValidationError({"items": _("Item %(number)s, “%(name)s”: name two choices or more.") % said})
    if len({option["key"] for option in found}) != len(found):
        raise ValidationError({"items": _("Item %(number)s, “%(name)s”: two choices are the same.") % said})
    return found


def _text(value: Any, longest: int) -> str:
    return " ".join(str(value).split())[:longest] if isinstance(value, str | int | float) else ""


def _share(value: Any, wrong: str) -> int:
    try:
        number = int(value or 0)
    except (TypeError, ValueError):
        raise ValidationError({"items": wrong}) from None
    if not 0 <= number <= 100:
        raise ValidationError({"items": wrong})
    return number
