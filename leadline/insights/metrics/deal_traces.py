"""The attribution audit of deals without a lead (R20): what contradicts the record, and where nothing is kept."""

from __future__ import annotations

from dataclasses import replace

from leadline.insights.dimensions import Dimension
from leadline.insights.metrics.kind import Column, Kind
from leadline.insights.metrics.leads import COUNTS, columns, put_share
from leadline.insights.metrics.proportion import PARTS
from leadline.insights.metrics.selecting import Row, Tables, grouped, labelled, selection
from leadline.insights.numbers.shown import floats
from leadline.insights.question import Question

SHOWN = 200  # deals in a list; the others are counted
RECORDED = tuple(map(Dimension, ("source", "originator", "campaign")))


def traced(tables: Tables, question: Question) -> list[Row]:
    """Rows with numerator, denominator (= n), value, low, high (Jeffreys); pending and no_evidence beside them."""
    also = "coalesce(sum(no_evidence), 0)::BIGINT AS no_evidence"
    groups = grouped(tables, question, selection(question), f"{COUNTS}, {also}")
    rows = labelled(question, groups)
    put_share(question, rows, floats(groups, "k"), floats(groups, "n"))
    for name in ("pending", "no_evidence"):
        for row, count in zip(rows, groups.column(name).to_pylist(), strict=True):
            row[name] = count
    return rows


def audited(tables: Tables, question: Question) -> list[Row]:
    """Deals of which the evidence contradicts the record, then those without any, each latest first; at most 200.

    Rows: deal, source, originator, campaign, created_at, worker (who made the first trace; None: no evidence kept),
    worked_at, told (the source that the campaign says), originator_doubted, source_doubted, no_evidence (0 or 1).
    """
    chosen = selection(replace(question, by=RECORDED), extra="(success = 1 OR no_evidence = 1)")
    return tables.arrow(
        f"""
        SELECT deal, d0 AS source, d1 AS originator, d2 AS campaign, created_at, maker.label AS worker, worked_at,
            says.label AS told, originator_doubted, source_doubted, no_evidence
        FROM ({chosen.sql}) AS credited
        LEFT JOIN names maker ON maker.kind = 'owner' AND maker.id = credited.worker
        LEFT JOIN names says ON says.kind = 'source' AND says.id = credited.told
        ORDER BY no_evidence, created_at DESC, deal LIMIT {SHOWN}""",
        chosen.values,
    ).to_pylist()


COLUMNS: tuple[Column, ...] = columns("deals", "numerator", "denominator", "pending", "no_evidence")
KINDS = {"deal_trace": Kind(traced, {**PARTS, "no_evidence": "no_evidence = 1"}, COLUMNS)}
