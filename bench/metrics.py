"""How long a number takes: `python -m bench.metrics --deals 100000 --work FOLDER`.

Every metric by stage, by owner and by month over all time, warm (asked once before), in turns with the same query
written by hand in DuckDB's SQL over the same warehouse file. The hand-written one gives values only; ours adds
intervals, tempered values and comparisons, and looks first whether the log has grown.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from bench import folders, handwritten
from bench.figures import Figure, medians, options, show
from bench.opened import open_leadline


def measure(data: Path, repeats: int) -> list[Figure]:
    """Milliseconds for each metric and dimension."""
    open_leadline(data)
    from leadline.insights.ask import report

    report("deals_added")  # opens the warehouse and follows the log
    found = []
    with duckdb.connect(str(data / "warehouse.duckdb")) as db:
        for metric in handwritten.PARTS:
            for dimension in handwritten.DIMENSIONS:
                query = handwritten.query(metric, dimension)
                works = (lambda: report(metric, by=(dimension,)), lambda: db.execute(query).fetchall())  # noqa: B023
                for work in works:
                    work()
                ours, bare = medians(works, repeats)
                found.append(Figure(f"{metric} by {dimension}", ours * 1000, "ms", bare * 1000, 300, repeats))
    return found


def main() -> None:
    parser = options(__doc__)
    parser.add_argument("--deals", type=int, default=100_000)
    parser.add_argument("--repeats", type=int, default=7)
    parser.add_argument("--work", type=Path, required=True, help="a folder for generated files and imported data")
    asked = parser.parse_args()
    data = folders.imported(asked.work, asked.deals)
    title = f"Metrics over {asked.deals:,} deals, {5 * asked.deals:,} changes of deals"
    show(title, "the query written by hand in DuckDB's SQL, values only", measure(data, asked.repeats), asked.json)


if __name__ == "__main__":
    main()
