"""When somebody first did something about a lead or a deal: followed up, answered, and from there to the close."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from leadline.insights.facts.company_time import local_day
from leadline.insights.facts.deals import SECONDS_A_DAY
from leadline.insights.facts.fact import Facts
from leadline.insights.facts.inputs import DEALS, LEADS, TOUCHES
from leadline.insights.facts.leads import with_deals

SECONDS_AN_HOUR = 3_600


def leads_followed_up(zone: str) -> ir.Table:
    """Every lead, on the day it was created: `waited` days until its first touch (below 0: before; null: never)."""
    first = of_leads().group_by("of_lead").agg(first_at=ibis._.touched_at.min())
    leads = with_deals()
    return _waited(leads.left_join(first, leads.lead == first.of_lead), zone)


def deals_followed_up(zone: str) -> ir.Table:
    """Every deal, on the day it was created: `waited` days until its first touch (below 0: before; null: never)."""
    first = of_deals().group_by("of_deal").agg(first_at=ibis._.touched_at.min())
    return _waited(DEALS.left_join(first, DEALS.deal == first.of_deal), zone)


def answers(zone: str) -> ir.Table:
    """Every lead, on the day it was handed over, else created: `hours` to the first touch by its owner since (or null).

    Also `waiting_since`, and `gave_up_at`: when it was closed.
    """
    leads = with_deals()
    leads = leads.mutate(waiting_since=ibis.coalesce(leads.handed_at, leads.created_at))
    touches = of_leads()
    own = leads.select(asked="lead", asked_owner="owner", asked_at="waiting_since").join(
        touches, [ibis._.asked == touches.of_lead, ibis._.asked_owner == touches.actor]
    )
    first = own.filter(own.touched_at >= own.asked_at).group_by("asked").agg(first_at=ibis._.touched_at.min())
    rows = leads.left_join(first, leads.lead == first.asked)
    return rows.mutate(
        hours=_between(rows.waiting_since, rows.first_at, SECONDS_AN_HOUR),
        gave_up_at=rows.closed_at,
        happened_on=local_day(rows.waiting_since, zone),
    )


def lag(zone: str) -> ir.Table:
    """Deals won, on the day they were: `days` from the first conversation to the close.

    From the first touch of the lead or the deal before the close; where none is logged from the lead's creation,
    without a lead from the deal's (`touched` 0). Null where that is not known or lies after the close.
    """
    deals = DEALS.filter(DEALS.status == "won")
    touches = of_deals()
    by_then = deals.select(sold="deal", sold_at="closed_at").join(touches, ibis._.sold == touches.of_deal)
    first = by_then.filter(by_then.touched_at < by_then.sold_at)
    first = first.group_by("sold").agg(first_at=ibis._.touched_at.min())
    leads = LEADS.filter(LEADS.deal.notnull()).group_by("deal").agg(lead_created_at=ibis._.created_at.min())
    leads = leads.rename(led="deal")
    rows = deals.left_join(first, deals.deal == first.sold)
    rows = rows.left_join(leads, rows.deal == leads.led)
    begun = ibis.coalesce(rows.first_at, rows.lead_created_at, rows.created_at)
    days = _between(begun, rows.closed_at, SECONDS_A_DAY)
    return rows.mutate(
        days=ibis.ifelse(days >= 0, days, None),
        touched=ibis.ifelse(rows.first_at.notnull(), 1, 0),
        happened_on=local_day(rows.closed_at, zone),
    )


def of_leads() -> ir.Table:
    """Touches of leads (`of_lead`), those of the deals they became among them."""
    became = LEADS.filter(LEADS.deal.notnull()).select(of_lead="lead", became="deal")
    on_deals = TOUCHES.filter(TOUCHES.deal.notnull()).join(became, ibis._.deal == became.became)
    on_leads = TOUCHES.filter(TOUCHES.lead.notnull()).mutate(of_lead=TOUCHES.lead)
    columns = ("of_lead", "touched_at", "kind", "actor")
    return ibis.union(on_leads.select(*columns), on_deals.select(*columns), distinct=False)


def of_deals() -> ir.Table:
    """Touches of deals (`of_deal`), those of the leads they came from among them."""
    became = LEADS.filter(LEADS.deal.notnull()).select(came_from="lead", of_deal="deal")
    on_leads = TOUCHES.filter(TOUCHES.lead.notnull()).join(became, ibis._.lead == became.came_from)
    on_deals = TOUCHES.filter(TOUCHES.deal.notnull()).mutate(of_deal=TOUCHES.deal)
    columns = ("of_deal", "touched_at", "kind", "actor")
    return ibis.union(on_deals.select(*columns), on_leads.select(*columns), distinct=False)


def _waited(rows: ir.Table, zone: str) -> ir.Table:
    return rows.mutate(
        waited=_between(rows.created_at, rows.first_at, SECONDS_A_DAY), happened_on=local_day(rows.created_at, zone)
    )


def _between(begin: ir.TimestampValue, end: ir.TimestampValue, unit: int) -> ir.FloatingValue:
    return (end.epoch_seconds() - begin.epoch_seconds()) / ibis.literal(float(unit))


FACTS = {
    "leads_followed_up": Facts(leads_followed_up, ("waited", "created_at"), rows="lead"),
    "deals_followed_up": Facts(deals_followed_up, ("waited", "created_at")),
    "answers": Facts(answers, ("hours", "waiting_since", "gave_up_at"), rows="lead"),
    "lag": Facts(lag, ("days", "touched")),
}
