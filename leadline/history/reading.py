"""Reading the log behind a cursor, without ever skipping a row."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from django.db import connection


class Cursor(NamedTuple):
    """How far a reader has come: the last row's transaction and id."""

    txn: int = 0
    id: int = 0


START = Cursor()
TOGETHER = 500  # records asked for at once

READ = ("id", "txn", "occurred_at", "by_id", "via", "act", "entity", "record_id", "verb", "before", "after", "undoes")


def changes_after(cursor: Cursor, limit: int, columns: Sequence[str] = READ) -> list[tuple[Any, ...]]:
    """Up to `limit` rows behind the cursor, as tuples of these columns, in the order in which cursors move.

    The columns begin with id and txn, for `moved`.

    On PostgreSQL ids are given out before commits, so a row may become visible after one with a higher id. Rows are
    therefore ordered by (transaction, id) and only read below the oldest transaction still running: nothing that
    commits later can stand before what has been read. SQLite has one writer: there the id alone decides.
    """
    sql = _POSTGRESQL if connection.vendor == "postgresql" else _SQLITE
    values = [cursor.txn, cursor.id, limit] if connection.vendor == "postgresql" else [cursor.id, limit]
    with connection.cursor() as db:
        db.execute(sql.format(columns=", ".join(columns)), values)
        return list(db.fetchall())


def changes_of(entity: str, ids: Collection[int], end: Cursor, columns: Sequence[str] = READ) -> list[tuple[Any, ...]]:
    """The rows of these records up to a cursor, as `changes_after` gives them, in no order."""
    postgresql, wanted = connection.vendor == "postgresql", sorted(ids)
    upto, last = ("(txn, id) <= (%s, %s)", [*end]) if postgresql else ("id <= %s", [end.id])
    found: list[tuple[Any, ...]] = []
    with connection.cursor() as db:
        for start in range(0, len(wanted), TOGETHER):
            some = wanted[start : start + TOGETHER]
            marks = ", ".join(["%s"] * len(some))
            whose = f"entity = %s AND record_id IN ({marks}) AND {upto}"
            db.execute(f"SELECT {', '.join(columns)} FROM history_change WHERE {whose}", [entity, *some, *last])
            found += db.fetchall()
    return found


def end_of_log() -> Cursor:
    """A cursor behind everything that `changes_after` would give now."""
    with connection.cursor() as db:
        db.execute(_LAST_POSTGRESQL if connection.vendor == "postgresql" else _LAST_SQLITE)
        last = db.fetchone()
    return Cursor(*last) if last else START


def moved(cursor: Cursor, rows: list[tuple[Any, ...]]) -> Cursor:
    """The cursor behind the last of these rows."""
    return Cursor(rows[-1][1], rows[-1][0]) if rows else cursor


_POSTGRESQL = """
    SELECT {columns} FROM history_change
    WHERE (txn, id) > (%s, %s) AND txn < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
    ORDER BY txn, id LIMIT %s
"""
_SQLITE = "SELECT {columns} FROM history_change WHERE id > %s ORDER BY id LIMIT %s"
_LAST_POSTGRESQL = """
    SELECT txn, id FROM history_change WHERE txn < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
    ORDER BY txn DESC, id DESC LIMIT 1
"""
_LAST_SQLITE = "SELECT txn, id FROM history_change ORDER BY id DESC LIMIT 1"
