"""Ibis expressions as DuckDB's SQL, compiled once per shape."""

from __future__ import annotations

from functools import cache
from typing import Any

from leadline.insights.dimensions import Dimension


@cache
def derivation_sql(name: str) -> str:
    """The SQL of a derivation (`runs`, `hasty_returns`, `fates`, `visits`, `passages`) over its named inputs."""
    # Ibis takes a second to import: only a process that asks for numbers pays for it.
    from leadline.insights.derived.expressions import EXPRESSIONS  # noqa: PLC0415

    return _duckdb_sql(EXPRESSIONS[name]())


@cache
def facts_sql(name: str, dimensions: tuple[Dimension, ...], zone: str) -> str:
    """The SQL of facts (`facts.expressions`) broken down by these dimensions, with days of this time zone."""
    from leadline.insights.facts.expressions import broken_down_by  # noqa: PLC0415  see above

    return _duckdb_sql(broken_down_by(name, dimensions, zone))


def _duckdb_sql(expression: Any) -> str:
    import ibis  # noqa: PLC0415  see above

    return str(ibis.to_sql(expression, dialect="duckdb", pretty=False))
