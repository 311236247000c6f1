"""Reading a row afresh before it is changed; writing back the columns that have changed, and no others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import connection, models

from leadline.history.statements import Statement
from leadline.history.values import copied
from leadline.history.writing import locked


def refresh(record: models.Model) -> None:
    """As the row stands now, locked until the transaction ends. Raises DoesNotExist."""
    if record.get_deferred_fields():
        record.refresh_from_db(from_queryset=locked(type(record)._base_manager.all()))
        return
    now = _afresh(type(record)).record(record.pk)
    if now is None:
        raise type(record).DoesNotExist  # type: ignore[attr-defined]  # every model has its own
    for field in record._meta.concrete_fields:
        setattr(record, field.attname, getattr(now, field.attname))
    # Other records that were read through this one may have changed with it.
    record._state.fields_cache.clear()
    record._prefetched_objects_cache = {}  # type: ignore[attr-defined]  # Django's own name


@cache
def _afresh(model: type[models.Model]) -> Statement:
    return Statement(lambda: locked(model._base_manager.filter(pk=0)))


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
