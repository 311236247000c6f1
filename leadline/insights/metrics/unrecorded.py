"""Closed deals of which no stage is recorded: what they leave unknown of the stages (decision 0009)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import pyarrow as pa

from leadline.insights.metrics.selecting import Row, Tables, selection
from leadline.insights.question import Question

STAGE = "stage"
OF_STAGES = (STAGE, "playbook")  # what a deal without a stage has none of
BEARABLE = 0.05  # of the closed deals may have no stage recorded, before nobody knows how the stages convert
PIPELINES = "list(DISTINCT pipeline) AS pipelines"  # what `unplaced` needs to know of each row


def unplaced(tables: Tables, question: Question, rows: Sequence[Row], found: pa.Table) -> list[tuple[int, bool]]:
    """For each row the number of closed deals without a stage in its group, and whether they are too many.

    A row's group is what agrees with it in all but the stage, in the row's pipeline. The row of the stage not recorded
    is what it is.
    """
    groups = _closed(tables, question)
    others = [dimension.name for dimension in question.by if dimension.name not in OF_STAGES]
    marks = []
    for row, pipelines in zip(rows, found.column("pipelines").to_pylist(), strict=True):
        counts = groups[tuple(row[name] for name in others)]
        # A deal whose pipeline nobody knows may be of any.
        closed, unknown = (
            sum(counts.get(pipeline, (0, 0))[place] for pipeline in {*(pipelines or ()), None}) for place in (0, 1)
        )
        marks.append((unknown, unknown > BEARABLE * closed and not _of_none(question, row)))
    return marks


def _of_none(question: Question, row: Row) -> bool:
    asked = [label for dimension, label in question.where if dimension.name == STAGE]
    return (STAGE in row and row[STAGE] is None) or None in asked


def _closed(tables: Tables, question: Question) -> dict[tuple[object, ...], dict[int | None, tuple[int, int]]]:
    """By the labels of all dimensions but the stage, then by pipeline: closed deals, those of them without a stage."""
    whole = replace(
        question,
        by=tuple(dimension for dimension in question.by if dimension.name not in OF_STAGES),
        where=tuple((dimension, label) for dimension, label in question.where if dimension.name not in OF_STAGES),
    )
    chosen = selection(whole, extra="closed = 1")
    labels = [f"d{n}" for n in range(len(whole.by))]
    counted = tables.arrow(
        f"SELECT {', '.join([*labels, 'pipeline'])}, count(DISTINCT deal) AS closed, "
        f"count(DISTINCT deal) FILTER (placed = 0) AS unplaced FROM ({chosen.sql}) GROUP BY ALL",
        chosen.values,
    )
    found: dict[tuple[object, ...], dict[int | None, tuple[int, int]]] = defaultdict(dict)
    for row in counted.to_pylist():
        found[tuple(row[label] for label in labels)][row["pipeline"]] = (row["closed"], row["unplaced"])
    return found
