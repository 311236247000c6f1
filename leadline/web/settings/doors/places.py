"""Where an answer can go, as the forms of the settings offer it: fields of ours, own fields, or the note alone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from leadline.crm.models import Bearer, CustomField
from leadline.crm.models.custom_field import Kind
from leadline.crm.models.door_shape import OURS, OWN, FieldKind

NOTE = "note"  # in a form of the settings; kept as a name that nothing else has
PERSON = ("person", "first_name", "last_name", "email", "phone", "job_title")
ORGANIZATION = ("organization", "website")
# What a visitor can fill in; links to people and colleagues are nobody's to choose from outside.
ASKED_AS = {
    Kind.TEXT: FieldKind.TEXT,
    Kind.NUMBER: FieldKind.NUMBER,
    Kind.MONEY: FieldKind.NUMBER,
    Kind.DATE: FieldKind.DATE,
    Kind.CHOICE: FieldKind.CHOICE,
    Kind.CHOICES: FieldKind.CHOICE,
}
BEARERS = (Bearer.PERSON, Bearer.ORGANIZATION, Bearer.LEAD)


@dataclass(frozen=True)
class Place:
    """`value` is what a form of the settings sends; `kind` and `options` are what a new field for it begins with."""

    value: str
    word: str
    kind: str = FieldKind.TEXT
    options: tuple[str, ...] = ()


def grouped() -> list[tuple[str, list[Place]]]:
    """(heading, places), as a choice draws them."""
    own = list(CustomField.objects.kept().filter(entity__in=BEARERS, kind__in=ASKED_AS).order_by("position", "pk"))
    lead = [name for name in OURS if name not in (*PERSON, *ORGANIZATION)]
    return [
        (_("Person"), [*map(_ours, PERSON), *_own(own, Bearer.PERSON)]),
        (_("Organization"), [*map(_ours, ORGANIZATION), *_own(own, Bearer.ORGANIZATION)]),
        (_("Lead"), [*map(_ours, lead), *_own(own, Bearer.LEAD)]),
        (_("Nowhere else"), [Place(NOTE, _("Only the note on the lead"))]),
    ]


def words() -> dict[str, Place]:
    """Every place by its value."""
    return {place.value: place for _heading, places in grouped() for place in places}


def kept_as(value: str, taken: Iterable[str], before: str = "") -> str:
    """The name under which a field with this place is kept; `before` is what it had, which stays for the note."""
    if value != NOTE:
        return value
    if before and before not in OURS and not before.startswith(OWN):
        return before
    used = {int(found[1]) for name in taken if (found := re.fullmatch(r"question_([0-9]{1,6})", name))}
    return f"question_{max(used, default=0) + 1}"


def shown_as(name: str) -> str:
    """The value under which a kept name is offered."""
    return name if name in OURS or name.startswith(OWN) else NOTE


def _ours(name: str) -> Place:
    word, kind = OURS[name]
    return Place(name, str(word), str(kind))


def _own(fields: Iterable[CustomField], entity: str) -> list[Place]:
    return [
        Place(f"{OWN}{field.key}", field.name, str(ASKED_AS[Kind(field.kind)]), tuple(field.labels.values()))
        for field in fields
        if field.entity == entity
    ]
