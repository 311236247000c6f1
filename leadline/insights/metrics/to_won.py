"""From a stage to the win, and who went on without ever winning (R11)."""

from __future__ import annotations

from leadline.insights.metrics.kind import Column, Kind
from leadline.insights.metrics.proportion import COLUMNS, PARTS, proportion
from leadline.insights.metrics.selecting import Row, Tables, grouped, selection
from leadline.insights.question import Question

# Of a deal that lost after it had gone on from here, going on was no merit.
CARRIED = "advanced = 1 AND failure = 1"


def to_won(tables: Tables, question: Question) -> list[Row]:
    """Rows as for any proportion, and `carried`: deals that went on from the stage and were lost all the same."""
    rows = proportion(tables, question)
    counted = grouped(tables, question, selection(question), f"count(*) FILTER (WHERE {CARRIED}) AS carried")
    for row, carried in zip(rows, counted.column("carried").to_pylist(), strict=True):
        row["carried"] = carried
    return rows


KINDS = {
    "to_won": Kind(
        to_won,
        {**PARTS, "skipped": "jumped = 1", "carried": CARRIED},
        (*COLUMNS, Column("skipped", "deals", "skipped"), Column("carried", "deals", "carried")),
    )
}
