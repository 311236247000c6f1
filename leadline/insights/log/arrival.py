"""Rows of the change log as Arrow, and their JSON as columns."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import pyarrow as pa
from pyarrow import csv

from leadline.insights.log.entities import TIME, Entity

# What a row of the log must have, in this order (history.reading.READ).
READ = ("id", "txn", "occurred_at", "by_id", "via", "act", "entity", "record_id", "verb", "before", "after", "undoes")
_UTC = pa.timestamp("us", "UTC")
_TYPES: dict[str, Any] = {
    "id": pa.int64(),
    "txn": pa.int64(),
    "occurred_at": _UTC,
    "by_id": pa.int64(),
    "record_id": pa.int64(),
    "undoes": pa.int64(),
}
SCHEMA = pa.schema([(name, _TYPES.get(name, pa.string())) for name in READ if name != "act"])
_BLOCK = 1 << 22  # bytes that one thread reads at a time


def arrow(rows: Sequence[Sequence[Any]]) -> pa.Table:
    """Rows with the columns of READ as one Arrow table; the schema is fixed, never guessed.

    Times are UTC: aware datetimes, or text as databases print them (`2026-11-22 10:00:00.5`), which is far quicker.
    """
    columns = zip(*rows, strict=True) if rows else ([] for _ in READ)
    by_name = dict(zip(READ, columns, strict=True))
    return pa.Table.from_arrays([_array(by_name[field.name], field.type) for field in SCHEMA], schema=SCHEMA)


def _array(values: Sequence[Any], kind: pa.DataType) -> pa.Array[Any]:
    if kind == _UTC and values and isinstance(values[0], str):
        return pa.array(values, type=pa.string()).cast(pa.timestamp("us")).cast(_UTC)
    return pa.array(values, type=kind)


def arrow_of_lines(lines: bytes) -> pa.Table:
    """Rows with the columns of SCHEMA out of lines with tabs between them, as `history.lines` writes them."""
    naive = {field.name: pa.timestamp("us") if field.type == _UTC else field.type for field in SCHEMA}
    table = csv.read_csv(
        BytesIO(lines),
        csv.ReadOptions(column_names=SCHEMA.names, block_size=_BLOCK),
        csv.ParseOptions(delimiter="\t", quote_char=False, double_quote=False),
        csv.ConvertOptions(column_types=naive),
    )
    return table.cast(SCHEMA)


def log_table_sql(entity: Entity) -> str:
    """DDL for the parsed changes of one kind of record. `touched` has a bit for each key that a change sets."""
    columns = "".join(f', "{name}" {kind}' for name, kind in entity.columns.items())
    return (
        f"CREATE TABLE {entity.log} (record BIGINT, occurred_at TIMESTAMP, id BIGINT, actor BIGINT, via VARCHAR, "
        f"verb VARCHAR, undoes BIGINT, touched BIGINT{columns})"
    )


def parse_sql(entity: Entity, arrived: str) -> str:
    """SELECT the parsed changes of one kind of record out of a relation with the columns of READ.

    A create sets every key; a change or a deletion sets the keys that `before` names (also those named with null).
    A deletion always sets `deleted_at`.
    """
    paths = ", ".join(f"'$.{key}'" for key in entity.keys)
    fields = ", ".join(f'"{key}": "{kind}"' for key, kind in entity.keys.items())
    bits = " | ".join(f"CASE WHEN {_set(key, i)} THEN {1 << i} ELSE 0 END" for i, key in enumerate(entity.keys))
    columns = ", ".join(_value(entity, key, i) for i, key in enumerate(entity.keys))
    return f"""
        SELECT record_id, occurred_at, id, by_id, via, verb, undoes,
            CASE WHEN verb = 'create' THEN {(1 << len(entity.keys)) - 1} ELSE {bits} END, {columns}
        FROM (
            SELECT record_id, CAST(timezone('UTC', occurred_at) AS {TIME}) AS occurred_at, id, by_id, via, verb, undoes,
                json_extract(before, [{paths}]) AS b, from_json(after, '{{{fields}}}') AS s
            FROM {arrived} WHERE entity = '{entity.name}'
        )"""


def _set(key: str, index: int) -> str:
    named = f"b[{index + 1}] IS NOT NULL"
    return f"{named} OR verb = 'delete'" if key == "deleted_at" else named


def _value(entity: Entity, key: str, index: int) -> str:
    value = f's."{key}"'
    if key in entity.digests:
        digest = f"CAST(md5_number_lower(lower(trim({value}))) >> 1 AS BIGINT)"
        return f"CASE WHEN verb = 'create' OR {_set(key, index)} THEN {digest} END"
    if key != "deleted_at":
        return value
    return f"CASE WHEN verb = 'delete' THEN coalesce({value}, occurred_at) ELSE {value} END"
