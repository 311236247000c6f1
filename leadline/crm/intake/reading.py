"""What an arrival says, by the names of `door_shape.OURS`: strings as people write them, nothing made of them yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from leadline.crm.models import Arrival, Door, DoorKind
from leadline.crm.models.door_shape import OURS, OWN, WHENCE, FieldKind
from leadline.history.cleaning import unseen

# Characters; of others 255. What is longer stands in the note.
LONGEST = {"message": 20_000, "first_name": 150, "last_name": 150}
ADDRESS = 320
_NOWHERE = object()


@dataclass
class Told:
    """What one arrival says. `said` holds names of ours; `own` (word, text) by an own field's key; `rest` the others.

    `whence` is what a webhook says of page, referrer and UTM words.
    """

    said: dict[str, str] = field(default_factory=dict)
    own: dict[str, tuple[str, str]] = field(default_factory=dict)
    rest: list[tuple[str, str]] = field(default_factory=list)
    whence: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Of the person; "" where none is said."""
        parts = f"{self.said.get('first_name', '')} {self.said.get('last_name', '')}".strip()
        return self.said.get("person") or parts

    @property
    def email(self) -> str:
        return self.said.get("email", "")

    @property
    def organization(self) -> str:
        return self.said.get("organization", "")

    @property
    def message(self) -> str:
        return self.said.get("message", "")

    @property
    def names_somebody(self) -> bool:
        return bool(self.name or self.email or self.organization or self.said.get("phone"))


def told(arrival: Arrival) -> Told:
    """By the door's fields or mapping as they stand now."""
    found = Told()
    words = {one["name"]: one["word"] for one in arrival.door.fields}
    for name, value in _named(arrival.door, arrival.given):
        text = _text(value)
        if text:
            _put(found, name, text, words.get(name) or str(OURS[name][0] if name in OURS else name))
    return found


def _named(door: Door, given: Any) -> Iterator[tuple[str, Any]]:
    """(name of ours, value): a form's are its own; of a webhook what is mapped, and what already has a name of ours."""
    if not isinstance(given, dict):
        return
    if door.kind == DoorKind.FORM:
        hidden = {field["name"]: field["value"] for field in door.fields if field["kind"] == FieldKind.HIDDEN}
        yield from {**given, **hidden}.items()
        return
    mapped = {name: value for path, name in door.mapping.items() if (value := _at(given, path)) is not _NOWHERE}
    plain = {name: value for name, value in given.items() if name in (*OURS, *WHENCE) or name.startswith(OWN)}
    yield from (plain | mapped).items()


def _at(given: Any, path: str) -> Any:
    """What stands at a dotted path ("visitor.mails.0"); a name with dots in it is found as well."""
    if isinstance(given, dict) and path in given:
        return given[path]
    for part in path.split("."):
        if isinstance(given, dict) and part in given:
            given = given[part]
        elif isinstance(given, list) and part.isascii() and part.isdigit() and int(part[:6]) < len(given):
            given = given[int(part[:6])]
        else:
            return _NOWHERE
    return given


def _text(value: Any) -> str:
    """As people would write it; lists with commas, what is nested as "name: value"."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list):
        return ", ".join(filter(None, map(_text, value)))
    if isinstance(value, dict):
        return ", ".join(f"{name}: {text}" for name, one in value.items() if (text := _text(one)))
    text = str(value).strip()
    return "" if unseen(text) else text


def _put(found: Told, name: str, text: str, word: str) -> None:
    if name in WHENCE:
        found.whence[name] = text[:500]
    elif name.startswith(OWN):
        found.own[name.removeprefix(OWN)] = (word, text)
    elif name == "email":
        _put_email(found, text, word)
    elif name in OURS and len(text) <= LONGEST.get(name, 255):
        found.said[name] = text if name == "message" else " ".join(text.split())
    else:
        found.rest.append((word, text))


def _put_email(found: Told, text: str, word: str) -> None:
    address = text.lower()
    try:
        if len(address) > ADDRESS:
            raise ValidationError(address)
        validate_email(address)
    except ValidationError:
        found.rest.append((word, text))
    else:
        found.said["email"] = address
