"""Facts of hand-offs: what one person handed to another, and what came of it (R39)."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from leadline.insights.facts.company_time import local_day
from leadline.insights.facts.fact import Facts
from leadline.insights.facts.first_touches import SECONDS_AN_HOUR
from leadline.insights.facts.inputs import DEALS, HAND_OFFS, LACKS
from leadline.insights.facts.leads import with_deals

OF_HAND_OFFS = (
    "hand_off", "giver", "taker", "giver_role", "taker_role", "state", "handed_at", "answered_at",
)  # fmt: skip


def of_leads(zone: str) -> ir.Table:
    """Every hand-off of a lead, on its day: `success` accepted, `failure` given back, `pending` (0 or 1).

    `owner` is who took it. `hours` from the hand-off to its acceptance (null: not accepted), `waiting_since` the moment
    of the hand-off, `gave_up_at` null.
    """
    handed = HAND_OFFS.filter(HAND_OFFS.lead.notnull()).select(*OF_HAND_OFFS, of_lead="lead")
    leads = with_deals().drop("owner")
    return _answered(handed.join(leads, handed.of_lead == leads.lead), zone)


def of_deals(zone: str) -> ir.Table:
    """The same of deals that were won, as a closer hands them to who looks after the customer."""
    handed = HAND_OFFS.filter(HAND_OFFS.lead.isnull() & HAND_OFFS.deal.notnull())
    handed = handed.select(*OF_HAND_OFFS, of_deal="deal")
    deals = DEALS.drop("owner")
    return _answered(handed.join(deals, handed.of_deal == deals.deal), zone)


def not_returned(zone: str) -> ir.Table:
    """Hand-offs of leads that were accepted or still wait."""
    rows = of_leads(zone)
    return rows.filter(rows.failure == 0)


def lacking(zone: str) -> ir.Table:
    """What each lead that was given back lacked, on the day of that, `counted` by its hand-off; one row for nothing."""
    rows = of_leads(zone)
    rows = rows.filter(rows.failure == 1)
    lacks = LACKS.select(given_back="hand_off", lack="lack")
    rows = rows.left_join(lacks, rows.hand_off == lacks.given_back)
    return rows.mutate(counted=rows.hand_off, happened_on=local_day(rows.answered_at, zone))


def _answered(rows: ir.Table, zone: str) -> ir.Table:
    taken = rows.answered_at.epoch_seconds() - rows.handed_at.epoch_seconds()
    hours = taken / ibis.literal(float(SECONDS_AN_HOUR))
    return rows.mutate(
        owner=rows.taker,
        success=ibis.ifelse(rows.state == "accepted", 1, 0),
        failure=ibis.ifelse(rows.state == "returned", 1, 0),
        pending=ibis.ifelse(rows.state == "waiting", 1, 0),
        hours=ibis.ifelse(rows.state == "accepted", hours, None),
        waiting_since=rows.handed_at,
        gave_up_at=ibis.null("timestamp"),
        happened_on=local_day(rows.handed_at, zone),
    )


OUTCOME = ("success", "failure", "pending")
FACTS = {
    "hand_offs": Facts(of_leads, OUTCOME, rows="lead"),
    "deal_hand_offs": Facts(of_deals, OUTCOME),
    "acceptances": Facts(not_returned, ("hours", "waiting_since", "gave_up_at"), rows="lead"),
    "lacks": Facts(lacking, ("counted",), rows="lead"),
}
