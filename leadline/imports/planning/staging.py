"""The staging file: every row that was read and found good, waiting to be written.

A SQLite file of the import's own, so that a million rows need no memory, so that rows can be brought into another
order than the files' (stage changes by deal and time), and so that writing can begin again from the same rows.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from leadline.imports.faults import Fault
from leadline.imports.kinds import Kind

SCHEMA = """
CREATE TABLE staged (id INTEGER PRIMARY KEY, kind TEXT, file TEXT, row INTEGER, ext TEXT, stamp TEXT, body TEXT);
CREATE TABLE event (
    id INTEGER PRIMARY KEY, deal TEXT, at TEXT, file TEXT, row INTEGER, ext TEXT, body TEXT, used INTEGER DEFAULT 0
);
CREATE TABLE fault (
    id INTEGER PRIMARY KEY, file TEXT, row INTEGER, "column" TEXT, value TEXT, reason TEXT, mend TEXT, fatal INTEGER
);
CREATE TABLE word (id INTEGER PRIMARY KEY, list TEXT, word TEXT, times INTEGER, UNIQUE (list, word));
CREATE TABLE known (entity TEXT, key TEXT, id INTEGER, fresh INTEGER, PRIMARY KEY (entity, key)) WITHOUT ROWID;
"""
INDEXES = """
CREATE INDEX staged_kind ON staged (kind, id);
CREATE INDEX staged_ext ON staged (kind, ext);
CREATE INDEX event_deal ON event (deal, at, id);
CREATE INDEX event_ext ON event (ext);
"""


class Staged(NamedTuple):
    """One row that was found good: where it came from and its fields as plain values."""

    id: int
    file: str
    row: int
    ext: str
    body: dict[str, Any]


class Event(NamedTuple):
    """One row of a stage-change file."""

    id: int
    deal: str
    at: str
    file: str
    row: int
    body: dict[str, Any]


class Staging:
    """The open staging file. Not for two threads at once."""

    def __init__(self, path: Path, fresh: bool = True) -> None:
        self.path = path
        if fresh:
            path.unlink(missing_ok=True)
        # No journal: the file is thrown away and made anew when anything goes wrong.
        self.db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self.db.execute("PRAGMA journal_mode=OFF")
        self.db.execute("PRAGMA synchronous=OFF")
        self.db.execute("PRAGMA cache_size=-32768")
        if fresh:
            self.db.executescript(SCHEMA)
        self.db.execute("BEGIN")

    def finish(self) -> None:
        """Indexes, once all rows are in."""
        self.db.execute("COMMIT")
        self.db.executescript(INDEXES)
        self.db.execute("BEGIN")

    def close(self) -> None:
        """Close the file and take it away."""
        self.db.close()
        self.path.unlink(missing_ok=True)

    def add(self, rows: Iterable[tuple[str, str, int, str, str, str]]) -> None:
        """Rows as (kind, file, row, external id, time of last update, body as JSON text)."""
        self.db.executemany("INSERT INTO staged (kind, file, row, ext, stamp, body) VALUES (?, ?, ?, ?, ?, ?)", rows)

    def add_events(self, rows: Iterable[tuple[str, str, str, int, str, str]]) -> None:
        """Stage changes as (deal's key, time, file, row, external id, body as JSON text)."""
        self.db.executemany("INSERT INTO event (deal, at, file, row, ext, body) VALUES (?, ?, ?, ?, ?, ?)", rows)

    def add_faults(self, faults: Iterable[Fault]) -> None:
        """What is wrong, in the order found."""
        self.db.executemany(
            'INSERT INTO fault (file, row, "column", value, reason, mend, fatal) VALUES (?, ?, ?, ?, ?, ?, ?)',
            ((f.file, f.row, f.column, f.value[:500], f.reason, f.mend, f.fatal) for f in faults),
        )

    def faults(self, fatal: bool) -> Iterator[Fault]:
        """All failures, or all warnings, by file and row."""
        sql = 'SELECT file, row, "column", value, reason, mend, fatal FROM fault WHERE fatal = ? ORDER BY file, row, id'
        for row in self.db.execute(sql, [fatal]):
            file, number, column, value, reason, mend, keeps_out = row
            yield Fault(file, number, column, value, reason, mend, bool(keeps_out))

    def count_faults(self, fatal: bool) -> int:
        """How many."""
        return int(self.db.execute("SELECT count(*) FROM fault WHERE fatal = ?", [fatal]).fetchone()[0])

    def failed_rows(self) -> int:
        """Rows that are not in, each counted once."""
        sql = "SELECT count(*) FROM (SELECT DISTINCT file, row FROM fault WHERE fatal AND row > 0)"
        return int(self.db.execute(sql).fetchone()[0])

    def forget_faults(self, after: int) -> None:
        """Those found since `last_fault()` said `after`: a dry run leaves no trace."""
        self.db.execute("DELETE FROM fault WHERE id > ?", [after])
        self.db.execute("DELETE FROM known")
        self.db.execute("UPDATE event SET used = 0 WHERE used")

    def last_fault(self) -> int:
        """The latest fault's number."""
        return int(self.db.execute("SELECT coalesce(max(id), 0) FROM fault").fetchone()[0])

    def chunks(self, kind: Kind, size: int) -> Iterator[list[Staged]]:
        """The rows of a kind in the order of the files, `size` at a time."""
        last = 0
        sql = "SELECT id, file, row, ext, body FROM staged WHERE kind = ? AND id > ? ORDER BY id LIMIT ?"
        while rows := self.db.execute(sql, [kind, last, size]).fetchall():
            yield [Staged(id_, file, row, ext, orjson.loads(body)) for id_, file, row, ext, body in rows]
            last = rows[-1][0]

    def count(self, kind: Kind) -> int:
        """Rows of a kind."""
        if kind is Kind.STAGE_CHANGES:
            return int(self.db.execute("SELECT count(*) FROM event").fetchone()[0])
        return int(self.db.execute("SELECT count(*) FROM staged WHERE kind = ?", [kind]).fetchone()[0])

    def events_of(self, deals: list[str]) -> dict[str, list[Event]]:
        """The stage changes of these deals, in time order; they count as used from now on."""
        found: dict[str, list[Event]] = {}
        for some in in_parts(deals, 500):
            marks = ", ".join("?" * len(some))
            sql = f"SELECT id, deal, at, file, row, body FROM event WHERE deal IN ({marks}) ORDER BY deal, at, id"
            for id_, deal, at, file, row, body in self.db.execute(sql, some):
                found.setdefault(deal, []).append(Event(id_, deal, at, file, row, orjson.loads(body)))
            self.db.execute(f"UPDATE event SET used = 1 WHERE deal IN ({marks})", some)
        return found

    def unused_deals(self, size: int) -> list[str]:
        """Keys of deals whose stage changes nobody has asked for yet."""
        rows = self.db.execute("SELECT DISTINCT deal FROM event WHERE NOT used ORDER BY deal LIMIT ?", [size])
        return [row[0] for row in rows]

    def count_words(self, name: str, counts: Iterable[tuple[str, int]]) -> None:
        """Spellings of a short list's words, with how often each was seen."""
        self.db.executemany(
            "INSERT INTO word (list, word, times) VALUES (?, ?, ?) "
            "ON CONFLICT DO UPDATE SET times = times + excluded.times",
            ((name, word, times) for word, times in counts),
        )

    def words(self, name: str) -> dict[str, int]:
        """Spellings of a list and how often each was seen, in order of first appearance."""
        return dict(self.db.execute("SELECT word, times FROM word WHERE list = ? ORDER BY id", [name]).fetchall())

    def count_list(self, name: str) -> int:
        """How many spellings a list has."""
        return int(self.db.execute("SELECT count(*) FROM word WHERE list = ?", [name]).fetchone()[0])

    def remember(self, entity: str, keys: Iterable[tuple[str, int]], fresh: bool = True) -> None:
        """Which record a key (id, address, name) stands for; the first one told holds."""
        self.db.executemany(
            "INSERT OR IGNORE INTO known VALUES (?, ?, ?, ?)", ((entity, key, id_, fresh) for key, id_ in keys)
        )

    def recall(self, entity: str, keys: list[str]) -> dict[str, tuple[int, bool]]:
        """(record id, whether this import made it) by key."""
        found: dict[str, tuple[int, bool]] = {}
        for some in in_parts(keys, 500):
            marks = ", ".join("?" * len(some))
            sql = f"SELECT key, id, fresh FROM known WHERE entity = ? AND key IN ({marks})"
            found.update({key: (id_, bool(new)) for key, id_, new in self.db.execute(sql, [entity, *some])})
        return found


def in_parts(items: list[Any], size: int) -> Iterator[list[Any]]:
    """The list in pieces."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
