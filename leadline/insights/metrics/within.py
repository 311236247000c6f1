"""Of what came to nothing, or came back: the share of each reason (R4, R39)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from leadline.insights.metrics.kind import Kind
from leadline.insights.metrics.leads import columns, put_share
from leadline.insights.metrics.selecting import Row, Tables, grouped, labelled, selection
from leadline.insights.numbers.shown import floats
from leadline.insights.question import Question

REASONS = ("lost_reason", "discard_reason", "lack")
OF_FACTS = {"lost_to": ("competitor",)}  # what else is told apart by; everything else by its reason
COUNTED = "count(DISTINCT counted)"


def share_within(tables: Tables, question: Question) -> list[Row]:
    """Rows with value = share of those that agree in all but the reason; numerator, denominator, n, low, high.

    What has several reasons counts for each of them, so the shares may come to more than the whole.
    """
    groups = grouped(tables, question, selection(question), f"{COUNTED} AS k")
    rows = labelled(question, groups)
    wholes = _wholes(tables, question)
    n = np.array([float(wholes.get(_others(question, row), 0)) for row in rows])
    put_share(question, rows, floats(groups, "k"), n)
    return rows


def behind(tables: Tables, question: Question, part: str) -> list[int] | None:
    """Of n and the denominator those of every reason; else what the condition says."""
    if part == "numerator":
        return None
    chosen, rows = selection(_of_all(question)), question.metric.rows
    found = tables.arrow(f"SELECT DISTINCT {rows} AS record FROM ({chosen.sql}) ORDER BY record", chosen.values)
    return [row["record"] for row in found.to_pylist()]


def _wholes(tables: Tables, question: Question) -> dict[tuple[object, ...], int]:
    whole = _of_all(question)
    found = grouped(tables, whole, selection(whole), f"{COUNTED} AS whole")
    labels = [f"d{n}" for n in range(len(whole.by))]
    return {tuple(row[label] for label in labels): row["whole"] for row in found.to_pylist()}


def _of_all(question: Question) -> Question:
    told = _told_apart_by(question)
    return replace(
        question,
        by=tuple(dimension for dimension in question.by if dimension.name not in told),
        where=tuple((dimension, label) for dimension, label in question.where if dimension.name not in told),
    )


def _others(question: Question, row: Row) -> tuple[object, ...]:
    told = _told_apart_by(question)
    return tuple(row[dimension.name] for dimension in question.by if dimension.name not in told)


def _told_apart_by(question: Question) -> tuple[str, ...]:
    return OF_FACTS.get(question.metric.facts, REASONS)


PARTS = {"": "true", "numerator": "true", "denominator": "true"}
KINDS = {
    "share_of_lost": Kind(share_within, PARTS, columns("deals", "numerator", "denominator"), behind=behind),
    "share_of_leads_within": Kind(share_within, PARTS, columns("leads", "numerator", "denominator"), behind=behind),
}
