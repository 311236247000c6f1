"""Shares: stage conversion, win rate."""

from __future__ import annotations

import numpy as np

from leadline.insights.metrics.comparing import compare
from leadline.insights.metrics.kind import Column, Kind
from leadline.insights.metrics.selecting import Row, Tables, grouped, labelled, selection
from leadline.insights.metrics.unrecorded import PIPELINES, unplaced
from leadline.insights.numbers import shrinkage
from leadline.insights.numbers.proportions import jeffreys
from leadline.insights.numbers.shown import floats, shown
from leadline.insights.question import Question

OF_STAGES = (
    "passages",
    "passages_to_won",
    "passages_by_version",
)  # facts that tell which deals jumped, and which have no stage


def proportion(tables: Tables, question: Question) -> list[Row]:
    """Rows with numerator, denominator (= n), value, low, high (90 % Jeffreys), pending.

    Of passages also skipped and unknown: closed deals without a stage. Where those are too many (`unrecorded`), the
    real stages' value, low, high and comparison are None: where the deals were lost, nobody knows.
    """
    columns = (
        "coalesce(sum(success), 0)::BIGINT AS k, coalesce(sum(success + failure), 0)::BIGINT AS n, "
        "coalesce(sum(pending), 0)::BIGINT AS pending"
    )
    jumps = question.metric.facts in OF_STAGES
    if jumps:
        columns += f", coalesce(sum(jumped), 0)::BIGINT AS jumped, {PIPELINES}"
    groups = grouped(tables, question, selection(question), columns)
    rows = labelled(question, groups)
    k, n = floats(groups, "k"), floats(groups, "n")
    low, high = jeffreys(k, n)
    missing = unplaced(tables, question, rows, groups) if jumps else [(0, False)] * len(rows)
    blind = [too_many for _count, too_many in missing]
    for i, row in enumerate(rows):
        row |= {
            "value": float(k[i] / n[i]) if n[i] and not blind[i] else None,
            "numerator": int(k[i]),
            "denominator": int(n[i]),
            "n": int(n[i]),
            "low": None if blind[i] else shown(low[i]),
            "high": None if blind[i] else shown(high[i]),
            "pending": groups.column("pending")[i].as_py(),
        }
        if jumps:
            row |= {"skipped": groups.column("jumped")[i].as_py(), "unknown": missing[i][0]}
    k, n = (np.where(blind, 0.0, known) for known in (k, n))
    compare(question, rows, [int(size) for size in n], lambda some: shrinkage.proportions(k[some], n[some]))
    return rows


PARTS = {
    "": "success + failure = 1",
    "numerator": "success = 1",
    "denominator": "success + failure = 1",
    "pending": "pending = 1",
    "failed": "failure = 1",
    "entered": "success + failure + pending = 1",
}
COLUMNS = (
    Column("numerator", "deals", "numerator"),
    Column("denominator", "deals", "denominator"),
    Column("pending", "deals", "pending"),
)
KINDS = {
    "proportion": Kind(proportion, PARTS, COLUMNS),
    "passage": Kind(proportion, {**PARTS, "skipped": "jumped = 1"}, (*COLUMNS, Column("skipped", "deals", "skipped"))),
}
