"""What happened to many deals, activities and leads, as rows of DuckDB: one each, in the order of time."""

from __future__ import annotations

import duckdb
import numpy as np
import pyarrow as pa

from bench.histories import DAY, NOW, Histories, histories

BLOCK = 100_000  # deals
ACTIVITIES = 5  # of each deal
LEADS = 0.1  # for each deal
PUSHED, VALUED, MOVED, CLOSED = "pushed", "valued", "moved", "closed"


def happened(db: duckdb.DuckDBPyConnection, deals: int, seed: int = 7) -> None:
    """Make the table `events` (kind, record, second, deal, …) of so many deals and what hangs on them."""
    chance = np.random.default_rng(seed)
    for start in range(0, deals, BLOCK):
        some = histories(chance, start + 1, min(BLOCK, deals - start))
        for rows in (_changes(some), _activities(chance, some), _leads(chance, some)):  # noqa: B007  DuckDB reads it
            there = "INSERT INTO unordered BY NAME" if _exists(db) else "CREATE TABLE unordered AS"
            db.execute(f"{there} SELECT * FROM rows")
    db.execute("CREATE TABLE events AS SELECT * FROM unordered ORDER BY second")
    db.execute("DROP TABLE unordered")


def _exists(db: duckdb.DuckDBPyConnection) -> bool:
    return bool(db.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'unordered'").fetchall())


def _changes(some: Histories) -> pa.Table:
    """The deals' beginnings, edits, moves and ends. A row in which nothing changed pushes the date by a week."""
    first = np.diff(some.of, prepend=-1) != 0
    moved = (np.diff(some.stage, prepend=0) != 0) & ~first
    valued = (np.diff(some.value, prepend=0) != 0) & ~first & ~moved
    kind = np.select([first, moved, valued], ["created", MOVED, VALUED], PUSHED)
    ended = np.flatnonzero(some.status > 0)
    last = np.searchsorted(some.of, ended, side="right") - 1
    rows = np.concatenate([np.arange(len(some.of)), last])
    of = some.of[rows]
    return pa.table(
        {
            "kind": np.concatenate([kind, np.full(len(ended), CLOSED)]),
            "second": np.concatenate([some.at, some.closed[ended]]),
            "record": some.numbers[of],
            "deal": some.numbers[of],
            "owner": some.owner[of] + 1001,
            "stage": some.stage[rows] + 1001,
            "was_stage": np.roll(some.stage, 1)[rows] + 1001,
            "value": some.value[rows],
            "day": some.expected[rows] // DAY,
            "created": some.created[of],
            "closed": some.closed[of],
            "outcome": np.array(["open", "won", "lost"])[some.status[of]],
            "unvalued": some.unvalued[of],
        }
    )


def _activities(chance: np.random.Generator, some: Histories) -> pa.Table:
    """Done somewhere in their deal's life; one in twenty of an open deal's is still planned."""
    of = np.repeat(np.arange(len(some.numbers)), ACTIVITIES)
    at = some.created[of] + (chance.random(len(of)) * (some.closed[of] - some.created[of])).astype(np.int64)
    planned = (some.status[of] == 0) & (chance.random(len(of)) < 0.05)
    return pa.table(
        {
            "kind": np.where(planned, "planned", "done"),
            "second": at,
            "record": some.numbers[0] * ACTIVITIES + np.arange(len(of)),
            "deal": some.numbers[of],
            "owner": some.owner[of] + 1001,
            "stage": chance.integers(1001, 1007, len(of)),  # here the type
            "value": chance.integers(3, 90, len(of)).astype(float),  # here the minutes
        }
    )


def _leads(chance: np.random.Generator, some: Histories) -> pa.Table:
    """A lead before one deal in ten: made, qualified, converted."""
    of = np.flatnonzero(chance.random(len(some.numbers)) < LEADS)
    before = chance.integers(1, 20, len(of)) * DAY
    born = some.created[of] - before
    steps = (("lead", born), ("qualified", born + before // 2), ("converted", some.created[of]))
    return pa.concat_tables(
        pa.table(
            {
                "kind": np.full(len(of), kind),
                "second": np.minimum(at, NOW - 1),
                "record": some.numbers[of],
                "deal": some.numbers[of],
                "owner": some.owner[of] + 1001,
                "value": some.value[of],
                "created": born,
            }
        )
        for kind, at in steps
    )
