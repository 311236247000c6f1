"""From the first conversation to the close (R13)."""

from __future__ import annotations

from leadline.insights.metrics.centre import KINDS as CENTRE
from leadline.insights.metrics.centre import time
from leadline.insights.metrics.kind import Column, Kind
from leadline.insights.metrics.selecting import Row, Tables, grouped, selection
from leadline.insights.question import Question

FROM_CREATION = "days IS NOT NULL AND touched = 0"


def lag(tables: Tables, question: Question) -> list[Row]:
    """Rows as for times, and `from_creation`: how many begin at a creation, for no touch is logged before the close."""
    rows = time(tables, question)
    counted = grouped(tables, question, selection(question), f"count(*) FILTER (WHERE {FROM_CREATION}) AS untouched")
    for row, untouched in zip(rows, counted.column("untouched").to_pylist(), strict=True):
        row["from_creation"] = untouched
    return rows


_TIME = CENTRE["time"]
KINDS = {
    "lag": Kind(
        lag,
        {**_TIME.parts, "from_creation": FROM_CREATION},
        (*_TIME.columns, Column("from_creation", "deals", "from_creation")),
    )
}
