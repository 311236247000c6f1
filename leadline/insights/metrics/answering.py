"""One way from a question to rows, and from a row to what stands behind it."""

from __future__ import annotations

from leadline.insights.metrics import (
    adjusted,
    ageing,
    centre,
    concentration,
    coverage,
    deal_traces,
    effort,
    fluff,
    following_up,
    incidence,
    index,
    lag,
    leads,
    lifetime,
    living,
    lost_time,
    proportion,
    pushing,
    ramp,
    recording,
    response,
    reviewing,
    sources,
    standing,
    stay,
    to_won,
    total,
    within,
)
from leadline.insights.metrics.kind import Kind
from leadline.insights.metrics.selecting import Row, Tables, selection
from leadline.insights.question import BadQuestion, Question

FAMILIES = (
    proportion,
    centre,
    stay,
    total,
    leads,
    following_up,
    response,
    lag,
    lifetime,
    living,
    sources,
    deal_traces,
    index,
    adjusted,
    to_won,
    ramp,
    effort,
    lost_time,
    reviewing,
    incidence,
    ageing,
    standing,
    pushing,
    concentration,
    fluff,
    coverage,
    recording,
    within,
)
KINDS: dict[str, Kind] = {name: kind for family in FAMILIES for name, kind in family.KINDS.items()}

# Kinds whose answers are the same whatever the moment of the question, as long as nothing happens.
TIMELESS = frozenset(
    {
        "adjusted", "count", "customer_concentration", "deal_concentration", "deal_leak", "deal_trace",
        "effective_number", "effort", "index", "lag", "lead_leak", "lead_share", "lead_step", "lead_total",
        "lead_trace", "lifetime", "passage", "proportion", "pushing", "recording", "share_of_leads",
        "share_of_leads_within", "share_of_lost", "share_of_value", "size", "time", "time_on_lost",
        "time_spent", "to_won", "total",
    }
)  # fmt: skip


def answer(tables: Tables, question: Question) -> list[Row]:
    """The rows of the metric, as its catalogue entry and the functions of `metrics` describe them."""
    return KINDS[question.metric.kind].answer(tables, question)


def records_behind(tables: Tables, question: Question, part: str = "") -> list[int]:
    """What a number counts: ids of the metric's `rows`. `question.where` says which row; `part` which column of it.

    Raises BadQuestion for a part that the metric has not.
    """
    kind = KINDS[question.metric.kind]
    if part not in kind.parts:
        raise BadQuestion(f"{question.metric.name} has no part {part!r}. Try {', '.join(filter(None, kind.parts))}.")
    found = kind.behind(tables, question, part) if kind.behind else None
    if found is not None:
        return found
    chosen = selection(question, dated=part not in kind.undated, extra=kind.parts[part])
    rows = question.metric.rows
    records = tables.arrow(
        f"SELECT DISTINCT {rows} AS record FROM ({chosen.sql}) WHERE {rows} IS NOT NULL ORDER BY record", chosen.values
    )
    return [row["record"] for row in records.to_pylist()]
