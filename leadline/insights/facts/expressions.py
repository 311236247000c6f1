"""Every kind of facts by name, and broken down."""

from __future__ import annotations

import ibis.expr.types as ir

from leadline.insights.dimensions import Dimension
from leadline.insights.facts import (
    activities,
    attribution,
    concentration,
    customers,
    deal_credit,
    deals,
    endings,
    first_touches,
    fluff,
    handing,
    leads,
    open_deals,
    people,
    playbooks,
    pushes,
    quality,
    reviews,
    roads,
    stages,
)
from leadline.insights.facts.dimensions import broken_down, needed
from leadline.insights.facts.fact import Facts

FAMILIES = (
    deals,
    stages,
    leads,
    first_touches,
    customers,
    attribution,
    deal_credit,
    activities,
    reviews,
    people,
    roads,
    open_deals,
    pushes,
    concentration,
    fluff,
    quality,
    endings,
    handing,
    playbooks,
)
FACTS: dict[str, Facts] = {name: facts for family in FAMILIES for name, facts in family.FACTS.items()}


def broken_down_by(name: str, dimensions: tuple[Dimension, ...], zone: str) -> ir.Table:
    """The facts: the column of their records, pipeline, happened_on, their measures, d<n> and p<n> per dimension."""
    kind = FACTS[name]
    facts = kind.made(zone, map(needed, dimensions))
    for n, dimension in enumerate(dimensions):
        facts = broken_down(facts, n, dimension)
    labels = [f"{letter}{n}" for n in range(len(dimensions)) for letter in "dp"]
    return facts.select(kind.rows, "pipeline", "happened_on", *kind.measures, *labels)
