"""Following the log: new changes in, and what is derived made anew for the records they touched."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from leadline.insights.log.arrival import READ, arrow, parse_sql
from leadline.insights.log.entities import ACTIVITY, DEAL, ENTITIES, NOTE
from leadline.insights.store import tables
from leadline.insights.store.log import Cursor, Log
from leadline.insights.store.rebuilding import rebuild
from leadline.insights.store.rederiving import derive_all, order_stages, rederive_touched
from leadline.insights.store.refolding import FEW, hung_on, refold

BATCH = 10_000  # rows in memory at a time
ERASURE = "erasure"  # the log's own history was rewritten

_ENTITY, _RECORD = READ.index("entity"), READ.index("record_id")
Touched = dict[str, set[int]]


def follow(db: duckdb.DuckDBPyConnection, log: Log) -> bool:
    """Bring the warehouse up to the log's end; False where nothing was new.

    Cursor, states, visits and passages move in one transaction: a process that dies leaves the warehouse as it was.
    A warehouse of another version or of another log, and one whose log was rewritten to erase a person, is built anew.
    """
    cursor = _progress(db, log)
    rows = log.after(cursor, BATCH) if cursor else ()
    if cursor and not rows:
        return False
    if cursor is None or any(row[_ENTITY] == ERASURE for row in rows):
        rebuild(db, log)
        return True
    db.execute("BEGIN")
    try:
        with _threads(db, 1 if len(rows) <= FEW else None):
            _catch_up(db, log, cursor)
        db.execute("COMMIT")
    except BaseException:
        db.execute("ROLLBACK")
        raise
    return True


@contextmanager
def _threads(db: duckdb.DuckDBPyConnection, number: int | None) -> Iterator[None]:
    if number:
        db.execute(f"SET threads = {number}")
    try:
        yield
    finally:
        if number:
            db.execute("RESET threads")


def _progress(db: duckdb.DuckDBPyConnection, log: Log) -> Cursor | None:
    """How far this file has read; None where it cannot be continued."""
    try:
        found = db.execute("SELECT version, txn, id, mark FROM progress").fetchone()
    except (duckdb.CatalogException, duckdb.BinderException):  # empty, or written by a version that kept it otherwise
        return None
    if found is None or found[0] != tables.VERSION:
        return None
    cursor = Cursor(found[1], found[2])
    return cursor if cursor == Cursor() or log.mark(cursor) == found[3] else None


def _catch_up(db: duckdb.DuckDBPyConnection, log: Log, cursor: Cursor) -> None:
    touched, cursor = _read(db, log, cursor)
    deals = touched.pop(DEAL.name, set())
    for name, records in touched.items():
        refold(db, log, ENTITIES[name], records, cursor)
    # What is derived of a deal hangs on what was and is done about it, too.
    deals |= {deal for entity in (ACTIVITY, NOTE) if entity.name in touched for deal in hung_on(db, entity)}
    if deals:
        refold(db, log, DEAL, deals, cursor, tables.KEPT)
    if "stage" in touched and order_stages(db):
        derive_all(db)
    elif deals:
        rederive_touched(db)
    db.execute("UPDATE progress SET txn = ?, id = ?, mark = ?", [*cursor, log.mark(cursor)])


def _read(db: duckdb.DuckDBPyConnection, log: Log, cursor: Cursor) -> tuple[Touched, Cursor]:
    """Every row behind the cursor into the tables of parsed changes; which records they touch, and the last cursor."""
    touched: Touched = defaultdict(set)
    while rows := log.after(cursor, BATCH):
        for row in rows:
            touched[row[_ENTITY]].add(row[_RECORD])
        # DuckDB finds the table by this variable's name; were it registered, it would live as long as the transaction.
        arrived = arrow(rows)  # noqa: F841
        for name in {row[_ENTITY] for row in rows} & ENTITIES.keys():
            db.execute(f"INSERT INTO {ENTITIES[name].log} {parse_sql(ENTITIES[name], 'arrived')}")
        cursor = Cursor(rows[-1][1], rows[-1][0])
    return {name: records for name, records in touched.items() if name in ENTITIES}, cursor
