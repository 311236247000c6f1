"""What a benchmark asks for by number: read from the database itself, past the product."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Known:
    """Numbers of what is there: all deals, those open in the fullest pipeline, its stages; names to search for."""

    pipeline: int
    stages: list[int]
    deals: list[int]
    open: list[int]
    names: list[str]
    fullest: int  # cards of the fullest column
    cursor: str  # the end of the log, as pages carry it


def known(data: Path, database_url: str = "") -> Known:
    """Of a database that is at rest."""
    with closing(_connected(data, database_url)) as db:

        def first(sql: str) -> list[Any]:
            return [row[0] for row in db.execute(sql).fetchall()]

        still = "status = 'open' AND deleted_at IS NULL"
        (pipeline,) = first(f"SELECT pipeline_id FROM crm_deal WHERE {still} GROUP BY 1 ORDER BY COUNT(*) DESC LIMIT 1")
        here = f"{still} AND pipeline_id = {pipeline}"
        names = first("SELECT name FROM crm_organization ORDER BY id LIMIT 500")
        names += first("SELECT name FROM crm_person ORDER BY id LIMIT 500")
        names += first("SELECT title FROM crm_deal ORDER BY id LIMIT 500")
        (fullest,) = first(f"SELECT COUNT(*) FROM crm_deal WHERE {here} GROUP BY stage_id ORDER BY 1 DESC LIMIT 1")
        txn, last = db.execute("SELECT txn, id FROM history_change ORDER BY txn DESC, id DESC LIMIT 1").fetchone()
        return Known(
            pipeline,
            first(f"SELECT id FROM crm_stage WHERE deleted_at IS NULL AND pipeline_id = {pipeline} ORDER BY position"),
            first("SELECT id FROM crm_deal WHERE deleted_at IS NULL ORDER BY id"),
            first(f"SELECT id FROM crm_deal WHERE {here} ORDER BY id"),
            [name for name in names if len(name) > 2],
            fullest,
            f"{txn}-{last}",
        )


def _connected(data: Path, database_url: str) -> Any:
    if not database_url:
        return sqlite3.connect(data / "leadline.sqlite3")
    import psycopg  # only where there is a PostgreSQL

    return psycopg.connect(database_url)
