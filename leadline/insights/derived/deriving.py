"""Visits and passages of some deals, computed inside DuckDB from their versions."""

from __future__ import annotations

import duckdb

from leadline.insights.derived.compiled import derivation_sql
from leadline.insights.derived.undone import Move, undone


def derive(db: duckdb.DuckDBPyConnection, versions: str) -> None:
    """Fill the temporary tables `visits_in` and `passages_in` from the SELECT `versions`, whole deals at a time.

    Expects a relation `stage_order` (pipeline, stage, rank, gone) in reach.
    """
    db.execute(f"CREATE OR REPLACE TEMP VIEW versions_in AS {versions}")
    _table(db, "runs_in", derivation_sql("runs"))
    _drop_undone(db)
    _table(db, "fates_in", derivation_sql("fates"))
    _table(db, "visits_in", derivation_sql("visits"))
    _table(db, "passages_in", derivation_sql("passages"))


def _table(db: duckdb.DuckDBPyConnection, name: str, select: str) -> None:
    db.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {select}")


def _drop_undone(db: duckdb.DuckDBPyConnection) -> None:
    suspects = f"SELECT deal FROM ({derivation_sql('hasty_returns')})"
    rows = db.execute(
        f"SELECT deal, seq, place, started_at, actor FROM runs_in WHERE deal IN ({suspects}) ORDER BY deal, seq"
    ).fetchall()
    dropped = list(undone(Move(*row) for row in rows))
    if dropped:
        deals, places = map(list, zip(*dropped, strict=True))
        db.execute(
            "DELETE FROM runs_in WHERE (deal, seq) IN (SELECT unnest(?::BIGINT[]), unnest(?::INTEGER[]))",
            [deals, places],
        )
