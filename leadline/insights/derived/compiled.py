"""The derivations as SQL."""

from __future__ import annotations

from typing import Any

from leadline.insights.duckdb_sql import duckdb_sql


def derivation_sql(name: str) -> str:
    """The SQL of a derivation (`derived.expressions`) over its named inputs."""
    return duckdb_sql(f"derived {name}", lambda: _expression(name))


def _expression(name: str) -> Any:
    # Ibis takes a second to import: only what is not compiled yet pays for it.
    from leadline.insights.derived.expressions import EXPRESSIONS  # noqa: PLC0415

    return EXPRESSIONS[name]()
