"""States of records out of their changes: of all there are, or of those that changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor

import duckdb

from leadline.insights.log.arrival import arrow, parse_sql
from leadline.insights.log.entities import Entity
from leadline.insights.log.folding import Shape, shape_sql, versions_sql
from leadline.insights.store.log import Cursor, Log

SLICE = 1_500_000  # rows folded at a time: what is folded at once must fit memory
FEW = 2_000  # touched records up to which they are looked up in the log, and one thread is quicker than several


def fold_all(db: duckdb.DuckDBPyConnection, entity: Entity) -> None:
    """The empty table of versions filled from the whole table of changes."""
    for low, high in slices(db, entity.log, "record"):
        part = f"(SELECT * FROM {entity.log} WHERE record BETWEEN {low} AND {high})"
        db.execute(f"INSERT INTO {entity.versions} {_states(db, entity, part)}")


def refold(
    db: duckdb.DuckDBPyConnection, log: Log, entity: Entity, records: set[int], end: Cursor, kept: Iterable[str] = ()
) -> None:
    """States of these records anew; they stay in `new_<entity>` as well, for what is derived of them.

    So do their changes in `changes_of_<entity>`. Out of the tables `kept` their rows are taken.
    """
    name, new, own = f"touched_{entity.name}", f"new_{entity.name}", f"changes_of_{entity.name}"
    few = len(records) <= FEW
    db.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT unnest(?::BIGINT[]) AS record", [list(records)])
    with ThreadPoolExecutor(1) as beside:
        taken = beside.submit(_take_out, db, entity, (entity.versions, *kept))
        # To find some rows of a few records, a table of columns is read whole; the log itself has an index for it.
        arrived = arrow(log.of(entity.name, records, end) if few else ())  # noqa: F841  DuckDB finds it by its name
        taken.result()
    whose = "false" if few else f"record IN (SELECT record FROM {name})"
    db.execute(f"CREATE OR REPLACE TEMP TABLE {own} AS SELECT * FROM {entity.log} WHERE {whose}")
    if few:
        db.execute(f"INSERT INTO {own} {parse_sql(entity, 'arrived')}")
    states = _states(db, entity, own, few=few)
    db.execute(f"CREATE OR REPLACE TEMP TABLE {new} AS {states}")
    db.execute(f"INSERT INTO {entity.versions} SELECT * FROM {new}")


def _take_out(db: duckdb.DuckDBPyConnection, entity: Entity, tables: Iterable[str]) -> None:
    for table in tables:  # a join finds few rows among millions quicker than IN does
        db.execute(f'DELETE FROM {table} USING touched_{entity.name} WHERE "{entity.name}" = record')


def hung_on(db: duckdb.DuckDBPyConnection, entity: Entity) -> set[int]:
    """The deals on which the records that `refold` has just made anew hang, or hung at any time."""
    found = db.execute(f"SELECT DISTINCT deal FROM changes_of_{entity.name} WHERE deal IS NOT NULL").fetchall()
    return {deal for (deal,) in found}


def _states(db: duckdb.DuckDBPyConnection, entity: Entity, changes: str, *, few: bool = False) -> str:
    found = db.execute(shape_sql(changes)).fetchone()
    assert found is not None
    changed, instants, born = found
    return versions_sql(entity, changes, Shape(changed, instants, born and few))


def slices(db: duckdb.DuckDBPyConnection, table: str, record: str) -> Iterator[tuple[int, int]]:
    """Between which numbers of records, both included, the table has about SLICE rows each time."""
    found = db.execute(f"SELECT min({record}), max({record}), count(*) FROM {table}").fetchone()
    assert found is not None
    low, high, rows = found
    if not rows:
        return
    step = max(1, (high - low + 1) * SLICE // rows)
    for at in range(low, high + 1, step):
        yield at, at + step - 1
