"""The tables of the warehouse's file."""

from __future__ import annotations

import duckdb

from leadline.insights.log.arrival import log_table_sql
from leadline.insights.log.entities import ENTITIES
from leadline.insights.log.folding import versions_table_sql
from leadline.insights.store.relations import relations

# Another number: files of before are built anew from the log.
VERSION = 8

KEPT = {
    "visits": (
        "deal BIGINT, seq INTEGER, pipeline BIGINT, stage BIGINT, rank INTEGER, entered_at TIMESTAMP, "
        "left_at TIMESTAMP, ended VARCHAR, owner BIGINT, source BIGINT"
    ),
    "passages": (
        "deal BIGINT, pipeline BIGINT, stage BIGINT, rank INTEGER, entered_at TIMESTAMP, skipped BOOLEAN, "
        "outcome VARCHAR, status VARCHAR, owner BIGINT, source BIGINT, ended_at TIMESTAMP, worked BIGINT"
    ),
    "passage_work": (
        "deal BIGINT, pipeline BIGINT, stage BIGINT, entered_at TIMESTAMP, outcome VARCHAR, owner BIGINT, "
        "source BIGINT, activity_type BIGINT, worked BIGINT"
    ),
    "care": (
        "deal BIGINT, first_touched_at TIMESTAMP, touched_at TIMESTAMP, worked BOOLEAN, pushes BIGINT, "
        "pushed_days BIGINT, planned BOOLEAN, entered_at TIMESTAMP, jumped BOOLEAN, advanced BOOLEAN"
    ),
}


def create(db: duckdb.DuckDBPyConnection) -> None:
    """Empty tables, whatever was there before. Without a row in `progress` they count as not there."""
    _clear(db)
    db.execute("CREATE TABLE progress (version INTEGER, txn BIGINT, id BIGINT, mark VARCHAR)")
    for entity in ENTITIES.values():
        db.execute(log_table_sql(entity))
        db.execute(versions_table_sql(entity))
    for name, columns in KEPT.items():
        db.execute(f"CREATE TABLE {name} ({columns})")
    for name, select in relations(None).items():
        # The order of stages is kept as a table: what hangs on it is made anew when it changes.
        db.execute(f"CREATE {'TABLE' if name == 'stage_order' else 'VIEW'} {name} AS {select}")


def _clear(db: duckdb.DuckDBPyConnection) -> None:
    """Away with everything, by whatever version it was made; first what says how far the log was read."""
    for kind, catalog in (("TABLE", "duckdb_tables()"), ("VIEW", "duckdb_views()")):
        own = f"SELECT {kind}_name FROM {catalog} WHERE NOT internal AND database_name = current_database()"
        names = [name for (name,) in db.execute(own).fetchall()]
        for name in sorted(names, key=lambda name: name != "progress"):
            db.execute(f'DROP {kind} "{name}"')
