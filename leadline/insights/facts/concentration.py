"""Facts of how much of what was won hangs on few."""

from __future__ import annotations

import ibis.expr.types as ir

from leadline.insights.facts.deals import won
from leadline.insights.facts.fact import Facts


def won_by(zone: str) -> ir.Table:
    """Deals won, on the day they were: `amount` in the base currency (null: unknown), `customer` (the organization)."""
    deals = won(zone)
    return deals.mutate(customer=deals.organization)


FACTS = {"won_by": Facts(won_by, ("amount", "customer"))}
