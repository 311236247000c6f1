"""Facts of what came to nothing, and why: deals lost, leads discarded (R4)."""

from __future__ import annotations

import ibis.expr.types as ir

from leadline.insights.facts.company_time import local_day
from leadline.insights.facts.fact import Facts
from leadline.insights.facts.inputs import DEALS
from leadline.insights.facts.leads import with_deals


def lost(zone: str) -> ir.Table:
    """Deals that are lost, on the day they were: `stage` is where they stood, `competitor` who got them."""
    deals = DEALS.filter(DEALS.status == "lost")
    told = deals.competitor.nullif("")
    return deals.mutate(counted=deals.deal, competitor=told, happened_on=local_day(deals.closed_at, zone))


def discarded(zone: str) -> ir.Table:
    """Leads that are discarded, on the day they were: `counted` is the lead."""
    leads = with_deals()
    leads = leads.filter(leads.status == "discarded")
    return leads.mutate(counted=leads.lead, happened_on=local_day(leads.closed_at, zone))


FACTS = {
    "lost": Facts(lost, ("counted",)),
    "lost_to": Facts(lost, ("counted",)),
    "discarded": Facts(discarded, ("counted",), rows="lead"),
}
