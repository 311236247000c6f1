"""Facts of passages with the time they took: how long it was until a deal went on, or failed, or is still there."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from leadline.insights.facts.company_time import local_day
from leadline.insights.facts.deals import SECONDS_A_DAY
from leadline.insights.facts.fact import Facts
from leadline.insights.facts.inputs import DEALS, PASSAGES, STAGES, VISITS
from leadline.insights.facts.stages import AT_ENTRY


def roads(zone: str) -> ir.Table:
    """Every passage, on the day of entry: `success`, `failure`, `pending` (0 or 1), `entered_s` (seconds of the epoch).

    `days` from entry until the deal came to a later stage of the pipeline or was won (advanced), or was lost or parked
    (failed); null where it is pending, or a time is not known, or the end lies before the entry.
    """
    rows = _with_ends(_with_next()).join(DEALS.drop(*AT_ENTRY), "deal")
    ended = ibis.ifelse(
        rows.outcome == "failed", rows.failed_s, ibis.coalesce(_sooner(rows.next_s, rows.won_s), rows.next_s)
    )
    days = (ended - rows.entered_s) / ibis.literal(float(SECONDS_A_DAY))
    pending = rows.outcome == "pending"
    return rows.mutate(
        success=ibis.ifelse(rows.outcome == "advanced", 1, 0),
        failure=ibis.ifelse(rows.outcome == "failed", 1, 0),
        pending=ibis.ifelse(pending, 1, 0),
        days=ibis.ifelse(pending | (days < 0).fill_null(True), None, days),
        happened_on=local_day(rows.entered_at, zone),
    )


def _with_next() -> ir.Table:
    """Passages with the time at which their deal came to the next stage that it came to."""
    placed = PASSAGES.left_join(STAGES.select("stage", "rank"), "stage").drop("stage_right")
    placed = placed.mutate(entered_s=placed.entered_at.epoch_seconds())
    upwards = ibis.window(group_by=["deal", "pipeline"], order_by="rank")
    return placed.mutate(next_s=placed.entered_s.lead().over(upwards))


def _with_ends(passages: ir.Table) -> ir.Table:
    """And with the times at which the deal was first won, and last lost or parked."""
    left = VISITS.left_at.epoch_seconds()
    ends = VISITS.group_by("deal").agg(
        won_s=ibis.ifelse(VISITS.ended == "won", left, None).min(),
        failed_s=ibis.ifelse(VISITS.ended.isin(("lost", "parked")), left, None).max(),
    )
    return passages.left_join(ends, "deal").drop("deal_right")


def _sooner(following: ir.IntegerValue, won: ir.IntegerValue) -> ir.Value:
    """The earlier of the two, the later of which may not be known."""
    return ibis.ifelse(following.isnull() | (won < following).fill_null(False), won, following)


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
    "roads": Facts(roads, ("success", "failure", "pending", "entered_s", "days")),
    "lives": Facts(lives, ("created_s", "over_s", "open")),
}
