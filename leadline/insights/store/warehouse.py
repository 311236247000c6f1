"""The warehouse without Django: follows a log, answers SELECTs as of any moment."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from leadline.insights.log.entities import ENTITIES
from leadline.insights.store.editions import Editions
from leadline.insights.store.following import follow
from leadline.insights.store.log import Cursor, Log
from leadline.insights.store.opening import discard, open_file
from leadline.insights.store.reader import Reader
from leadline.insights.store.tables import KEPT

# A file that opens, and breaks when it is read.
DAMAGED = (duckdb.IOException, duckdb.FatalException, duckdb.InternalException, duckdb.SerializationException)


class Warehouse:
    """A DuckDB file in the folder (None: in memory), for one process; its threads take turns to change it."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._turn = threading.RLock()
        self._open()

    def _open(self) -> None:
        self._path, self._db = open_file(self._folder)
        self._editions = Editions(self._db)

    def follow(self, log: Log) -> bool:
        """Read what is new in the log; False where nothing is."""
        with self._turn:
            try:
                return self._follow(log)
            except DAMAGED:
                discard(self._path, self._db)
                self._open()
                return self._follow(log)

    def _follow(self, log: Log) -> bool:
        self._editions.home()
        moved = follow(self._db, log)
        if moved:
            self._editions.forget()
        return moved

    def cursor(self) -> Cursor:
        """How far it has read. Waits for no question that another thread is asking."""
        found = self._db.cursor().execute("SELECT txn, id FROM progress").fetchone()
        return Cursor(*found) if found else Cursor()

    @contextmanager
    def as_of(self, moment: dt.datetime, *, present: bool = False) -> Iterator[Reader]:
        """Inside, SELECTs see `store.relations`, `visits` and `passages` as of this moment (naive UTC).

        `present` as of `Editions.reader`.
        Readers wait neither for each other nor for whoever follows the log.
        """
        with self._turn:
            reader = self._editions.reader(moment, present=present)
        try:
            yield reader
        finally:
            reader.close()

    def arrow(self, sql: str, values: Sequence[Any] = ()) -> pa.Table:
        """The result of a SELECT."""
        with self._turn:
            return self._db.execute(sql, list(values)).to_arrow_table()

    def fingerprint(self) -> dict[str, tuple[int, int]]:
        """Rows and a digest of every table of states and of what is derived: equal where two warehouses are."""
        names = [*(entity.versions for entity in ENTITIES.values()), *KEPT, "stage_order"]
        with self._turn:
            self._editions.home()
            counts = [f"SELECT count(*), coalesce(bit_xor(hash(t)), 0) FROM {name} AS t" for name in names]
            found = self._db.execute(" UNION ALL ".join(f"({count})" for count in counts)).fetchall()
            return dict(zip(names, found, strict=True))

    def close(self) -> None:
        """Let go of the file."""
        with self._turn:
            self._db.close()
