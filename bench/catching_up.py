"""How soon the numbers know: `python -m bench.catching_up --deals 100000 --work FOLDER`.

After 100 moves at the verb, the time in which the warehouse follows the log (parsed, folded, visits and passages made
anew for the deals concerned), in turns with the insert of the same 100 rows of the log into a bare DuckDB table.
"""

from __future__ import annotations

import random
import statistics
import time
from pathlib import Path
from typing import Any

import duckdb

from bench import folders
from bench.figures import Figure, options, percentile, show
from bench.opened import open_leadline
from bench.person import administrator

BARE = (
    "CREATE TABLE bare (id BIGINT, occurred_at TIMESTAMP, recorded_at TIMESTAMP, by_id BIGINT, via VARCHAR, "
    "entity VARCHAR, record_id BIGINT, verb VARCHAR, before VARCHAR, after VARCHAR)"
)
SINCE = (
    "SELECT id, occurred_at, recorded_at, by_id, via, entity, record_id, verb, before, after "
    "FROM history_change WHERE id > %s"
)


def measure(data: Path, changes: int, repeats: int) -> tuple[list[float], list[float], float]:
    """Seconds of each catching up, of each bare insert, and of building the warehouse from nothing."""
    open_leadline(data)
    from leadline.insights.warehouse import close, warehouse

    for path in data.glob("warehouse*"):
        path.unlink()
    begun = time.perf_counter()
    warehouse()
    built = time.perf_counter() - begun
    move = _mover()
    ours: list[float] = []
    bare: list[float] = []
    with duckdb.connect(str(data / "bare.duckdb")) as db:
        db.execute("DROP TABLE IF EXISTS bare")
        db.execute(BARE)
        for _ in range(repeats):
            last = _last()
            for _ in range(changes):
                move()
            begun = time.perf_counter()
            warehouse()
            ours.append(time.perf_counter() - begun)
            rows = _since(last)
            begun = time.perf_counter()
            _insert(db, rows)
            bare.append(time.perf_counter() - begun)
    close()
    return ours, bare, built


def _mover() -> Any:
    from leadline.crm.models import Deal, Stage

    person, chance = administrator(), random.Random(2)
    deals = list(Deal.objects.open().select_related("pipeline")[:3000])
    stages = list(Stage.objects.kept().select_related("pipeline"))

    def move() -> None:
        deal = chance.choice(deals)
        deal.move_to(chance.choice([stage for stage in stages if stage.pk != deal.stage_id]), by=person)

    return move


def _last() -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM history_change")
        return int(cursor.fetchone()[0])


def _since(last: int) -> list[tuple[Any, ...]]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(SINCE, [last])
        return list(cursor.fetchall())


def _insert(db: duckdb.DuckDBPyConnection, rows: list[tuple[Any, ...]]) -> None:
    """By Arrow, as the warehouse does: DuckDB's own executemany is far slower."""
    import pyarrow as pa

    columns = [pa.array(column) for column in zip(*rows, strict=True)]
    db.register("arrived", pa.Table.from_arrays(columns, names=[f"c{n}" for n in range(len(columns))]))
    db.execute("INSERT INTO bare SELECT * FROM arrived")
    db.unregister("arrived")


def main() -> None:
    parser = options(__doc__)
    parser.add_argument("--deals", type=int, default=100_000)
    parser.add_argument("--changes", type=int, default=100)
    parser.add_argument("--repeats", type=int, default=30)
    parser.add_argument("--work", type=Path, required=True, help="a folder for generated files and imported data")
    asked = parser.parse_args()
    ours, bare, built = measure(folders.imported(asked.work, asked.deals), asked.changes, asked.repeats)
    median, bare_median = statistics.median(ours) * 1000, statistics.median(bare) * 1000
    worst, bare_worst = percentile(ours, 0.95) * 1000, percentile(bare, 0.95) * 1000
    found = [
        Figure(f"catch-up after {asked.changes} changes, median", median, "ms", bare_median, 50, asked.repeats),
        Figure(f"catch-up after {asked.changes} changes, p95", worst, "ms", bare_worst, None, asked.repeats),
        Figure("warehouse built from nothing", built, "s"),
    ]
    title = f"The warehouse follows, at {asked.deals:,} deals and {5 * asked.deals:,} changes of deals"
    show(title, "the same rows of the log inserted into a bare DuckDB table", found, asked.json)


if __name__ == "__main__":
    main()
