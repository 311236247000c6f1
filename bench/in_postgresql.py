"""The tables that queries by hand read, in a PostgreSQL of our own; and how long it takes over them."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import sqlglot

from bench.cluster import cluster

TABLES = {
    "deal_versions": "deal, valid_to, gone, status, stage, owner, value_base, created_at, closed_at, expected_close_on",
    "passages": "deal, stage, owner, entered_at, outcome",
    "visits": "deal, stage, owner, entered_at, left_at",
    "stage_versions": "stage, name, valid_to",
    "user_versions": '"user", name, valid_to',
}
KINDS = {"DOUBLE": "DOUBLE PRECISION"}


@contextmanager
def copied(db: duckdb.DuckDBPyConnection) -> Iterator[Any]:
    """A connection to a database that holds these tables of the warehouse, each analysed."""
    import psycopg  # only where there is a PostgreSQL

    with cluster() as url, psycopg.connect(url, autocommit=True) as there, TemporaryDirectory() as folder:
        for table, columns in TABLES.items():
            path = Path(folder) / f"{table}.csv"
            db.execute(f"COPY (SELECT {columns} FROM {table}) TO '{path}' (HEADER false)")
            kinds = db.execute(f"DESCRIBE SELECT {columns} FROM {table}").fetchall()
            shape = ", ".join(f'"{name}" {KINDS.get(kind, kind)}' for name, kind, *_ in kinds)
            there.execute(f"CREATE TABLE {table} ({shape})")
            with there.cursor().copy(f"COPY {table} FROM STDIN (FORMAT csv)") as rows, path.open("rb") as file:
                while part := file.read(io.DEFAULT_BUFFER_SIZE * 128):
                    rows.write(part)
            there.execute(f"ANALYZE {table}")
        yield there


def told(there: Any, query: str) -> str:
    """`PostgreSQL 1,234 ms`: its second run of this query."""
    (sql,) = sqlglot.transpile(query, read="duckdb", write="postgres")
    seconds = 0.0
    for _ in range(2):
        begun = time.perf_counter()
        there.execute(sql).fetchall()
        seconds = time.perf_counter() - begun
    return f"PostgreSQL {seconds * 1000:,.0f} ms"
