"""The log in bulk, as lines of text: for readers that take all of it, a row at a time being too slow for millions."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from django.db import connection

from leadline.history.reading import Cursor

PART = 200_000  # rows of the log
GROUP = 2_000  # rows that SQLite writes into one text
TAB, NOTHING = "\t", "\x01"  # neither can stand in a row: JSON escapes both
TIMES = ("occurred_at", "recorded_at")


def lines_upto(end: Cursor, columns: Sequence[str], entities: Collection[str]) -> Iterator[bytes]:
    """Every row of these kinds of record up to `end` (`reading.end_of_log`), in parts, in no order worth relying on.

    A row is a line, its columns have tabs between them; null is empty; times are UTC without saying so.
    """
    kinds = ", ".join(f"'{entity}'" for entity in sorted(entities))
    if connection.vendor == "postgresql":
        yield from _copied(end, columns, kinds)
    else:
        yield from _written(end, columns, kinds)


def _written(end: Cursor, columns: Sequence[str], kinds: str) -> Iterator[bytes]:
    """SQLite joins thousands of rows into one text, so that Python sees one value instead of all their columns."""
    line = f"format('{TAB.join(['%s'] * len(columns))}', {', '.join(columns)})"
    # The plus keeps SQLite from going by the index of entities.
    joined = f"SELECT CAST(group_concat({line}, char(10)) AS BLOB) FROM history_change WHERE +entity IN ({kinds})"
    with connection.cursor() as cursor:
        for start in range(0, end.id, PART):
            part = []
            for first in range(start, min(start + PART, end.id), GROUP):
                cursor.execute(f"{joined} AND id > {first} AND id <= {min(first + GROUP, end.id)}")
                part += [text for (text,) in cursor.fetchall() if text]
            if part:
                yield b"\n".join(part)


def _copied(end: Cursor, columns: Sequence[str], kinds: str) -> Iterator[bytes]:
    chosen = ", ".join(f"{name} AT TIME ZONE 'UTC'" if name in TIMES else name for name in columns)
    sql = f"""COPY (
            SELECT {chosen} FROM history_change WHERE (txn, id) <= ({end.txn}, {end.id}) AND entity IN ({kinds})
        ) TO STDOUT (FORMAT csv, DELIMITER '{TAB}', QUOTE '{NOTHING}')"""
    with connection.cursor() as cursor, cursor.copy(sql) as rows:
        part: list[bytes] = []
        for row in rows:
            part.append(bytes(row))
            if len(part) == PART:
                yield b"".join(part)
                part = []
        if part:
            yield b"".join(part)
