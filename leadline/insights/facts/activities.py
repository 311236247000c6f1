"""Facts of work: activities done, and what was done on deals that closed and in passages that are decided (R8)."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from leadline.insights.facts.company_time import local_day
from leadline.insights.facts.fact import Facts
from leadline.insights.facts.inputs import ACTIVITIES, DEALS, PASSAGE_WORK, PASSAGES
from leadline.insights.facts.stages import AT_ENTRY

OF_DEAL = ("pipeline", "stage", "source", "campaign", "originator", "revenue_type", "custom")
DONE = ACTIVITIES.filter(ACTIVITIES.done_at.notnull())


def done(zone: str) -> ir.Table:
    """Every activity done, on the day it was: `amount`, its minutes (null: not recorded). The rest is its deal's."""
    of_deal = DEALS.select(*OF_DEAL, of="deal")
    rows = DONE.left_join(of_deal, DONE.deal == of_deal.of)
    return rows.mutate(amount=rows.minutes.cast("decimal(18, 2)"), happened_on=local_day(rows.done_at, zone))


def added(zone: str) -> ir.Table:
    """Every activity, on the day it was added, done or not. The rest is its deal's."""
    of_deal = DEALS.select(*OF_DEAL, of="deal")
    rows = ACTIVITIES.left_join(of_deal, ACTIVITIES.deal == of_deal.of)
    return rows.mutate(happened_on=local_day(rows.created_at, zone))


def conversations(zone: str) -> ir.Table:
    """Activities done whose outcome counts as a conversation, on the day they were done. The rest is their deal's."""
    rows = done(zone)
    return rows.filter(rows.counts_as == "conversation")


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
    """Passages that are decided, on the day of entry, once per type of activity done while the deal stood there.

    `worked` is how many were done, `success` (advanced) 0 or 1; `step` is the stage: each passage is one case.
    """
    return _decided(PASSAGE_WORK.join(DEALS.drop(*AT_ENTRY), "deal"), zone)


def passage_efforts_alone(zone: str) -> ir.Table:
    """The same without the rest from the deal."""
    return _decided(PASSAGE_WORK, zone)


def whole_passages(zone: str) -> ir.Table:
    """The same, once per passage, whatever was done there, and if it was nothing."""
    return _decided(_placed(PASSAGES.drop("status").join(DEALS.drop(*AT_ENTRY), "deal")), zone)


def whole_passages_alone(zone: str) -> ir.Table:
    """The same without the rest from the deal."""
    return _decided(_placed(PASSAGES), zone)


def _placed(rows: ir.Table) -> ir.Table:
    return rows.filter(rows.outcome.isin(("advanced", "failed")) & rows.stage.notnull())


def _decided(rows: ir.Table, zone: str) -> ir.Table:
    return rows.mutate(
        success=ibis.ifelse(rows.outcome == "advanced", 1, 0),
        step=rows.stage,
        happened_on=local_day(rows.entered_at, zone),
    )


EFFORT = ("worked", "success", "step")
FACTS = {
    "activities_done": Facts(done, rows="activity"),
    "activities_added": Facts(added, rows="activity"),
    "conversations": Facts(conversations, rows="activity"),
    "time_spent": Facts(done, ("amount",), "activity"),
    "efforts": Facts(efforts, (*EFFORT, "minutes")),
    "passage_efforts": Facts(passage_efforts, EFFORT, alone=passage_efforts_alone),
    "whole_passages": Facts(whole_passages, EFFORT, alone=whole_passages_alone),
}
