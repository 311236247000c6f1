"""When somebody first did something about a lead or a deal: followed up, answered, and from there to the close."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from leadline.insights.facts.care import beside
from leadline.insights.facts.company_time import local_day
from leadline.insights.facts.deals import SECONDS_A_DAY
from leadline.insights.facts.fact import Facts
from leadline.insights.facts.inputs import CARE, DEALS, HOLDS, LEADS, TOUCHES
from leadline.insights.facts.leads import earlier, with_deals

SECONDS_AN_HOUR = 3_600


def leads_followed_up(zone: str) -> ir.Table:
    """Every lead, on the day it was created: `waited` days until its first touch (below 0: before; null: never)."""
    own = _own_first()
    leads = with_deals()
    rows = leads.left_join(own, leads.lead == own.of_lead)
    deals = CARE.select(cared="deal", first_touched_at="first_touched_at")
    rows = rows.left_join(deals, rows.deal == deals.cared)
    return _waited(rows.mutate(first_at=earlier(rows.own_at, rows.first_touched_at)), zone)


def leads_worked(zone: str) -> ir.Table:
    """Leads that somebody touched, or the deal they became, on the day of the first touch: `owner` is who did it.

    Of several who did so in the same instant it is the first by number, so that a lead counts once.
    """
    touches = of_leads()
    first = touches.group_by("of_lead").agg(first_at=ibis._.touched_at.min()).rename(touched="of_lead")
    rows = touches.join(first, (touches.of_lead == first.touched) & (touches.touched_at == first.first_at))
    rows = rows.group_by(touched="of_lead", first_at="first_at").agg(worker=ibis._.actor.min())
    leads = with_deals().drop("owner")
    rows = leads.join(rows, leads.lead == rows.touched)
    return rows.mutate(owner=rows.worker, happened_on=local_day(rows.first_at, zone))


def deals_followed_up(zone: str) -> ir.Table:
    """Every deal, on the day it was created: `waited` days until its first touch (below 0: before; null: never)."""
    return _waited(_with_first(DEALS), zone)


def answers(zone: str) -> ir.Table:
    """Every time that somebody got a lead, by its creation or a hand-over, on that day: `hours` to their first touch.

    Null where there is none before it went to another: what its next owner does is theirs. Also `waiting_since`, and
    `gave_up_at`: when it was closed, or went on.
    """
    leads = with_deals().drop("owner")
    held = HOLDS.select(held="lead", owner="owner", held_since="since", held_until="until")
    rows = leads.join(held, leads.lead == held.held)
    rows = rows.mutate(waiting_since=ibis.coalesce(rows.held_since, rows.created_at))
    touches = of_leads()
    own = rows.select(asked="lead", asked_owner="owner", asked_at="waiting_since", asked_until="held_until").join(
        touches, [ibis._.asked == touches.of_lead, ibis._.asked_owner == touches.actor]
    )
    theirs = own.asked_until.isnull() | (own.touched_at < own.asked_until)
    own = own.filter((own.touched_at >= own.asked_at) & theirs)
    first = own.group_by("asked", "asked_owner", "asked_at").agg(first_at=ibis._.touched_at.min())
    rows = rows.left_join(
        first,
        [rows.lead == first.asked, rows.owner == first.asked_owner, rows.waiting_since == first.asked_at],
    )
    return rows.mutate(
        hours=_between(rows.waiting_since, rows.first_at, SECONDS_AN_HOUR),
        gave_up_at=earlier(rows.closed_at, rows.held_until),
        happened_on=local_day(rows.waiting_since, zone),
    )


def lag(zone: str) -> ir.Table:
    """Deals won, on the day they were: `days` from the first conversation to the close.

    From the first touch of the lead or the deal before the close; where none is logged from the lead's creation,
    without a lead from the deal's (`touched` 0). Null where that is not known or lies after the close.
    """
    deals = DEALS.filter(DEALS.status == "won")
    leads = LEADS.filter(LEADS.deal.notnull()).group_by("deal").agg(lead_created_at=ibis._.created_at.min())
    leads = leads.rename(led="deal")
    rows = _with_first(deals)
    rows = rows.left_join(leads, rows.deal == leads.led)
    rows = rows.mutate(talked_at=ibis.ifelse(rows.first_at < rows.closed_at, rows.first_at, None))
    begun = ibis.coalesce(rows.talked_at, rows.lead_created_at, rows.created_at)
    days = _between(begun, rows.closed_at, SECONDS_A_DAY)
    return rows.mutate(
        days=ibis.ifelse(days >= 0, days, None),
        touched=ibis.ifelse(rows.talked_at.notnull(), 1, 0),
        happened_on=local_day(rows.closed_at, zone),
    )


def of_leads() -> ir.Table:
    """Touches of leads (`of_lead`), those of the deals they became among them."""
    became = LEADS.filter(LEADS.deal.notnull()).select(of_lead="lead", became="deal")
    on_deals = TOUCHES.filter(TOUCHES.deal.notnull()).join(became, ibis._.deal == became.became)
    on_leads = TOUCHES.filter(TOUCHES.lead.notnull()).mutate(of_lead=TOUCHES.lead)
    columns = ("of_lead", "touched_at", "kind", "actor")
    return ibis.union(on_leads.select(*columns), on_deals.select(*columns), distinct=False)


def _with_first(deals: ir.Table) -> ir.Table:
    """Deals with `first_at`, their first touch, those of the leads they came from among them."""
    rows = beside(deals, CARE.select("deal", "first_touched_at"))
    became = LEADS.filter(LEADS.deal.notnull()).select(came_from="lead", of_deal="deal")
    touched = _own_first()
    leads = became.inner_join(touched, became.came_from == touched.of_lead)
    leads = leads.group_by("of_deal").agg(own_at=leads.own_at.min())
    rows = rows.left_join(leads, rows.deal == leads.of_deal)
    return rows.mutate(first_at=earlier(rows.own_at, rows.first_touched_at))


def _own_first() -> ir.Table:
    """of_lead, own_at: the first touch of each lead itself."""
    own = TOUCHES.filter(TOUCHES.lead.notnull())
    return own.group_by(of_lead=own.lead).agg(own_at=own.touched_at.min())


def _waited(rows: ir.Table, zone: str) -> ir.Table:
    return rows.mutate(
        waited=_between(rows.created_at, rows.first_at, SECONDS_A_DAY), happened_on=local_day(rows.created_at, zone)
    )


def _between(begin: ir.TimestampValue, end: ir.TimestampValue, unit: int) -> ir.FloatingValue:
    return (end.epoch_seconds() - begin.epoch_seconds()) / ibis.literal(float(unit))


FACTS = {
    "leads_worked": Facts(leads_worked, rows="lead"),
    "leads_followed_up": Facts(leads_followed_up, ("waited", "created_at"), rows="lead"),
    "deals_followed_up": Facts(deals_followed_up, ("waited", "created_at")),
    "answers": Facts(answers, ("hours", "waiting_since", "gave_up_at"), rows="lead"),
    "lag": Facts(lag, ("days", "touched")),
}
