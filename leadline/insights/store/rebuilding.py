"""The warehouse from nothing: the whole log, every state, all that is derived."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

import duckdb
import pyarrow as pa

from leadline.insights.log.arrival import parse_sql
from leadline.insights.log.entities import ENTITIES
from leadline.insights.store import tables
from leadline.insights.store.log import Cursor, Log
from leadline.insights.store.opening import memory
from leadline.insights.store.rederiving import derive_all, order_stages
from leadline.insights.store.refolding import fold_all

MEMORY = 2 << 30  # bytes at most, of machines that have eight times as much


def rebuild(db: duckdb.DuckDBPyConnection, log: Log) -> None:
    """In many transactions, for the sake of memory: what has no progress written down is begun again.

    What is written to the log meanwhile is read afterwards, as ever.
    """
    tables.create(db)
    with _room(db):
        cursor = _read(db, log)
        for entity in ENTITIES.values():
            fold_all(db, entity)
        order_stages(db)
        derive_all(db)
    db.execute("INSERT INTO progress VALUES (?, ?, ?, ?)", [tables.VERSION, *cursor, log.mark(cursor)])


@contextmanager
def _room(db: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """More memory for as long as it takes."""
    db.execute(f"SET memory_limit = '{memory(MEMORY)}B'")
    try:
        yield
    finally:
        db.execute(f"SET memory_limit = '{memory()}B'")


def _read(db: duckdb.DuckDBPyConnection, log: Log) -> Cursor:
    """The log up to now into the tables of parsed changes: one thread reads what the other parses."""
    end = log.end()
    with ThreadPoolExecutor(1) as parser:
        before: Future[None] | None = None
        for page in log.pages(end, ENTITIES):
            if before:
                before.result()
            before = parser.submit(_parse, db, page)
        if before:
            before.result()
    return end


def _parse(db: duckdb.DuckDBPyConnection, arrived: pa.Table) -> None:
    # DuckDB finds the table by this variable's name.
    for name in ENTITIES.keys() & set(arrived.column("entity").unique().to_pylist()):
        db.execute(f"INSERT INTO {ENTITIES[name].log} {parse_sql(ENTITIES[name], 'arrived')}")
