"""Facts as SQL."""

from __future__ import annotations

from typing import Any

from leadline.insights.dimensions import Dimension
from leadline.insights.duckdb_sql import duckdb_sql


def facts_sql(name: str, dimensions: tuple[Dimension, ...], zone: str) -> str:
    """The SQL of facts (`facts.expressions`) broken down by these dimensions, with days of this time zone."""
    shape = ", ".join(str((one.name, one.field, one.several, one.begins)) for one in dimensions)
    return duckdb_sql(f"facts {name} by {shape} in {zone}", lambda: _expression(name, dimensions, zone))


def _expression(name: str, dimensions: tuple[Dimension, ...], zone: str) -> Any:
    # Ibis takes a second to import: only what is not compiled yet pays for it.
    from leadline.insights.facts.expressions import broken_down_by  # noqa: PLC0415

    return broken_down_by(name, dimensions, zone)
