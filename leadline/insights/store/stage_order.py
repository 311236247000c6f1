"""In which order a deal passes the stages of a pipeline."""

from __future__ import annotations


def stage_order_sql(stage_states: str) -> str:
    """SELECT pipeline, stage, rank (from 1), gone out of the stages' states as of some time."""
    return f"""
        SELECT pipeline, stage, gone,
            CAST(row_number() OVER (PARTITION BY pipeline ORDER BY position, gone, stage) AS INTEGER) AS rank
        FROM {stage_states}"""
