"""What is derived of deals: of all there are, or of those that changed; and the order of stages it hangs on."""

from __future__ import annotations

import duckdb

from leadline.insights.derived.deriving import Sources, derive
from leadline.insights.log.entities import DEAL
from leadline.insights.store import tables
from leadline.insights.store.refolding import slices
from leadline.insights.store.relations import relations
from leadline.insights.store.sources import of_some, of_touched


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
    """Visits, passages, care … of every deal."""
    for name in tables.KEPT:
        db.execute(f"DELETE FROM {name}")
    for low, high in slices(db, DEAL.versions, "deal"):
        _rederive(db, of_some(low, high))


def rederive_touched(db: duckdb.DuckDBPyConnection) -> None:
    """The same of the deals that `refold` has just made anew, whose rows it has taken out."""
    _rederive(db, of_touched())


def _rederive(db: duckdb.DuckDBPyConnection, made_of: Sources) -> None:
    derive(db, made_of)
    for name in tables.KEPT:
        db.execute(f"INSERT INTO {name} BY NAME SELECT * FROM {name}_in")
