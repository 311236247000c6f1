"""A log of any size, filled past the product: `python -m bench.filling --deals 1000000 --work FOLDER`.

For each deal five changes and five activities, and one lead in ten, in the order of time, as an old company's log is.
Only the log is filled, with what the product itself would have written: enough for the warehouse and the numbers, and
nothing that a page of records could show. Kept and used again.
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb

from bench import children, events, names_of_work

PART = 50_000  # rows of the log at a time
COLUMNS = ("occurred_at", "recorded_at", "by_id", "via", "entity", "record_id", "verb", "before", "after", "undoes")
OPENED = "import pathlib, sys, bench.opened; bench.opened.open_leadline(pathlib.Path(sys.argv[1]))"
TIME = "strftime(make_timestamp({0} * 1000000), '%Y-%m-%dT%H:%M:%S.000000Z')"

DEAL = f"""'{{"created_at":"' || {TIME.format("created")} || '","currency":"EUR","expected_close_on":"'
    || (DATE '1970-01-01' + CAST(day AS INTEGER)) || '","external_id":"D' || record || '","organization_id":'
    || (record % 200000 + 1) || ',"owner_id":' || owner || ',"person_id":' || (record % 300000 + 1)
    || ',"pipeline_id":1001,"revenue_type":"' || (CASE WHEN record % 7 = 0 THEN 'renewal' ELSE 'new' END)
    || '","source_id":' || (record % 6 + 1001) || ',"originator_id":' || (owner - owner % 4) || ',"stage_id":' || stage
    || (CASE WHEN kind = 'closed' THEN ',"status":"' || outcome || '","closed_at":"' || {TIME.format("closed")} || '"'
        ELSE ',"status":"open"' END)
    || ',"title":"Deal ' || record || ' for company ' || (record % 200000)
    || (CASE WHEN unvalued THEN '"' ELSE '","value":"' || CAST(value AS DECIMAL(18, 2)) || '","value_base":"'
        || CAST(value AS DECIMAL(18, 2)) || '"' END) || '}}'"""
DEAL_BEFORE = """CASE kind WHEN 'created' THEN '{}' WHEN 'moved' THEN '{"stage_id":' || was_stage || '}'
    WHEN 'valued' THEN '{"value":"1.00","value_base":"1.00"}' WHEN 'pushed' THEN '{"expected_close_on":"2020-01-01"}'
    ELSE '{"closed_at":null,"status":"open"}' END"""
ACTIVITY = f"""'{{"created_at":"' || {TIME.format("second")} || '","deal_id":' || deal || ',"owner_id":' || owner
    || ',"type_id":' || stage || ',"subject":"Speak about deal ' || deal || '","due_at":"' || {TIME.format("second")}
    || (CASE WHEN kind = 'done'
        THEN '","done_at":"' || {TIME.format("second")} || '","minutes":' || CAST(value AS INTEGER)
        ELSE '"' END) || '}}'"""
LEAD = f"""'{{"created_at":"' || {TIME.format("created")} || '","currency":"EUR","owner_id":' || owner
    || ',"source_id":' || (record % 6 + 1001) || ',"title":"Lead ' || record || '","value":"'
    || CAST(value AS DECIMAL(18, 2)) || '"' || (CASE kind WHEN 'lead' THEN ',"stage":"mql","status":"open"'
        WHEN 'qualified' THEN ',"stage":"sql","status":"open"' ELSE ',"stage":"sal","status":"converted","deal_id":'
        || deal || ',"closed_at":"' || {TIME.format("second")} || '"' END) || '}}'"""
LEAD_BEFORE = """CASE kind WHEN 'lead' THEN '{}' WHEN 'qualified' THEN '{"stage":"mql"}'
    ELSE '{"closed_at":null,"deal_id":null,"stage":"sql","status":"open"}' END"""
ROWS = f"""
    SELECT strftime(make_timestamp(second * 1000000), '%Y-%m-%d %H:%M:%S') AS happened, happened, owner, 'web',
        CASE WHEN kind IN ('done', 'planned') THEN 'activity'
            WHEN kind IN ('lead', 'qualified', 'converted') THEN 'lead' ELSE 'deal' END AS entity, record,
        CASE WHEN kind IN ('created', 'lead', 'done', 'planned') THEN 'create' ELSE 'change' END,
        CASE entity WHEN 'activity' THEN '{{}}' WHEN 'lead' THEN {LEAD_BEFORE} ELSE {DEAL_BEFORE} END,
        CASE entity WHEN 'activity' THEN {ACTIVITY} WHEN 'lead' THEN {LEAD} ELSE {DEAL} END, NULL
    FROM events WHERE rowid >= ? AND rowid < ? ORDER BY rowid"""


def filled(work: Path, deals: int) -> Path:
    """A data folder below `work` whose log tells of so many deals; filled where it is not there yet."""
    data = work / f"log-{deals}"
    if not (data / "complete").exists():
        data.mkdir(parents=True, exist_ok=True)
        command = [
            sys.executable,
            "-c",
            f"from bench.opened import open_leadline as o; o(__import__('pathlib').Path({str(data)!r}))",
        ]
        children.run(command, children.environment(data))
        _fill(data / "leadline.sqlite3", deals, work)
        (data / "complete").touch()
    return data


def _fill(path: Path, deals: int, work: Path) -> None:
    marks = ", ".join("?" * len(COLUMNS))
    insert = f"INSERT INTO history_change (txn, {', '.join(COLUMNS)}) VALUES (0, {marks})"
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA synchronous = OFF")
        indexes = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'history_change'")
        indexes = [(name, sql) for name, sql in indexes if sql]
        for name, _sql in indexes:
            db.execute(f"DROP INDEX {name}")
        db.executemany(insert, names_of_work.rows(max(1, deals // 5)))
        for rows in _rows(deals, work / f"events-{deals}.duckdb"):
            db.executemany(insert, rows)
            db.commit()
        for _name, sql in indexes:
            db.execute(sql)


def _rows(deals: int, path: Path) -> Iterator[list[tuple[object, ...]]]:
    path.unlink(missing_ok=True)
    with duckdb.connect(str(path)) as db:
        events.happened(db, deals)
        found = db.execute("SELECT count(*) FROM events").fetchone()
        assert found is not None
        for start in range(0, found[0], PART):
            yield db.execute(ROWS, [start, start + PART]).fetchall()
    path.unlink()


def main() -> None:
    ask = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    ask.add_argument("--deals", type=int, default=1_000_000)
    ask.add_argument("--work", type=Path, required=True)
    asked = ask.parse_args()
    begun = time.perf_counter()
    data = filled(asked.work, asked.deals)
    print(f"{data}  {(data / 'leadline.sqlite3').stat().st_size / 1e9:.2f} GB  {time.perf_counter() - begun:.0f} s")


if __name__ == "__main__":
    main()
