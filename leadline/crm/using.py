"""How often what a company has set up is used: by how many deals a source, by how many records a label or a field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from typing import Any

from django.db import connection, models

from leadline.accounts.models import User
from leadline.crm.models import CustomField, Kind, Label, Lack
from leadline.history.recorded import Recorded
from leadline.history.registry import recorded_models

# What records name in a list of numbers.
LISTED: dict[type[Recorded], str] = {Label: "label_ids", Lack: "lacks"}
Uses = dict[str, Counter[int]]

_EACH = {
    "sqlite": {
        "list": ("CAST(part.value AS INTEGER)", "json_each({column}) AS part"),
        "keys": ("part.key", "json_each({column}) AS part"),
    },
    "postgresql": {
        "list": ("part.value::bigint", "jsonb_array_elements_text({column}) AS part(value)"),
        "keys": ("part.key", "jsonb_object_keys({column}) AS part(key)"),
    },
}


def uses(model: type[Recorded], user: User, rows: Collection[int] | None = None) -> Uses:
    """By kind of record, how many of those that `user` sees point at each row of the model; the trash apart.

    `rows`: only these rows of the model, by number; None for all of them.
    """
    found: Uses = {}
    if model in LISTED:
        for bearer in _bearers(LISTED[model]):
            parts = _parts(bearer, user, LISTED[model], "list")
            found[bearer.ENTITY] = Counter({pk: n for pk, n in parts.items() if rows is None or pk in rows})
        return found
    for other, name in links_to(model):
        wanted = ~models.Q(**{name: None}) if rows is None else models.Q(**{f"{name}__in": rows})
        pointing = other.objects.visible_to(user).kept().filter(wanted).order_by().values_list(name)
        counted = Counter(dict(pointing.annotate(n=models.Count("pk"))))
        found[other.ENTITY] = found.get(other.ENTITY, Counter()) + counted
    return found


def filled_fields(entity: str, user: User) -> Counter[str]:
    """How many records of a kind have a value in each own field, by the field's key."""
    return Counter(_parts(recorded_models()[entity], user, "custom", "keys"))


def chosen(field: CustomField, user: User) -> Counter[int]:
    """How many records have chosen each option of a field of choices, by the option's id."""
    model = recorded_models()[field.entity]
    rows = model.objects.visible_to(user).kept().filter(custom__has_key=field.key)
    counted: Counter[int] = Counter()
    for value in rows.values_list(f"custom__{field.key}", flat=True):
        counted.update(value if field.kind == Kind.CHOICES else [value])
    return counted


def links_to(model: type[Recorded]) -> Iterator[tuple[type[Recorded], str]]:
    """The recorded models that point at this one, with the attribute that does."""
    for other in recorded_models().values():
        for field in other._meta.concrete_fields:
            if field.remote_field and field.related_model is model and field.attname in other.TRACKED:
                yield other, field.attname


def _bearers(column: str) -> Iterator[type[Recorded]]:
    return (model for model in recorded_models().values() if column in model.TRACKED)


def _parts(model: type[Recorded], user: User, column: str, shape: str) -> dict[Any, int]:
    """Counts of the parts inside a JSON column. No database lets Django do this; each has its own function for it."""
    value, parts = _EACH[connection.vendor][shape]
    empty: Any = [] if shape == "list" else {}
    rows = model.objects.visible_to(user).kept().exclude(**{column: empty}).order_by().values(column)
    inner, params = rows.query.sql_with_params()
    sql = f"SELECT {value}, COUNT(*) FROM ({inner}) AS rows_, {parts.format(column=f'rows_.{column}')} GROUP BY 1"
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return dict(cursor.fetchall())
