"""Facts of stages: passages and visits, with the owner and the source at entry and the rest from the deal."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from leadline.insights.facts.company_time import local_day
from leadline.insights.facts.deals import SECONDS_A_DAY
from leadline.insights.facts.fact import Facts
from leadline.insights.facts.inputs import DEALS, PASSAGES, VISITS

AT_ENTRY = ("pipeline", "stage", "owner", "source")


def passages(zone: str) -> ir.Table:
    """Every passage, on the day of entry: `success`, `failure`, `pending`, `jumped` (0 or 1).

    Also whether its deal is `closed` (won or lost) and whether it is `placed`, that is, has a stage (0 or 1).
    """
    return _told(PASSAGES.drop("status").join(DEALS.drop(*AT_ENTRY), "deal"), zone)


def passages_alone(zone: str) -> ir.Table:
    """The same without the rest from the deal."""
    return _told(PASSAGES, zone)


def _told(rows: ir.Table, zone: str) -> ir.Table:
    return rows.mutate(
        success=ibis.ifelse(rows.outcome == "advanced", 1, 0),
        failure=ibis.ifelse(rows.outcome == "failed", 1, 0),
        pending=ibis.ifelse(rows.outcome == "pending", 1, 0),
        jumped=ibis.ifelse(rows.skipped, 1, 0),
        closed=ibis.ifelse(rows.status.isin(("won", "lost")), 1, 0),
        placed=ibis.ifelse(rows.stage.notnull(), 1, 0),
        happened_on=local_day(rows.entered_at, zone),
    )


def arrivals(zone: str) -> ir.Table:
    """Passages of deals that came to stand in the stage, on the day they first did; jumping over it is none."""
    rows = passages(zone)
    return rows.filter(_stood(rows))


def arrivals_alone(zone: str) -> ir.Table:
    """The same without the rest from the deal."""
    rows = passages_alone(zone)
    return rows.filter(_stood(rows))


def _stood(rows: ir.Table) -> ir.BooleanValue:
    return rows.stage.notnull() & ~rows.skipped


def visits(zone: str) -> ir.Table:
    """Every visit of a stage, on the day it ended (null: not yet, or unknown).

    `days` it took (null: open, or a time is unknown), `complete` (0 or 1), `entered_at`, `left_at`.
    """
    return _lasted(VISITS.join(DEALS.drop(*AT_ENTRY), "deal"), zone)


def visits_alone(zone: str) -> ir.Table:
    """The same without the rest from the deal."""
    return _lasted(VISITS, zone)


def _lasted(rows: ir.Table, zone: str) -> ir.Table:
    rows = rows.filter(rows.stage.notnull())
    days = (rows.left_at.epoch_seconds() - rows.entered_at.epoch_seconds()) / ibis.literal(float(SECONDS_A_DAY))
    return rows.mutate(
        days=days,
        complete=ibis.ifelse(rows.ended == "open", 0, 1),
        happened_on=local_day(rows.left_at, zone),
    )


FACTS = {
    "passages": Facts(passages, ("success", "failure", "pending", "jumped", "closed", "placed"), alone=passages_alone),
    "arrivals": Facts(arrivals, alone=arrivals_alone),
    "visits": Facts(visits, ("days", "complete", "entered_at", "left_at"), alone=visits_alone),
}
