"""What the store derives of a company whose relations are written straight into DuckDB."""

from __future__ import annotations

import duckdb

from leadline.insights.derived.compiled import derivation_sql

TOLD = "told_passages"  # where a test writes its passages
INPUTS = {
    "visits_in": "SELECT *, NULL::INTEGER AS seq, NULL::INTEGER AS rank FROM visits",
    "entries_in": (
        f"SELECT told.* EXCLUDE (status, ended_at, worked), rank, known.status FROM {TOLD} AS told "
        "LEFT JOIN (SELECT deal, status FROM deals) AS known USING (deal) "
        "LEFT JOIN (SELECT stage, rank FROM stages) AS ranked USING (stage)"
    ),
    "clocks_in": (
        "SELECT deal, status, created_at, closed_at FROM deals UNION ALL BY NAME "
        "SELECT DISTINCT deal FROM touches WHERE deal NOT IN (SELECT deal FROM deals)"
    ),
    "touches_in": "SELECT deal, touched_at FROM touches WHERE deal IS NOT NULL",
    "pushes_in": "SELECT deal, days FROM pushes",
    "activities_in": "SELECT deal, activity_type, done_at FROM activities WHERE deal IS NOT NULL",
    "work_in": derivation_sql("work"),
    "passages": derivation_sql("passages"),
    "passages_in": "SELECT * FROM passages",
    "passage_work": derivation_sql("passage_work"),
    "care": derivation_sql("care"),
}


def derive_here(db: duckdb.DuckDBPyConnection) -> None:
    """Passages as told become what the store makes of them; care and work are made of what there is."""
    db.execute(f"ALTER TABLE passages RENAME TO {TOLD}")
    for name in ("passage_work", "care"):
        db.execute(f"DROP TABLE IF EXISTS {name}")
    for name, select in INPUTS.items():
        db.execute(f"CREATE VIEW {name} AS {select}")
