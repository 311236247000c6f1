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
    return _as_most_write(deals.mutate(counted=deals.deal, happened_on=local_day(deals.closed_at, zone)))


def _as_most_write(deals: ir.Table) -> ir.Table:
    """One competitor under one name, however it is spaced and in whatever case: as it was written most often.

    Of names that were written as often, the first in the alphabet.
    """
    told = deals.competitor.strip().nullif("")
    deals = deals.mutate(competitor=told, rival=told.lower())
    counted = deals.mutate(written=deals.deal.count().over(group_by=[deals.rival, deals.competitor]))
    order = [counted.written.desc(), counted.competitor.asc()]
    most = counted.competitor.first().over(group_by=counted.rival, order_by=order)
    return counted.mutate(competitor=most).drop("rival", "written")


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
