"""Shares: stage conversion, win rate."""

from __future__ import annotations

from leadline.insights.metrics.comparing import compare
from leadline.insights.metrics.selecting import Row, Tables, grouped, labelled, selection
from leadline.insights.numbers import shrinkage
from leadline.insights.numbers.proportions import jeffreys
from leadline.insights.numbers.shown import floats, shown
from leadline.insights.question import Question


def proportion(tables: Tables, question: Question) -> list[Row]:
    """Rows with numerator, denominator (= n), value, low, high (90 % Jeffreys), pending; passages also with skipped."""
    columns = (
        "coalesce(sum(success), 0)::BIGINT AS k, coalesce(sum(success + failure), 0)::BIGINT AS n, "
        "coalesce(sum(pending), 0)::BIGINT AS pending"
    )
    jumps = question.metric.facts == "passages"
    if jumps:
        columns += ", coalesce(sum(jumped), 0)::BIGINT AS jumped"
    groups = grouped(tables, question, selection(question), columns)
    rows = labelled(question, groups)
    k, n = floats(groups, "k"), floats(groups, "n")
    low, high = jeffreys(k, n)
    for i, row in enumerate(rows):
        row |= {
            "value": float(k[i] / n[i]) if n[i] else None,
            "numerator": int(k[i]),
            "denominator": int(n[i]),
            "n": int(n[i]),
            "low": shown(low[i]),
            "high": shown(high[i]),
            "pending": groups.column("pending")[i].as_py(),
        }
        if jumps:
            row["skipped"] = groups.column("jumped")[i].as_py()
    compare(question, rows, [int(size) for size in n], lambda some: shrinkage.proportions(k[some], n[some]))
    return rows
