"""The tables of the warehouse's file."""

from __future__ import annotations

import duckdb

from leadline.insights.log.arrival import log_table_sql
from leadline.insights.log.entities import ENTITIES
from leadline.insights.log.folding import versions_table_sql
from leadline.insights.store.relations import relations

# Another number: files of before are built anew from the log.
VERSION = 1

KEPT = {
    "visits": (
        "deal BIGINT, seq INTEGER, pipeline BIGINT, stage BIGINT, rank INTEGER, entered_at TIMESTAMP, "
        "left_at TIMESTAMP, ended VARCHAR, owner BIGINT, source BIGINT"
    ),
    "passages": (
        "deal BIGINT, pipeline BIGINT, stage BIGINT, rank INTEGER, entered_at TIMESTAMP, skipped BOOLEAN, "
        "outcome VARCHAR, owner BIGINT, source BIGINT"
    ),
}


def create(db: duckdb.DuckDBPyConnection) -> None:
    """Empty tables, whatever was there before. Without a row in `progress` they count as not there."""
    db.execute("CREATE OR REPLACE TABLE progress (version INTEGER, txn BIGINT, id BIGINT, mark VARCHAR)")
    for entity in ENTITIES.values():
        db.execute(f"DROP TABLE IF EXISTS {entity.log}")
        db.execute(f"DROP TABLE IF EXISTS {entity.versions}")
        db.execute(log_table_sql(entity))
        db.execute(versions_table_sql(entity))
    for name, columns in KEPT.items():
        db.execute(f"CREATE OR REPLACE TABLE {name} ({columns})")
    for name, select in relations(None).items():
        # The order of stages is kept as a table: what hangs on it is made anew when it changes.
        db.execute(f"CREATE OR REPLACE {'TABLE' if name == 'stage_order' else 'VIEW'} {name} AS {select}")
