"""How long a number takes: `python -m bench.metrics --deals 100000 --work FOLDER [--postgresql]`.

Every metric of the catalogue over all time, warm (asked once before), in turns with the query written by hand in
DuckDB's SQL over the same warehouse file, where one is written: by stage, by owner and by month for those, in all for
the others. That one gives values only; ours adds intervals, tempered values and comparisons, and looks first
whether the log has grown. With `--postgresql` the same queries by hand run in PostgreSQL too. The log is one that
`bench.filling` fills.
"""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import duckdb

from bench import handwritten, in_postgresql
from bench.figures import Figure, medians, options, show
from bench.filling import filled
from bench.opened import open_leadline

AIM = 500  # ms


def measure(data: Path, repeats: int, postgresql: bool) -> list[Figure]:
    """Milliseconds for each metric and dimension."""
    open_leadline(data)
    from leadline.insights.ask import report
    from leadline.insights.catalogue import METRICS

    report("deals_added")  # opens the warehouse and follows the log
    found = []
    with ExitStack() as opened:
        db = opened.enter_context(duckdb.connect(str(data / "warehouse.duckdb")))
        theirs = opened.enter_context(in_postgresql.copied(db)) if postgresql else None
        for metric in METRICS:
            for dimension in handwritten.DIMENSIONS if metric in handwritten.PARTS else ("",):
                by = (dimension,) if dimension else ()
                query = handwritten.query(metric, dimension) if dimension else ""
                works = [lambda: report(metric, by=by)]  # noqa: B023
                works += [lambda: db.execute(query).fetchall()] if query else []  # noqa: B023
                for work in works:
                    work()
                ours, *bare = (seconds * 1000 for seconds in medians(works, repeats))
                note = in_postgresql.told(theirs, query) if theirs and query else "" if query else "none by hand"
                name = f"{metric} by {dimension}" if dimension else metric
                found.append(Figure(name, ours, "ms", bare[0] if bare else None, AIM, repeats, note))
    return found


def main() -> None:
    parser = options(__doc__)
    parser.add_argument("--deals", type=int, default=100_000)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--postgresql", action="store_true", help="the queries by hand in PostgreSQL as well")
    parser.add_argument("--work", type=Path, required=True, help="a folder for the filled data")
    asked = parser.parse_args()
    data = filled(asked.work, asked.deals)
    title = f"Metrics over {asked.deals:,} deals, five changes and five activities each"
    figures = measure(data, asked.repeats, asked.postgresql)
    show(title, "the query written by hand in DuckDB's SQL, values only", figures, asked.json)


if __name__ == "__main__":
    main()
