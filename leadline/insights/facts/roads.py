"""Facts of passages with the time they took: how long it was until a deal went on, or failed, or is still there."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from leadline.insights.facts.company_time import local_day
from leadline.insights.facts.deals import SECONDS_A_DAY
from leadline.insights.facts.fact import Facts
from leadline.insights.facts.inputs import DEALS, PASSAGES
from leadline.insights.facts.stages import AT_ENTRY


def roads(zone: str) -> ir.Table:
    """Every passage, on the day of entry: `success`, `failure`, `pending` (0 or 1), `entered_s` (seconds of the epoch).

    `days` from entry until the deal came to a later stage of the pipeline or was won (advanced), or was lost or parked
    (failed); null where it is pending, or a time is not known, or the end lies before the entry.
    """
    return _timed(PASSAGES.drop("status").join(DEALS.drop(*AT_ENTRY), "deal"), zone)


def roads_alone(zone: str) -> ir.Table:
    """The same without the rest from the deal."""
    return _timed(PASSAGES, zone)


def _timed(rows: ir.Table, zone: str) -> ir.Table:
    entered_s, pending = rows.entered_at.epoch_seconds(), rows.outcome == "pending"
    days = (rows.ended_at.epoch_seconds() - entered_s) / ibis.literal(float(SECONDS_A_DAY))
    return rows.mutate(
        success=ibis.ifelse(rows.outcome == "advanced", 1, 0),
        failure=ibis.ifelse(rows.outcome == "failed", 1, 0),
        pending=ibis.ifelse(pending, 1, 0),
        entered_s=entered_s,
        days=ibis.ifelse(pending | (days < 0).fill_null(True), None, days),
        happened_on=local_day(rows.entered_at, zone),
    )


def lives(zone: str) -> ir.Table:
    """Every deal that is open, won or lost, on the day it was created: `created_s`, `over_s` (null: still open)."""
    deals = DEALS.filter(DEALS.status.isin(("open", "won", "lost")))
    return deals.mutate(
        created_s=deals.created_at.epoch_seconds(),
        over_s=ibis.ifelse(deals.status == "open", None, deals.closed_at.epoch_seconds()),
        open=ibis.ifelse(deals.status == "open", 1, 0),
        happened_on=local_day(deals.created_at, zone),
    )


FACTS = {
    "roads": Facts(roads, ("success", "failure", "pending", "entered_s", "days"), alone=roads_alone),
    "lives": Facts(lives, ("created_s", "over_s", "open")),
}
