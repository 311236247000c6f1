"""Every metric on DuckDB and on Spark, in one process and on a cluster of two workers: values compared, values unequal.

No times: that the answers are equal is what is shown here. `--write` makes docs/evidence/spark.md of it.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bench import machine
from leadline.insights.catalogue import METRICS
from leadline.insights.lake.exporting import export
from leadline.insights.lake.session import session
from leadline.insights.lake.spark import SparkLake
from leadline.insights.store.warehouse import Warehouse
from tests.insights.asking import followed
from tests.insights.lake.conftest import company
from tests.insights.lake.engines import TOLERANCE, WORKERS, Comparison, both, broken_down, cluster, executors, for_few
from tests.strategies.ledger import DAY, START

PAGE = Path(__file__).resolve().parent.parent / "docs" / "evidence" / "spark.md"
PAST = START + 90 * DAY
Told = dict[str, Comparison]


def main() -> int:
    """0 where all values are equal."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--deals", type=int, default=60)
    options.add_argument("--write", action="store_true", help=f"write {PAGE.name}")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-lake-") as folder:
        home, lake = followed(company(asked.deals)), Path(folder) / "lake"
        export(home, lake)
        with cluster(Path(folder)) as master:
            spread, workers = _on(master, home, lake)
        alone, _none = _on("local[2]", home, lake)
    text = "\n".join(_page(asked.deals, alone, spread, workers))
    print(text)
    if asked.write:
        PAGE.write_text(text + "\n", encoding="utf-8")
    return int(any(each.unequal for told in (alone, spread) for each in told.values()) or workers != WORKERS)


def _on(master: str, home: Warehouse, lake: Path) -> tuple[Told, int]:
    """Each metric whole, broken down, and as of a past day, compared; and how many workers there were."""
    spark = SparkLake(lake, master)
    own = for_few(session(master))
    told: Told = {metric: Comparison() for metric in METRICS}
    _ask(told, lambda metric: both(home, spark, metric))
    _ask(told, lambda metric: both(home, spark, metric, *broken_down(metric)))
    _ask(told, lambda metric: both(home, spark, metric, as_of=PAST))
    workers = executors(own.sparkContext)
    own.stop()
    return told, workers


def _ask(told: Told, answers: Callable[[str], Any]) -> None:
    for metric, comparison in told.items():
        comparison.compare(*answers(metric))


def _page(deals: int, alone: Told, spread: Told, workers: int) -> list[str]:
    about = machine.described()
    values, unequal = (sum(getattr(each, what) for told in (alone, spread) for each in told.values())
                       for what in ("values", "unequal"))  # fmt: skip
    lines = [
        "<!-- Written by `python -m bench.equality --write`. -->\n\n# DuckDB and Spark\n",
        f"{about['when']}, commit {about['commit']}, DuckDB {about['duckdb']}, PySpark {version('pyspark')}.\n",
        f"A company of {deals} deals with leads, activities, products, labels and targets; its lake was exported",
        "as Parquet. Every metric of the catalogue was asked in all, broken down, and as of a past day, of DuckDB, of",
        f"Spark in one process, and of a standalone cluster with {workers} workers.\n",
        f"**{values:,} values were compared, {unequal} are unequal.** Two numbers count as equal up to a relative",
        f"difference of {TOLERANCE:g}: sums of floats are taken in another order. Anything else must be the same.\n",
        "| metric | values, one process | unequal | values, cluster | unequal | largest relative difference |",
        "|---|---|---|---|---|---|",
    ]
    for metric in METRICS:
        one, two = alone[metric], spread[metric]
        most = max(one.largest, two.largest)
        cells = (metric, one.values, one.unequal, two.values, two.unequal, f"{most:.1e}" if most else "0")
        lines.append(f"| {' | '.join(map(str, cells))} |")
    return lines


if __name__ == "__main__":
    raise SystemExit(main())
