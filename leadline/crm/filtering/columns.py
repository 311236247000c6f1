"""What is compared: a column of the record, or the value of an own field inside its JSON."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

from django.db import models
from django.db.models import F, Q, functions, lookups
from django.db.models.fields.json import KeyTextTransform

from leadline.crm.fields import Field, FieldKind
from leadline.crm.filtering.amounts import Bounds
from leadline.crm.models.custom_field import CustomField, Kind
from leadline.crm.models.finding import ListHolds

WHOLE = (models.IntegerField, models.AutoField)


# Sorted by one column, asked by another: links by the linked record's name, addresses by the first.
_BY_ATTRIBUTE = (FieldKind.LINK, FieldKind.ADDRESSES, FieldKind.LABELS)


def filtered(field: Field) -> str:
    """The column that conditions are about."""
    return field.attname if field.kind in _BY_ATTRIBUTE else field.column


def empty(field: Field, model: type[models.Model]) -> Q:
    """Whether the field holds nothing."""
    if field.custom:
        return ~Q(custom__has_key=field.custom.key)
    column = filtered(field)
    if field.kind in (FieldKind.LABELS, FieldKind.CHOICES, FieldKind.ADDRESSES):
        return Q(**{column: []})
    nothing = Q(**{f"{column}__isnull": True})
    written = isinstance(model._meta.get_field(column), models.CharField | models.TextField)
    return nothing | Q(**{column: ""}) if written else nothing


def among(field: Field, values: list[Any]) -> Q:
    """Whether the field holds one of these ids or choices."""
    if field.kind == FieldKind.LABELS:
        return _any(Q(ListHolds(field.attname, pk)) for pk in values)
    if field.custom and field.custom.kind == Kind.CHOICES:
        key = field.custom.key
        return _any(Q(ListHolds("custom", int(choice), key)) for choice in values)
    if field.custom:
        return Q(lookups.In(_own_text(field.custom), [str(value) for value in values]))
    return Q(**{f"{filtered(field)}__in": values})


def between(field: Field, bounds: Bounds, model: type[models.Model]) -> Q:
    """Whether a number lies between two, inclusive."""
    least, most = bounds
    if field.custom:
        return _within(_own_number(field.custom), least, most)
    if isinstance(model._meta.get_field(field.column), WHOLE):
        least = least.to_integral_value(ROUND_CEILING) if least is not None else None
        most = most.to_integral_value(ROUND_FLOOR) if most is not None else None
        return _within(F(field.column), _int(least), _int(most))
    return _within(F(field.column), least, most)


def in_days(field: Field, first: Any, last: Any) -> Q:
    """Whether a day lies between two, inclusive. Own days are kept as text that sorts like them."""
    if field.custom:
        known = Q(custom__has_key=field.custom.key)
        return known & _within(_own_text(field.custom), first and first.isoformat(), last and last.isoformat())
    return _within(F(field.column), first, last)


def contains(field: Field, text: str) -> Q:
    """Whether a text stands in the field, whatever its case."""
    if field.kind == FieldKind.ADDRESSES:
        return _any(Q(AddressHolds(field.attname, spelt)) for spelt in spellings(text))
    if field.custom:
        return _any(Q(lookups.IContains(_own_text(field.custom), spelt)) for spelt in spellings(text))
    return text_in(field.column, text)


def text_in(path: str, text: str) -> Q:
    """Whether a text stands in the column at this path, whatever its case."""
    return _any(Q(**{f"{path}__icontains": spelt}) for spelt in spellings(text))


def spellings(text: str) -> list[str]:
    """The text, also in small and in capital letters: SQLite knows the case of A to Z only."""
    return [text] if text.isascii() else list(dict.fromkeys([text, text.lower(), text.upper(), text.title()]))


class AddressHolds(models.Func):
    """Whether one of the addresses or numbers in a JSON column contains a text, whatever its case."""

    output_field = models.BooleanField()
    conditional = True

    def __init__(self, column: str, text: str) -> None:
        super().__init__(F(column))
        self.text = text

    def __repr__(self) -> str:
        return f"AddressHolds({self.source_expressions[0]}, {self.text!r})"

    @property
    def identity(self) -> tuple[Any, ...]:
        return (*super().identity, self.text)

    def _pattern(self) -> str:
        return "%" + self.text.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_") + "%"

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, tuple[Any, ...]]:
        column, values = compiler.compile(self.source_expressions[0])
        within = "json_extract(value, '$.value') LIKE %s ESCAPE '\\'"
        return f"EXISTS (SELECT 1 FROM json_each({column}) WHERE {within})", (*values, self._pattern())

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, list[Any]]:
        column, values = compiler.compile(self.source_expressions[0])
        within = "one ->> 'value' ILIKE %s"
        return f"EXISTS (SELECT 1 FROM jsonb_array_elements({column}) one WHERE {within})", [*values, self._pattern()]


def _own_text(custom: CustomField) -> Any:
    return functions.Cast(KeyTextTransform(custom.key, "custom"), models.TextField())


def _own_number(custom: CustomField) -> Any:
    return functions.Cast(KeyTextTransform(custom.key, "custom"), models.DecimalField(max_digits=28, decimal_places=9))


def _within(column: Any, least: Any, most: Any) -> Q:
    condition = Q()
    if least is not None:
        condition &= Q(lookups.GreaterThanOrEqual(column, least))
    if most is not None:
        condition &= Q(lookups.LessThanOrEqual(column, most))
    return condition


def _any(conditions: Any) -> Q:
    found = Q()
    for condition in conditions:
        found |= condition
    return found


def _int(value: Decimal | None) -> int | None:
    return None if value is None else int(value)
