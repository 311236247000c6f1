"""Opening the warehouse's file: the first that no other process holds, made anew where it is damaged."""

from __future__ import annotations

import os
from pathlib import Path

import duckdb

FILES = 8
# DuckDB's share of the machine: an eighth, within these bounds (bytes); beyond it, it uses the disk. The server holds
# the rest. It takes no more than a question needs: at some hundred thousand changes the lower bound is enough.
SHARE, LEAST, MOST = 8, 256 << 20, 1 << 30
# Bytes of changes before they are worked into the file, which takes seconds at a million deals: some 25 times 1,000
# changes. Who opens the file after a crash reads them first, in a second or so.
UNSETTLED = 64 << 20


def memory(most: int = MOST) -> int:
    """How many bytes DuckDB may use on this machine."""
    return min(max(LEAST, os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // SHARE), most)


def open_file(folder: Path | None) -> tuple[Path | None, duckdb.DuckDBPyConnection]:
    """Path and connection of `warehouse.duckdb`, or of `warehouse-2.duckdb` … while other processes hold those before.

    Every process follows the log into a file of its own; so a report on the command line works while the server runs.
    Without a folder, or when all files are held, the warehouse is in memory (path None).
    """
    for number in range(1, FILES + 1):
        if folder is None:
            break
        path = folder / ("warehouse.duckdb" if number == 1 else f"warehouse-{number}.duckdb")
        try:
            return path, _prepared(_opened(path))
        except _Held:
            continue
    return None, _prepared(duckdb.connect(":memory:"))


def discard(path: Path | None, db: duckdb.DuckDBPyConnection) -> None:
    """Close the database and delete its file."""
    db.close()
    if path:
        _delete(path)


def _delete(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.with_name(path.name + ".wal").unlink(missing_ok=True)


class _Held(Exception):
    """Another process has the file open."""


def _opened(path: Path) -> duckdb.DuckDBPyConnection:
    try:
        return duckdb.connect(str(path))
    except duckdb.Error as error:
        if isinstance(error, duckdb.IOException) and "lock" in str(error).lower():
            raise _Held from None
    # Not a DuckDB file, or a torn one. All of it is in the log: begin anew.
    _delete(path)
    return duckdb.connect(str(path))


def _prepared(db: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    db.execute("SET TimeZone = 'UTC'")
    db.execute(f"SET memory_limit = '{memory()}B'")
    db.execute("SET preserve_insertion_order = false")
    db.execute(f"SET checkpoint_threshold = '{UNSETTLED}B'")
    return db
