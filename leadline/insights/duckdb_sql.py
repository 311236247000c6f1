"""Ibis expressions as DuckDB's SQL."""

from __future__ import annotations

from typing import Any


def duckdb_sql(expression: Any) -> str:
    """The expression as one SELECT."""
    # Ibis takes a second to import: only a process that asks for numbers pays for it.
    import ibis  # noqa: PLC0415

    return str(ibis.to_sql(expression, dialect="duckdb", pretty=False))
