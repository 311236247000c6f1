"""Facts of open deals: how old they are, how long nobody touched them, and what is planned."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from leadline.insights.facts.company_time import local_day
from leadline.insights.facts.deals import SECONDS_A_DAY
from leadline.insights.facts.fact import Facts
from leadline.insights.facts.inputs import CARE, DEALS, STAGES, VISITS

STALLED_BEYOND = 0.95  # of the deals later won from there
ENOUGH_WON = 20  # fewer: 95 % of them are all of them


def open_deals(zone: str) -> ir.Table:
    """Every open deal, on the day it was created. Times are seconds of the epoch (null: not known).

    `amount` in the base currency; `created_s`; `entered_s`, when it came to where it stands; `idle_s`, since when
    nobody has touched it: its last touch, else as it came to its stage, else its creation (as crm does); `rot_days` of
    its stage; `planned` (0 or 1): something is to be done. Against the won deals: `stage_half` and `stage_limit`, the
    days in this stage that half and 95 % of those later won from there did not exceed; `close_half` and `close_limit`,
    the same of all their days in its pipeline; null below 20 won.
    """
    deals = DEALS.filter(DEALS.status == "open")
    rows = _beside(deals, STAGES.select("stage", "rot_days"), "stage")
    rows = _beside(rows, CARE.select("deal", "touched_at", "entered_at", "planned"), "deal")
    rows = _beside(rows, _limits(_stays(), "stage"), "stage")
    rows = _beside(rows, _limits(_cycles(), "pipeline"), "pipeline")
    created = rows.created_at.epoch_seconds()
    return rows.mutate(
        amount=rows.value_base,
        created_s=created,
        entered_s=rows.entered_at.epoch_seconds(),
        idle_s=ibis.coalesce(rows.touched_at, rows.entered_at, rows.created_at).epoch_seconds(),
        planned=ibis.ifelse(rows.planned.fill_null(False), 1, 0),
        happened_on=local_day(rows.created_at, zone),
    )


def _beside(rows: ir.Table, more: ir.Table, key: str) -> ir.Table:
    renamed = more.rename({f"{key}_there": key})
    return rows.left_join(renamed, rows[key] == renamed[f"{key}_there"]).drop(f"{key}_there")


def _stays() -> ir.Table:
    """stage, days: the stays in stages of deals that are won."""
    won = DEALS.filter(DEALS.status == "won").select("deal")
    stays = VISITS.filter(VISITS.stage.notnull() & (VISITS.ended != "open")).semi_join(won, "deal")
    seconds = stays.left_at.epoch_seconds() - stays.entered_at.epoch_seconds()
    return stays.select("stage", days=seconds / ibis.literal(float(SECONDS_A_DAY)))


def _cycles() -> ir.Table:
    """pipeline, days: from creation to close of the deals that are won."""
    won = DEALS.filter(DEALS.status == "won")
    seconds = won.closed_at.epoch_seconds() - won.created_at.epoch_seconds()
    return won.select("pipeline", days=seconds / ibis.literal(float(SECONDS_A_DAY)))


def _limits(durations: ir.Table, key: str) -> ir.Table:
    """The key, and of its known durations the one that half of them, and that 95 % of them, do not exceed."""
    known = durations.filter(durations.days >= 0)
    ordered = known.mutate(
        nth=ibis.row_number().over(ibis.window(group_by=key, order_by="days")) + 1,
        many=known.days.count().over(ibis.window(group_by=key)),
    )
    enough = ordered.filter(ordered.many >= ENOUGH_WON)
    name = {"stage": "stage", "pipeline": "close"}[key]
    return enough.group_by(key).agg(
        **{
            f"{name}_half": ibis.ifelse(enough.nth * 2 >= enough.many, enough.days, None).min(),
            f"{name}_limit": ibis.ifelse(enough.nth >= enough.many * STALLED_BEYOND, enough.days, None).min(),
        }
    )


FACTS = {
    "open_deals": Facts(
        open_deals,
        (
            "amount",
            "created_s",
            "entered_s",
            "idle_s",
            "rot_days",
            "planned",
            "expected_close_on",
            "stage_half",
            "stage_limit",
            "close_half",
            "close_limit",
        ),
    )
}
