"""Facts as SQL, compiled once per shape."""

from __future__ import annotations

from functools import cache

from leadline.insights.dimensions import Dimension
from leadline.insights.duckdb_sql import duckdb_sql


@cache
def facts_sql(name: str, dimensions: tuple[Dimension, ...], zone: str) -> str:
    """The SQL of facts (`facts.expressions`) broken down by these dimensions, with days of this time zone."""
    # Ibis takes a second to import: only a process that asks for numbers pays for it.
    from leadline.insights.facts.expressions import broken_down_by  # noqa: PLC0415

    return duckdb_sql(broken_down_by(name, dimensions, zone))
