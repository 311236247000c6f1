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

# What each source's five metrics are counted from: the metric whose facts they are, then number by number (R12).
FIVE = {
    "leads_added": {"leads": "count(*)"},
    "lead_to_opportunity": {"opportunities": "sum(success)", "decided": "sum(success + failure)"},
    "sal_value": {"sals": "count(*)", "sal_value": "coalesce(sum(amount), 0)"},
    "sal_to_won": {"sals_won": "sum(success)", "sals_decided": "sum(success + failure)"},
    "booked_revenue": {"booked": "coalesce(sum(amount), 0)"},
}


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
    doubts = _doubts(tables, question)
    rows: dict[str | None, dict[str, Any]] = {}
    for metric, numbers in FIVE.items():
        asked = _of(question, metric, SOURCE)
        if asked.metric.rows == "deal":
            asked = replace(asked, seen=deals_seen)
        facts = _with_evidence(doubts, asked)
        columns = ", ".join(f"{aggregate} AS {name}" for name, aggregate in numbers.items())
        grouped = f"SELECT recorded, evidenced, {columns} FROM ({facts.sql}) GROUP BY recorded, evidenced"
        for told in tables.arrow(grouped, facts.values).to_pylist():
            for name in numbers:
                for source, key in ((told["recorded"], name), (told["evidenced"], f"{name}_evidenced")):
                    row = rows.setdefault(source, {})
                    row[key] = row.get(key, 0) + told[name]
    keys = [f"{name}{end}" for numbers in FIVE.values() for name in numbers for end in ("", "_evidenced")]
    order = sorted(rows, key=lambda source: (source is None, str(source).lower()))
    return [{"source": source, **{key: rows[source].get(key, 0) for key in keys}} for source in order]


def believed_behind(tables: Tables, question: Question, metric: str, source: str | None) -> list[int]:
    """The leads that a metric counts for a source (None: not known) if the evidence is believed."""
    facts = _with_evidence(_doubts(tables, question), _of(question, metric, SOURCE))
    found = tables.arrow(
        f"SELECT DISTINCT lead FROM ({facts.sql}) WHERE evidenced IS NOT DISTINCT FROM ? ORDER BY lead",
        (*facts.values, source),
    )
    return [row["lead"] for row in found.to_pylist()]


def _doubts(tables: Tables, question: Question) -> dict[str, dict[int, str | None]]:
    """By lead and by deal, whenever created: the source that the evidence says (None: not known)."""
    whenever = replace(_of(question, "misattribution", SOURCE), start=None, end=None, where=())
    chosen = selection(whenever, extra="success = 1")
    found = tables.arrow(
        f"SELECT lead, deal, label FROM ({chosen.sql}) credited "
        "LEFT JOIN names ON names.kind = 'source' AND names.id = credited.evidenced",
        chosen.values,
    ).to_pylist()
    return {kind: {row[kind]: row["label"] for row in found if row[kind] is not None} for kind in ("lead", "deal")}


def _with_evidence(doubts: dict[str, dict[int, str | None]], asked: Question) -> Selection:
    """The facts of a metric with `recorded` and `evidenced`, the labels of their sources."""
    record = asked.metric.rows
    chosen, instead = selection(asked), doubts[record]
    return Selection(
        f"""
        SELECT facts.*, d0 AS recorded, CASE WHEN doubted IS NULL THEN d0 ELSE instead END AS evidenced
        FROM ({chosen.sql}) facts
        LEFT JOIN (SELECT unnest(?::BIGINT[]) AS doubted, unnest(?::VARCHAR[]) AS instead) moved
            ON moved.doubted = facts.{record}""",
        (*chosen.values, list(instead), list(instead.values())),
    )


def _of(question: Question, metric: str, *by: Dimension) -> Question:
    """The same question about another metric; what it cannot be narrowed by is not asked of it."""
    found = catalogue.find(metric)
    where = tuple((d, label) for d, label in question.where if d.field or d.name in found.dimensions)
    pipeline = question.pipeline if found.rows == "deal" else None
    return replace(question, metric=found, by=by, where=where, pipeline=pipeline)
