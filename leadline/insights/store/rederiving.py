"""What is derived of deals' states: of all deals, or of those that changed; and the order of stages it hangs on."""

from __future__ import annotations

import duckdb

from leadline.insights.derived.deriving import derive
from leadline.insights.log.entities import DEAL
from leadline.insights.store import tables
from leadline.insights.store.refolding import slices
from leadline.insights.store.relations import relations


def order_stages(db: duckdb.DuckDBPyConnection) -> bool:
    """The table `stage_order` as things stand; False where it stood so already."""
    before = _stages(db)
    db.execute(f"CREATE OR REPLACE TABLE stage_order AS {relations(None)['stage_order']}")
    return before != _stages(db)


def _stages(db: duckdb.DuckDBPyConnection) -> list[tuple[int, ...]]:
    try:
        return db.execute("SELECT pipeline, stage, rank, gone FROM stage_order ORDER BY ALL").fetchall()
    except duckdb.CatalogException:
        return []


def derive_all(db: duckdb.DuckDBPyConnection) -> None:
    """Visits and passages of every deal."""
    for name in tables.KEPT:
        db.execute(f"DELETE FROM {name}")
    for part in slices(db, DEAL.versions, "deal"):
        rederive(db, f"SELECT * FROM {part}")


def rederive(db: duckdb.DuckDBPyConnection, versions: str, deals: str | None = None) -> None:
    """Visits and passages of the deals in the SELECT `versions`; `deals` names a table of those that have had some."""
    derive(db, versions)
    for name in tables.KEPT:
        if deals:
            db.execute(f"DELETE FROM {name} WHERE deal IN (SELECT record FROM {deals})")
        db.execute(f"INSERT INTO {name} BY NAME SELECT * FROM {name}_in")
