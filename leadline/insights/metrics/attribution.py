"""The attribution audit (R20): what contradicts the record, and what the sources' numbers are if it is believed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from leadline.insights import catalogue
from leadline.insights.dimensions import Dimension
from leadline.insights.metrics.selecting import Row, Selection, Tables, selection
from leadline.insights.question import Question

SOURCE, ORIGINATOR = Dimension("source"), Dimension("originator")
SHOWN = 200  # contradictions in a list; the others are counted

# What each source's five metrics are counted from: number, then which facts, then SQL over them (R12).
FIVE = (
    ("leads", "leads_added", "count(*)"),
    ("opportunities", "lead_to_opportunity", "sum(success)"),
    ("decided", "lead_to_opportunity", "sum(success + failure)"),
    ("sals", "sal_value", "count(*)"),
    ("sal_value", "sal_value", "sum(amount)"),
    ("sals_won", "sal_to_won", "sum(success)"),
    ("sals_decided", "sal_to_won", "sum(success + failure)"),
    ("booked", "booked_revenue", "sum(amount)"),
)


def contradictions(tables: Tables, question: Question) -> list[Row]:
    """Leads whose originator did nothing about them before they were there, latest first, at most 200.

    Rows: lead, source, originator, created_at, worker (who did work on it before; None: nobody), first_touch_at,
    first_touch_by, role (of who made the first touch), evidenced (the source that the evidence says; None: not known).
    """
    asked = _of(question, "misattribution", SOURCE, ORIGINATOR)
    chosen = selection(asked, extra="success = 1")
    return tables.arrow(
        f"""
        WITH found AS ({chosen.sql}), touched AS (
            SELECT lead, touched_at, actor, row_number() OVER (PARTITION BY lead ORDER BY touched_at, actor) AS nth
            FROM touches WHERE lead IN (SELECT lead FROM found))
        SELECT found.lead AS lead, d0 AS source, d1 AS originator, found.created_at AS created_at,
            worker.label AS worker, touched_at AS first_touch_at, toucher.label AS first_touch_by, staff.role AS role,
            evidenced.label AS evidenced
        FROM found
        LEFT JOIN touched ON touched.lead = found.lead AND nth = 1
        LEFT JOIN names worker ON worker.kind = 'owner' AND worker.id = found.worker
        LEFT JOIN names toucher ON toucher.kind = 'owner' AND toucher.id = touched.actor
        LEFT JOIN staff ON staff.member = touched.actor
        LEFT JOIN names evidenced ON evidenced.kind = 'source' AND evidenced.id = found.evidenced
        ORDER BY found.created_at DESC, found.lead LIMIT {SHOWN}""",
        chosen.values,
    ).to_pylist()


def believed(tables: Tables, question: Question, deals_seen: tuple[int, ...] | None) -> list[Row]:
    """One row per source (None: not known) with the numbers of FIVE as recorded, and `<name>_evidenced` if believed.

    `deals_seen` are the deals that may be counted (None: all), as `question.seen` is of leads.
    """
    rows: dict[str | None, dict[str, Any]] = {}
    for name, metric, aggregate in FIVE:
        asked = _of(question, metric, SOURCE)
        if asked.metric.rows == "deal":
            asked = replace(asked, seen=deals_seen)
        for key, label in ((name, "recorded"), (f"{name}_evidenced", "evidenced")):
            facts = _with_evidence(question, asked)
            found = tables.arrow(
                f"SELECT {label} AS source, {aggregate} AS number FROM ({facts.sql}) GROUP BY {label}", facts.values
            )
            for row in found.to_pylist():
                rows.setdefault(row["source"], {})[key] = row["number"] or 0
    keys = [f"{name}{end}" for name, _metric, _sql in FIVE for end in ("", "_evidenced")]
    order = sorted(rows, key=lambda source: (source is None, str(source).lower()))
    return [{"source": source, **{key: rows[source].get(key, 0) for key in keys}} for source in order]


def believed_behind(tables: Tables, question: Question, metric: str, source: str | None) -> list[int]:
    """The leads that a metric counts for a source (None: not known) if the evidence is believed."""
    facts = _with_evidence(question, _of(question, metric, SOURCE))
    found = tables.arrow(
        f"SELECT DISTINCT lead FROM ({facts.sql}) WHERE evidenced IS NOT DISTINCT FROM ? ORDER BY lead",
        (*facts.values, source),
    )
    return [row["lead"] for row in found.to_pylist()]


def _with_evidence(question: Question, asked: Question) -> Selection:
    """The facts of a metric with `recorded` and `evidenced`, the labels of their sources; moved whenever doubted."""
    whenever = replace(_of(question, "misattribution", SOURCE), start=None, end=None, where=())
    doubted, chosen = selection(whenever, extra="success = 1"), selection(asked)
    record = asked.metric.rows
    return Selection(
        f"""
        SELECT facts.*, d0 AS recorded, CASE WHEN doubted = 1 THEN instead ELSE d0 END AS evidenced
        FROM ({chosen.sql}) facts LEFT JOIN (
            SELECT {record} AS record, max(1) AS doubted, max(names.label) AS instead FROM ({doubted.sql}) credited
            LEFT JOIN names ON names.kind = 'source' AND names.id = credited.evidenced
            WHERE {record} IS NOT NULL GROUP BY {record}
        ) moved ON moved.record = facts.{record}""",
        (*chosen.values, *doubted.values),
    )


def _of(question: Question, metric: str, *by: Dimension) -> Question:
    """The same question about another metric; what it cannot be narrowed by is not asked of it."""
    found = catalogue.find(metric)
    where = tuple((d, label) for d, label in question.where if d.field or d.name in found.dimensions)
    pipeline = question.pipeline if found.rows == "deal" else None
    return replace(question, metric=found, by=by, where=where, pipeline=pipeline)
