"""What an import takes: `python -m bench.importing --deals 100000 --work FOLDER [--postgresql]`.

`leadline import` of the generated files, as a child: seconds on the wall and on the processor, peak memory. The
baseline is what cannot be left out: the very rows that the import made, put by `executemany` into tables of the same
columns and indexes of a fresh SQLite file, in the same chunks, without reading any file or checking anything.
"""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from bench import folders
from bench.cluster import cluster
from bench.figures import Figure, options, show

CHUNK = 1000  # rows of one transaction
AT_A_TIME = 20_000  # rows held in memory


def plain_insert(data: Path, to: Path) -> tuple[float, float, int]:
    """Seconds on the wall and on the processor for putting a database's rows into an empty copy; how many rows."""
    to.unlink(missing_ok=True)
    wall = cpu = 0.0
    rows = 0
    with (
        closing(sqlite3.connect(data / "leadline.sqlite3")) as old,
        closing(sqlite3.connect(to, isolation_level=None)) as new,
    ):
        new.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536;")
        # The search's tables make tables of their own; an import does not write them.
        own = "name NOT LIKE 'sqlite_%' AND name NOT LIKE 'searching_%'"
        for (sql,) in old.execute(f"SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND {own}"):
            new.execute(sql)
        tables = [name for (name,) in old.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in (name for name in tables if name.startswith(("crm_", "history_", "activities_", "accounts_"))):
            found = old.execute(f'SELECT * FROM "{table}"')
            while some := found.fetchmany(AT_A_TIME):
                wall_begun, cpu_begun = time.perf_counter(), time.process_time()
                _put(new, table, some)
                wall, cpu = wall + time.perf_counter() - wall_begun, cpu + time.process_time() - cpu_begun
                rows += len(some)
    to.unlink()
    return wall, cpu, rows


def _put(db: sqlite3.Connection, table: str, rows: list[tuple[object, ...]]) -> None:
    sql = f'INSERT INTO "{table}" VALUES ({", ".join("?" * len(rows[0]))})'
    for chunk in _in_chunks(rows):
        db.execute("BEGIN IMMEDIATE")
        db.executemany(sql, chunk)
        db.execute("COMMIT")


def _in_chunks(rows: list[tuple[object, ...]]) -> Iterator[list[tuple[object, ...]]]:
    for start in range(0, len(rows), CHUNK):
        yield rows[start : start + CHUNK]


def lines(paths: list[Path]) -> int:
    """Rows below the headings."""
    return sum(path.read_bytes().count(b"\n") - 1 for path in paths)


def measure(work: Path, deals: int, *, postgresql: bool = False) -> list[Figure]:
    """The import beside the plain insert. On PostgreSQL without one: it has no SQLite file to read rows from."""
    paths, data = folders.files(work / f"files-{deals}", deals), work / "data-importing"
    shutil.rmtree(data, ignore_errors=True)
    if postgresql:
        with cluster() as url:
            ran = folders.bring_in(data, paths, DATABASE_URL=url)
        wall = cpu = None
        note = ""
    else:
        ran = folders.bring_in(data, paths)
        wall, cpu, rows = plain_insert(data, work / "plain.sqlite3")
        note = f"{rows:,} rows in tables"
    aim = deals / 100_000
    count = lines(paths)
    return [
        Figure("import, wall", ran.seconds, "s", wall, 60 * aim, note=f"{count:,} rows in files; {note}"),
        Figure("import, processor", ran.cpu_seconds, "s", cpu),
        Figure("rows of files per second", count / ran.seconds, "/s", rows / wall if wall else None),
        Figure("peak memory", ran.peak_mb, "MB", None, 1000),
    ]


def main() -> None:
    parser = options(__doc__)
    parser.add_argument("--deals", type=int, default=100_000)
    parser.add_argument("--work", type=Path, required=True, help="a folder for generated files and imported data")
    parser.add_argument("--postgresql", action="store_true", help="into a PostgreSQL of its own instead of SQLite")
    asked = parser.parse_args()
    asked.work.mkdir(parents=True, exist_ok=True)
    found = measure(asked.work, asked.deals, postgresql=asked.postgresql)
    where = "PostgreSQL" if asked.postgresql else "SQLite"
    show(
        f"Import of {asked.deals:,} deals into {where}",
        "executemany of the same rows into the same tables and indexes of a fresh SQLite file",
        found,
        asked.json,
    )


if __name__ == "__main__":
    main()
