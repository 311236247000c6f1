"""Sums and counts."""

from __future__ import annotations

from leadline.insights.metrics.kind import Column, Kind
from leadline.insights.metrics.selecting import Row, Tables, grouped, labelled, selection
from leadline.insights.question import Question

DAYS_A_WEEK = 7


def total(tables: Tables, question: Question) -> list[Row]:
    """Rows with value (Decimal, exact to the cent), n deals, left_out of them without an amount."""
    columns = "coalesce(sum(amount), 0) AS total, count(*) AS n, count(*) - count(amount) AS left_out"
    groups = grouped(tables, question, selection(question), columns)
    rows = labelled(question, groups)
    for row, found in zip(rows, groups.select(["total", "n", "left_out"]).to_pylist(), strict=True):
        row |= {"value": found["total"], "n": found["n"], "low": None, "high": None, "left_out": found["left_out"]}
    return rows


def count(tables: Tables, question: Question) -> list[Row]:
    """Rows with value = n; per_week where the period has both ends."""
    groups = grouped(tables, question, selection(question), "count(*) AS n")
    rows = labelled(question, groups)
    for row, found in zip(rows, groups.select(["n"]).to_pylist(), strict=True):
        n = found["n"]
        row |= {"value": n, "n": n, "low": None, "high": None}
        if question.start and question.end:
            row["per_week"] = n * DAYS_A_WEEK / ((question.end - question.start).days + 1)
    return rows


KINDS = {
    "total": Kind(total, {"": "true", "left_out": "amount IS NULL"}, (Column("left_out", "deals", "left_out"),)),
    "count": Kind(count, {"": "true"}, (Column("per_week", "number"),)),
}
