"""A warehouse of any size: `python -m bench.rebuilding --deals 1000000 --work FOLDER`.

Over a log filled by `bench.filling`: the warehouse from nothing, in a process of its own, with its most memory; a start
of another process with the warehouse there, up to the first answer; and the catching up after changes of many deals.
Processor seconds beside each: on a busy machine they say more than the wall's.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from pathlib import Path

from bench import children
from bench.figures import Figure, options, show
from bench.filling import filled
from bench.opened import open_leadline

REPEATS = 9


def from_nothing(data: Path) -> None:
    """Build the warehouse anew; a child does this."""
    for path in data.glob("warehouse.duckdb*"):
        path.unlink()
    open_leadline(data)
    from leadline.insights.warehouse import warehouse  # after the settings are known

    begun = time.perf_counter()
    warehouse()
    print(time.perf_counter() - begun)


def first_answer(data: Path) -> None:
    """Open what is there and answer one question; a child does this."""
    open_leadline(data)
    from leadline.insights.ask import report

    report("win_rate", by=("owner",))


def catch_up(data: Path, changes: int) -> tuple[list[float], list[float]]:
    """Seconds on the wall and of the processor for each of some times that as many deals have moved."""
    open_leadline(data)
    from leadline.insights.warehouse import close, warehouse

    chance, wall, processor = random.Random(3), [], []
    warehouse()
    for _ in range(REPEATS):
        _move(warehouse(), chance, changes)
        begun, used = time.perf_counter(), time.process_time()
        warehouse()
        wall.append(time.perf_counter() - begun)
        processor.append(time.process_time() - used)
    close()
    return wall, processor


def _move(tables: object, chance: random.Random, changes: int) -> None:
    """So many deals, from all over the log, into another stage; written as the verb writes it, without the row."""
    from django.utils import timezone

    from leadline.accounts.actors import SYSTEM
    from leadline.history.writing import Entry, append, writing

    sample = f"USING SAMPLE reservoir({changes} ROWS) REPEATABLE ({chance.randint(1, 999)})"
    deals = tables.arrow(f"SELECT deal, stage FROM deals {sample}").to_pylist()  # type: ignore[attr-defined]
    now = timezone.now()
    entries = [
        Entry("deal", row["deal"], "change", now, {"stage_id": chance.randint(1001, 1005)}, {"stage_id": row["stage"]})
        for row in deals
    ]
    with writing():
        append(entries, SYSTEM)


def measure(data: Path, changes: int) -> list[Figure]:
    """All of it."""
    built = _child(data, "from_nothing")
    cold = [_child(data, "first_answer") for _ in range(3)]
    wall, processor = catch_up(data, changes)
    size = (data / "warehouse.duckdb").stat().st_size / 2**20
    return [
        Figure("warehouse built from nothing", float(built.output.splitlines()[-1]), "s", aim=120),
        Figure("  processor, with the start", built.cpu_seconds, "s"),
        Figure("  most memory", built.peak_mb, "MB", aim=4096),
        Figure("  its file", size, "MB"),
        Figure("start and first answer, warehouse there", statistics.median(run.seconds for run in cold), "s", aim=5),
        Figure("  processor", statistics.median(run.cpu_seconds for run in cold), "s"),
        Figure(f"catch-up after {changes:,} changes, median", statistics.median(wall) * 1000, "ms", aim=200),
        Figure("  processor", statistics.median(processor) * 1000, "ms"),
    ]


def _child(data: Path, work: str) -> children.Ran:
    code = f"import pathlib, sys; from bench import rebuilding; rebuilding.{work}(pathlib.Path(sys.argv[1]))"
    return children.run([sys.executable, "-c", code, str(data)], children.environment(data))


def main() -> None:
    parser = options(__doc__)
    parser.add_argument("--deals", type=int, default=1_000_000)
    parser.add_argument("--changes", type=int, default=1000)
    parser.add_argument("--work", type=Path, required=True, help="a folder for the filled data")
    asked = parser.parse_args()
    title = f"The warehouse at {asked.deals:,} deals, five changes and five activities each"
    show(title, "none", measure(filled(asked.work, asked.deals), asked.changes), asked.json)


if __name__ == "__main__":
    main()
