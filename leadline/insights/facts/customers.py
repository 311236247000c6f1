"""Facts of customers: all that was won of those first won in some way, each told as its first deal was (R13)."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from leadline.insights.facts.company_time import local_day
from leadline.insights.facts.fact import Facts
from leadline.insights.facts.inputs import DEALS

OF_FIRST = ("pipeline", "owner", "originator", "source", "campaign", "revenue_type")


def customers(zone: str) -> ir.Table:
    """Every won deal and every lost renewal of a customer, on the day of that customer's first won deal.

    A customer (`customer`, a text) is the organization, else the person; deals of neither are nobody's. Source, owner,
    originator, campaign, pipeline and type are those of the first won deal. Measures: `amount` of won ones (null:
    unknown), `won`, `first`, `renewal`, and `priced`: whether any of the customer's amounts is known (0 or 1).
    """
    deals = DEALS.filter(DEALS.organization.notnull() | DEALS.person.notnull())
    deals = deals.mutate(customer=_customer(deals))
    rows = _told(deals)
    return rows.mutate(happened_on=local_day(rows.first_at, zone))


def _customer(deals: ir.Table) -> ir.StringValue:
    of_organization = ibis.literal("o") + deals.organization.cast("string")
    return ibis.coalesce(of_organization, ibis.literal("p") + deals.person.cast("string"))


def _told(deals: ir.Table) -> ir.Table:
    won = deals.filter(deals.status == "won")
    order = ibis.window(group_by=won.customer, order_by=[won.closed_at.isnull(), won.closed_at, won.deal])
    won = won.mutate(nth=ibis.row_number().over(order))
    first = won.filter(won.nth == 0).select(
        of="customer", first_deal="deal", first_at="closed_at", **{f"first_{name}": name for name in OF_FIRST}
    )
    lost_renewal = (deals.status == "lost") & (deals.revenue_type == "renewal")
    counted = deals.filter((deals.status == "won") | lost_renewal)
    rows = counted.drop(*(name for name in OF_FIRST if name != "revenue_type")).join(
        first, counted.customer == first.of
    )
    is_won = rows.status == "won"
    priced = ibis.ifelse(is_won & rows.value_base.notnull(), 1, 0)
    return rows.mutate(
        priced=priced.max().over(ibis.window(group_by=rows.of)),
        amount=ibis.ifelse(is_won, rows.value_base, None),
        won=ibis.ifelse(is_won, 1, 0),
        first=ibis.ifelse(rows.deal == rows.first_deal, 1, 0),
        renewal=ibis.ifelse(rows.revenue_type == "renewal", 1, 0),
        **{name: rows[f"first_{name}"] for name in OF_FIRST},
    )


FACTS = {"customers": Facts(customers, ("customer", "amount", "won", "first", "renewal", "priced"))}
