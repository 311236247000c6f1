"""Every kind of facts by name, and broken down."""

from __future__ import annotations

from collections.abc import Callable

import ibis.expr.types as ir

from leadline.insights.dimensions import Dimension
from leadline.insights.facts import deals, stages
from leadline.insights.facts.dimensions import broken_down

FACTS: dict[str, Callable[[str], ir.Table]] = {
    "closed": deals.closed,
    "cohort": deals.cohort,
    "won": deals.won,
    "added": deals.added,
    "standing": deals.standing,
    "passages": stages.passages,
    "visits": stages.visits,
}
MEASURES = (
    "success", "failure", "pending", "jumped", "amount", "days", "complete", "entered_at", "left_at",
    "closed", "placed",
)  # fmt: skip


def broken_down_by(name: str, dimensions: tuple[Dimension, ...], zone: str) -> ir.Table:
    """The facts with columns deal, pipeline, happened_on, their measures, and d<n>, p<n> per dimension."""
    facts = FACTS[name](zone)
    for n, dimension in enumerate(dimensions):
        facts = broken_down(facts, n, dimension)
    measures = [measure for measure in MEASURES if measure in facts.columns]
    labels = [f"{letter}{n}" for n in range(len(dimensions)) for letter in "dp"]
    return facts.select("deal", "pipeline", "happened_on", *measures, *labels)
