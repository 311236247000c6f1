"""What is derived of some deals, computed inside DuckDB from their versions and from what was done about them."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from leadline.insights.derived.compiled import derivation_sql
from leadline.insights.derived.undone import Move, undone

STEPS = ("fates", "visits", "entries", "work", "passages", "passage_work", "care")  # after the runs, in this order


@dataclass(frozen=True)
class Sources:
    """SELECTs of the inputs, whole deals at a time: with the columns of `VERSIONS`, `TOUCHES` … of `derived.inputs`."""

    versions: str
    touches: str
    pushes: str
    activities: str

    @property
    def clocks(self) -> str:
        """The deals as they stand at the end of their versions, those too that are deleted or merged then."""
        return f"SELECT deal, status, created_at, closed_at FROM ({self.versions}) WHERE valid_to IS NULL"


def views(sources: Sources) -> dict[str, str]:
    """Name to SELECT of the inputs but activities, which `touches` may use as `activities_in`."""
    told = {
        "versions": sources.versions,
        "clocks": sources.clocks,
        "touches": sources.touches,
        "pushes": sources.pushes,
    }
    return {f"{name}_in": select for name, select in told.items()}


def derive(db: duckdb.DuckDBPyConnection, sources: Sources) -> None:
    """Fill the temporary tables `visits_in`, `passages_in`, `passage_work_in` and `care_in`.

    Expects a relation `stage_order` (pipeline, stage, rank, gone) in reach.
    """
    # Read several times, and found by looking through all there are.
    _table(db, "activities_in", sources.activities)
    for name, select in views(sources).items():
        db.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS {select}")
    _table(db, "runs_in", derivation_sql("runs"))
    _drop_undone(db)
    for step in STEPS:
        _table(db, f"{step}_in", derivation_sql(step))


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
