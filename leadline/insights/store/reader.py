"""Somebody who asks: the relations as of one moment, on a connection of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import duckdb
import pyarrow as pa

Stand = tuple[int, int]


class Reader:
    """Answers SELECTs within one transaction: nobody waits for it, and what the log brings meanwhile it does not see.

    Two with the same `stand` and `moment` see the same: `stand` is whose warehouse it is and how often that has moved,
    `moment` the last change that is known (None: the last there is).
    """

    def __init__(self, db: duckdb.DuckDBPyConnection, path: str, stand: Stand, moment: dt.datetime | None) -> None:
        self.stand, self.moment = stand, moment
        self._db = db.cursor()
        self._db.execute("SET TimeZone = 'UTC'")  # each connection has its own
        self._db.execute(f"SET search_path = '{path}'")
        self._db.execute("BEGIN TRANSACTION READ ONLY")
        # A transaction begins in each database when it first looks there: in memory, then in the file.
        self._db.execute("SELECT count(*) FROM stage_order")
        self._db.execute("SELECT count(*) FROM progress")

    def arrow(self, sql: str, values: Sequence[Any] = ()) -> pa.Table:
        """The result of a SELECT."""
        return self._db.execute(sql, list(values)).to_arrow_table()

    def close(self) -> None:
        """Let go of the connection."""
        self._db.close()
