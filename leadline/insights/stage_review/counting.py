"""Counting for a review of stages, out of the passages."""

from __future__ import annotations

import datetime as dt
from typing import Any

from leadline.insights.metrics.selecting import Tables
from leadline.insights.stage_review.review import AT_ONCE, Sign, StageFacts
from leadline.insights.store.states import literal

# What stands behind each number of a stage, as a condition on its steps.
BEHIND = {
    "entered": "true",
    "advanced": "outcome = 'advanced'",
    "decided": "outcome IN ('advanced', 'failed')",
    "failed": "outcome = 'failed'",
    "pending": "outcome = 'pending'",
    "jumped": "skipped",
    "stood": "on_to_next",
    "at_once": "at_once",
}
OF_SIGN = {Sign.PASSED: "advanced", Sign.STOPPED: "failed", Sign.TOGETHER: "at_once", Sign.JUMPED: "jumped"}
Seen = tuple[int, ...] | None


def count(tables: Tables, pipeline: int, since: dt.datetime, seen: Seen) -> tuple[StageFacts, ...]:
    """The stages of a pipeline that are there, in their order, with what passed since (naive UTC)."""
    counted = ", ".join(
        f"count(*) FILTER (WHERE {BEHIND[name]}) AS {name}"
        for name in ("advanced", "failed", "pending", "jumped", "stood", "at_once")
    )
    found = tables.arrow(
        f"SELECT stage, {counted} FROM ({_steps(pipeline, since, seen)}) GROUP BY stage", _values(seen)
    )
    by_stage = {row.pop("stage"): row for row in found.to_pylist()}
    order = tables.arrow(
        "SELECT s.stage, n.label FROM stages AS s JOIN names AS n ON n.kind = 'stage' AND n.id = s.stage "
        f"WHERE s.pipeline = {int(pipeline)} AND NOT s.gone ORDER BY s.rank"
    ).to_pylist()
    following = [*order[1:], {"stage": None, "label": ""}]
    return tuple(
        StageFacts(
            stage=row["stage"],
            name=row["label"],
            following=after["stage"],
            following_name=after["label"],
            **by_stage.get(row["stage"], {}),
        )
        for row, after in zip(order, following, strict=True)
    )


def deals_behind(tables: Tables, pipeline: int, since: dt.datetime, seen: Seen, stage: int, number: str) -> list[int]:
    """The deals that a number of a stage counts (a key of BEHIND)."""
    chosen = f"stage = {int(stage)} AND {BEHIND[number]}"
    found = tables.arrow(
        f"SELECT DISTINCT deal FROM ({_steps(pipeline, since, seen)}) WHERE {chosen} ORDER BY deal", _values(seen)
    )
    return [row["deal"] for row in found.to_pylist()]


def _steps(pipeline: int, since: dt.datetime, seen: Seen) -> str:
    """SELECT the passages since: whether the deal stood there and in the next stage, and came there at once."""
    whose = "" if seen is None else " AND deal IN (SELECT unnest(?::BIGINT[]))"
    here = f"""
        SELECT p.deal, p.stage, p.entered_at, p.skipped, p.outcome, s.rank
        FROM passages AS p JOIN stages AS s ON s.stage = p.stage
        WHERE p.pipeline = {int(pipeline)} AND NOT s.gone AND p.entered_at IS NOT NULL{whose}"""
    gap = f"epoch(next_at - entered_at) <= {AT_ONCE.total_seconds():.0f}"
    return f"""
        SELECT *, next_at IS NOT NULL AND NOT skipped AND NOT next_skipped AS on_to_next,
            next_at IS NOT NULL AND NOT skipped AND NOT next_skipped AND {gap} AS at_once
        FROM (
            SELECT *, lead(entered_at) OVER own AS next_at, lead(skipped) OVER own AS next_skipped
            FROM ({here}) WINDOW own AS (PARTITION BY deal ORDER BY rank)
        ) WHERE entered_at >= {literal(since)}"""


def _values(seen: Seen) -> list[Any]:
    return [] if seen is None else [list(seen)]
