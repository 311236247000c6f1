"""Facts of work: activities done, and what was done on deals that closed and in passages that are decided (R8)."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from leadline.insights.facts.company_time import local_day
from leadline.insights.facts.fact import Facts
from leadline.insights.facts.inputs import ACTIVITIES, DEALS, PASSAGES, VISITS
from leadline.insights.facts.stages import AT_ENTRY

OF_DEAL = ("pipeline", "stage", "source", "campaign", "originator", "revenue_type", "custom")
DONE = ACTIVITIES.filter(ACTIVITIES.done_at.notnull())


def done(zone: str) -> ir.Table:
    """Every activity done, on the day it was: `amount`, its minutes (null: not recorded). The rest is its deal's."""
    of_deal = DEALS.select(*OF_DEAL, of="deal")
    rows = DONE.left_join(of_deal, DONE.deal == of_deal.of)
    return rows.mutate(amount=rows.minutes.cast("decimal(18, 2)"), happened_on=local_day(rows.done_at, zone))


def efforts(zone: str) -> ir.Table:
    """Deals won or lost, on the day they closed, once per activity done on them; once with none where there is none.

    `worked` and `success` (won) are 0 or 1; `step` is 0: the deal as a whole is one case. `minutes` are the activity's.
    """
    deals = DEALS.filter(DEALS.status.isin(("won", "lost")))
    work = DONE.select("activity_type", "activity", "minutes", on="deal")
    rows = deals.left_join(work, deals.deal == work.on)
    return rows.mutate(
        worked=ibis.ifelse(rows.activity.notnull(), 1, 0),
        success=ibis.ifelse(rows.status == "won", 1, 0),
        step=ibis.literal(0, "int64"),
        happened_on=local_day(rows.closed_at, zone),
    )


def passage_efforts(zone: str) -> ir.Table:
    """Passages that are decided, on the day of entry, once per activity done while the deal stood in that stage.

    `worked` and `success` (advanced) are 0 or 1; `step` is the stage: each passage is one case.
    """
    decided = PASSAGES.filter(PASSAGES.outcome.isin(("advanced", "failed")) & PASSAGES.stage.notnull())
    stays = VISITS.select("entered_at", "left_at", at="stage", on="deal")
    while_there = [
        DONE.deal == stays.on,
        DONE.done_at >= stays.entered_at,
        stays.left_at.isnull() | (DONE.done_at < stays.left_at),
    ]
    work = DONE.inner_join(stays, while_there).select("activity_type", "activity", "at", "on")
    passages = decided.join(DEALS.drop(*AT_ENTRY), "deal")
    rows = passages.left_join(work, [passages.deal == work.on, passages.stage == work["at"]])
    return rows.mutate(
        worked=ibis.ifelse(rows.activity.notnull(), 1, 0),
        success=ibis.ifelse(rows.outcome == "advanced", 1, 0),
        step=rows.stage,
        happened_on=local_day(rows.entered_at, zone),
    )


EFFORT = ("worked", "success", "step")
FACTS = {
    "activities_done": Facts(done, rows="activity"),
    "time_spent": Facts(done, ("amount",), "activity"),
    "efforts": Facts(efforts, (*EFFORT, "minutes")),
    "passage_efforts": Facts(passage_efforts, EFFORT),
}
