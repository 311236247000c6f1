"""The derivations as SQL, compiled once."""

from __future__ import annotations

from functools import cache

from leadline.insights.duckdb_sql import duckdb_sql


@cache
def derivation_sql(name: str) -> str:
    """The SQL of a derivation (`runs`, `hasty_returns`, `fates`, `visits`, `passages`) over its named inputs."""
    # Ibis takes a second to import: only a process that asks for numbers pays for it.
    from leadline.insights.derived.expressions import EXPRESSIONS  # noqa: PLC0415

    return duckdb_sql(EXPRESSIONS[name]())
