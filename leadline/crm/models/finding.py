"""Finding records by what stands in their JSON columns, on SQLite and on PostgreSQL alike."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import functions
from django.db.models.fields.json import KeyTextTransform

from leadline.crm.models.custom_field import CustomField, Kind
from leadline.crm.models.custom_values import plain_value
from leadline.history.recorded import RecordedQuerySet


class ListHolds(models.Func):
    """Whether a JSON column, or the list under one of its keys, holds a whole number: a condition for `filter`."""

    output_field = models.BooleanField()
    conditional = True

    def __init__(self, column: str, number: int, key: str = "") -> None:
        super().__init__(models.F(column))
        self.number, self.key = int(number), key

    def __repr__(self) -> str:
        return f"ListHolds({self.source_expressions[0]}, {self.number}, {self.key!r})"

    @property
    def identity(self) -> tuple[Any, ...]:
        return (*super().identity, self.number, self.key)

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, tuple[Any, ...]]:
        column, values = compiler.compile(self.source_expressions[0])
        path = f'$."{self.key}"' if self.key else "$"
        return f"EXISTS (SELECT 1 FROM json_each({column}, %s) WHERE value = %s)", (*values, path, self.number)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, list[Any]]:
        column, values = compiler.compile(self.source_expressions[0])
        if self.key:
            return f"({column} -> %s) @> to_jsonb(%s::bigint)", [*values, self.key, self.number]
        return f"{column} @> to_jsonb(%s::bigint)", [*values, self.number]


class CustomQuerySet(RecordedQuerySet):
    """Records with own fields."""

    def own(
        self, field: CustomField, is_: Any = None, *, contains: str = "", at_least: Any = None, at_most: Any = None
    ) -> Self:
        """Those whose own field is `is_`, contains a text (whatever its case), or lies between two bounds, inclusive.

        Bounds are for numbers, money and dates. For several choices `is_` asks whether that choice is among them.
        Conditions given together all hold. Raises ValidationError for a value that is none of the field's kind.
        """
        rows = self.alias(own=_comparable(field))
        if is_ is not None:
            rows = rows.filter(_equals(field, is_))
        if contains:
            rows = rows.filter(own__icontains=contains)
        if at_least is not None:
            rows = rows.filter(own__gte=plain_value(field, at_least))
        if at_most is not None:
            rows = rows.filter(own__lte=plain_value(field, at_most))
        return rows

    def without_own(self, field: CustomField) -> Self:
        """Those whose own field is empty."""
        return self.exclude(custom__has_key=field.key)


def _comparable(field: CustomField) -> Any:
    """The value as the database compares it: numbers as numbers, everything else as text (ISO dates sort as text)."""
    text = KeyTextTransform(field.key, "custom")
    if field.kind in (Kind.NUMBER, Kind.MONEY):
        return functions.Cast(text, models.DecimalField(max_digits=28, decimal_places=9))
    return functions.Cast(text, models.TextField())


def _equals(field: CustomField, value: Any) -> Any:
    if field.kind == Kind.CHOICES:
        (choice,) = plain_value(field, value) or [0]
        return ListHolds("custom", choice, field.key)
    kept = plain_value(field, value)
    return models.Q(own=kept if field.kind in (Kind.NUMBER, Kind.MONEY) else str(kept))
