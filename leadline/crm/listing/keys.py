"""What a list is sorted by: the comparable form of a field, and whether there is anything to compare."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.db.models import F, Q, functions
from django.db.models.fields.json import KeyTextTransform

from leadline.crm.fields import Field, FieldKind, Linked
from leadline.crm.fields.hiding import link_seen
from leadline.crm.fields.linked import SHORT

NUMBERS = (FieldKind.NUMBER, FieldKind.MONEY, FieldKind.CHOICE)
WORDS = (FieldKind.TEXT, FieldKind.LINK, FieldKind.ADDRESSES)


def can_sort(field: Field) -> bool:
    """Whether a list can be sorted by it; names behind own links stand in no column."""
    return field.sortable and bool(field.column) and not (field.custom and field.kind == FieldKind.LINK)


def key(field: Field) -> Any:
    """What is compared: words whatever their case, numbers as numbers."""
    if field.custom:
        text: Any = KeyTextTransform(field.custom.key, "custom")
        if field.kind in NUMBERS:
            return functions.Cast(text, models.DecimalField(max_digits=28, decimal_places=9))
        text = functions.Cast(text, models.TextField())
        return functions.Lower(text) if field.kind == FieldKind.TEXT else text
    return functions.Lower(field.column) if field.kind in WORDS else F(field.column)


def filled(field: Field, linked: Linked) -> Q:
    """Whether there is something to compare: a name that is hidden from the reader is none."""
    there = _filled(field)
    hides = field.kind == FieldKind.LINK and not field.custom and field.to not in SHORT
    seen = link_seen(linked.user, field.to, field.attname) if hides else None
    return there if seen is None else there & seen


def _filled(field: Field) -> Q:
    if field.custom:
        return Q(custom__has_key=field.custom.key)
    if field.kind in (FieldKind.TEXT, FieldKind.ADDRESSES, FieldKind.CHOICE):
        return ~Q(**{field.column: ""})
    path = field.attname if field.kind == FieldKind.LINK else field.column
    return Q(**{f"{path}__isnull": False})


def ranked(field: Field, linked: Linked) -> list[Any] | None:
    """The values of a field with few of them, in the order in which people know them: stages, colleagues, choices.

    None for a field whose values are compared as they are.
    """
    if field.custom:
        return None
    if field.kind == FieldKind.CHOICE and field.choices:
        return [value for value, _word in field.choices]
    if field.kind != FieldKind.LINK or field.to not in SHORT:
        return None
    rows = linked.table(field.to)
    placed = field.column.endswith("position")
    return [row.pk for row in (rows if placed else sorted(rows, key=lambda row: (str(row).casefold(), row.pk)))]


def rank(field: Field, values: Sequence[Any]) -> Any:
    """The place of each record's value among these, as the database counts it."""
    whens = [models.When(**{field.attname: value}, then=place) for place, value in enumerate(values)]
    return models.Case(*whens, default=None, output_field=models.IntegerField()) if whens else models.Value(0)
