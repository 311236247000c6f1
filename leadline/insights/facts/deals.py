"""Facts of whole deals: created, closed, won, open."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from leadline.insights.facts.company_time import local_day
from leadline.insights.facts.fact import Facts
from leadline.insights.facts.inputs import DEALS

SECONDS_A_DAY = 86_400


def closed(zone: str) -> ir.Table:
    """Deals won or lost, on the day they were closed: `success`, `failure`, `pending` (0 or 1)."""
    deals = DEALS.filter(DEALS.status.isin(("won", "lost")))
    return _outcome(deals).mutate(happened_on=local_day(deals.closed_at, zone))


def cohort(zone: str) -> ir.Table:
    """Every deal, on the day it was created: `success`, `failure`, `pending` (0 or 1). Parked ones may come back."""
    return _outcome(DEALS).mutate(happened_on=local_day(DEALS.created_at, zone))


def won(zone: str) -> ir.Table:
    """Deals won, on the day they were: `amount` in the base currency (null: unknown), `days` from creation to close.

    `days` is null where a date is unknown, and where a deal is said to be closed before it was created.
    """
    deals = DEALS.filter(DEALS.status == "won")
    days = (deals.closed_at.epoch_seconds() - deals.created_at.epoch_seconds()) / ibis.literal(float(SECONDS_A_DAY))
    return deals.mutate(
        amount=deals.value_base,
        days=ibis.ifelse(days >= 0, days, None),
        happened_on=local_day(deals.closed_at, zone),
    )


def added(zone: str) -> ir.Table:
    """Every deal, on the day it was created."""
    return DEALS.mutate(happened_on=local_day(DEALS.created_at, zone))


def standing(zone: str) -> ir.Table:
    """Open deals, on the day on which they are expected to close: `amount` in the base currency (null: unknown)."""
    deals = DEALS.filter(DEALS.status == "open")
    return deals.mutate(amount=deals.value_base, happened_on=deals.expected_close_on)


def _outcome(deals: ir.Table) -> ir.Table:
    return deals.mutate(
        success=ibis.ifelse(deals.status == "won", 1, 0),
        failure=ibis.ifelse(deals.status == "lost", 1, 0),
        pending=ibis.ifelse(deals.status.isin(("won", "lost")), 0, 1),
    )


OUTCOME = ("success", "failure", "pending")
FACTS = {
    "closed": Facts(closed, OUTCOME),
    "cohort": Facts(cohort, OUTCOME),
    "won": Facts(won, ("amount", "days")),
    "added": Facts(added),
    "standing": Facts(standing, ("amount",)),
}
