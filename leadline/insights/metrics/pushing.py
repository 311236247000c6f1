"""How often and how far expected closes are put off."""

from __future__ import annotations

from leadline.insights.metrics.kind import Column, Kind
from leadline.insights.metrics.selecting import Row, Tables, grouped, labelled, selection
from leadline.insights.question import Question


def pushing(tables: Tables, question: Question) -> list[Row]:
    """Rows with value = n moves to a later day, `pushed_days` of them in all, `deals` they befell, `sooner` moves."""
    columns = (
        "coalesce(sum(later), 0)::BIGINT AS n, coalesce(sum(CASE WHEN later = 1 THEN moved END), 0)::BIGINT AS days, "
        "count(DISTINCT CASE WHEN later = 1 THEN deal END) AS deals, "
        "coalesce(sum(CASE WHEN moved < 0 THEN 1 ELSE 0 END), 0)::BIGINT AS sooner"
    )
    found = grouped(tables, question, selection(question), columns)
    rows = labelled(question, found)
    for row, seen in zip(rows, found.to_pylist(), strict=True):
        row |= {"value": seen["n"], "n": seen["n"], "low": None, "high": None}
        row |= {"pushed_days": seen["days"], "deals": seen["deals"], "sooner": seen["sooner"]}
    return rows


KINDS = {
    "pushing": Kind(
        pushing,
        {"": "later = 1", "sooner": "moved < 0"},
        (Column("pushed_days", "days", ""), Column("deals", "deals", ""), Column("sooner", "number", "sooner")),
    )
}
