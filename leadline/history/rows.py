"""Writing back the columns of rows that have changed, and no others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db import connection, models

from leadline.history.values import copied


def stored(record: models.Model) -> dict[str, Any]:
    """All the columns of a row as they are."""
    return {field.attname: copied(getattr(record, field.attname)) for field in record._meta.concrete_fields}


def save_rows(records: Sequence[models.Model], before: Sequence[dict[str, Any]]) -> None:
    """Write the columns that differ from `before`: one prepared statement for all rows that differ in the same ones."""
    alike: dict[tuple[models.Field[Any, Any], ...], list[models.Model]] = defaultdict(list)
    for record, old in zip(records, before, strict=True):
        fields = record._meta.concrete_fields
        changed = tuple(field for field in fields if getattr(record, field.attname) != old[field.attname])
        if changed:
            alike[*changed, *(field for field in fields if getattr(field, "auto_now", False))].append(record)
    for columns, rows in alike.items():
        _update(columns, rows)


def _update(columns: Sequence[models.Field[Any, Any]], rows: Sequence[models.Model]) -> None:
    meta, quote = rows[0]._meta, connection.ops.quote_name
    assignments = ", ".join(f"{quote(str(field.column))} = %s" for field in columns)
    sql = f"UPDATE {quote(meta.db_table)} SET {assignments} WHERE {quote('id')} = %s"
    with connection.cursor() as cursor:
        cursor.executemany(
            sql, [[*(f.get_db_prep_save(f.pre_save(row, False), connection) for f in columns), row.pk] for row in rows]
        )
