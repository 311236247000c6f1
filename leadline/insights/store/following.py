"""Following the log: new changes in, and what is derived made anew for the deals they touched."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import duckdb

from leadline.insights.derived.deriving import derive
from leadline.insights.log.arrival import READ, arrow, parse_sql
from leadline.insights.log.entities import DEAL, ENTITIES, Entity
from leadline.insights.log.folding import Shape, shape_sql, versions_sql
from leadline.insights.store import tables
from leadline.insights.store.log import Cursor, Log
from leadline.insights.store.relations import relations

BATCH = 10_000  # rows in memory at a time
SLICE = 25_000  # records folded at a time
FEW = 2_000  # touched records up to which one thread is quicker than several
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
        _rebuild(db, log)
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


def _rebuild(db: duckdb.DuckDBPyConnection, log: Log) -> None:
    """In many small transactions, for the sake of memory: what has no progress written down is begun again."""
    tables.create(db)
    _touched, cursor = _read(db, log, Cursor())
    for entity in ENTITIES.values():
        for part in _slices(db, entity):
            db.execute(f"INSERT INTO {entity.versions} {_states(db, entity, part)}")
    _order_stages(db)
    _derive_all(db)
    db.execute("INSERT INTO progress VALUES (?, ?, ?, ?)", [tables.VERSION, *cursor, log.mark(cursor)])


def _catch_up(db: duckdb.DuckDBPyConnection, log: Log, cursor: Cursor) -> None:
    touched, cursor = _read(db, log, cursor)
    for name, records in touched.items():
        _refold(db, ENTITIES[name], records)
    if "stage" in touched and _order_stages(db):
        _derive_all(db)
    elif DEAL.name in touched:
        _rederive(db, "SELECT * FROM new_deal", "touched_deal")
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


def _refold(db: duckdb.DuckDBPyConnection, entity: Entity, records: set[int]) -> None:
    """States of these records anew; they stay in `new_<entity>` as well, for what is derived of them."""
    name, new = f"touched_{entity.name}", f"new_{entity.name}"
    db.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT unnest(?::BIGINT[]) AS record", [list(records)])
    own = f"SELECT * FROM {entity.log} WHERE record IN (SELECT record FROM {name})"
    db.execute(f"CREATE OR REPLACE TEMP TABLE own_changes AS {own}")
    states = _states(db, entity, "own_changes", few=len(records) <= FEW)
    db.execute(f"CREATE OR REPLACE TEMP TABLE {new} AS {states}")
    db.execute(f'DELETE FROM {entity.versions} WHERE "{entity.name}" IN (SELECT record FROM {name})')
    db.execute(f"INSERT INTO {entity.versions} SELECT * FROM {new}")


def _states(db: duckdb.DuckDBPyConnection, entity: Entity, changes: str, *, few: bool = False) -> str:
    found = db.execute(shape_sql(changes)).fetchone()
    assert found is not None
    changed, instants, born = found
    return versions_sql(entity, changes, Shape(changed, instants, born and few))


def _order_stages(db: duckdb.DuckDBPyConnection) -> bool:
    """The table `stage_order` as things stand; False where it stood so already."""
    before = _stages(db)
    db.execute(f"CREATE OR REPLACE TABLE stage_order AS {relations(None)['stage_order']}")
    return before != _stages(db)


def _stages(db: duckdb.DuckDBPyConnection) -> list[tuple[int, ...]]:
    try:
        return db.execute("SELECT pipeline, stage, rank, gone FROM stage_order ORDER BY ALL").fetchall()
    except duckdb.CatalogException:
        return []


def _derive_all(db: duckdb.DuckDBPyConnection) -> None:
    for name in tables.KEPT:
        db.execute(f"DELETE FROM {name}")
    for part in _slices(db, DEAL, DEAL.versions, "deal"):
        _rederive(db, f"SELECT * FROM {part}")


def _rederive(db: duckdb.DuckDBPyConnection, versions: str, deals: str | None = None) -> None:
    derive(db, versions)
    for name in tables.KEPT:
        if deals:
            db.execute(f"DELETE FROM {name} WHERE deal IN (SELECT record FROM {deals})")
        db.execute(f"INSERT INTO {name} BY NAME SELECT * FROM {name}_in")


def _slices(db: duckdb.DuckDBPyConnection, entity: Entity, table: str = "", record: str = "record") -> Iterable[str]:
    """The table's rows in relations of some hundred thousand records each: what is folded at once must fit memory."""
    table = table or entity.log
    found = db.execute(f"SELECT min({record}), max({record}) FROM {table}").fetchone()
    assert found is not None
    if found[0] is None:
        return []
    low, high = found
    steps = range(low, high + 1, SLICE)
    return [f"(SELECT * FROM {table} WHERE {record} BETWEEN {at} AND {at + SLICE - 1})" for at in steps]
