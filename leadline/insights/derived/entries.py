"""Entries: a deal and a stage it came to, once each, and what became of it."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

COLUMNS = ("deal", "pipeline", "stage", "rank", "entered_at", "skipped", "outcome", "status", "owner", "source")


def entries(visits: ir.Table, stage_order: ir.Table, fates: ir.Table) -> ir.Table:
    """One row per deal and stage, at its first entry: owner and source then, and the outcome by now.

    A visit that goes further than any before it enters every stage up to its own: those in between are `skipped`,
    entered and advanced at that moment. So the funnel never widens (R19). Outcome: advanced if the deal ever reached
    a later stage of the pipeline or was won; failed if it is lost or parked without that; else pending. Leaving for
    another pipeline is neither: the deal's fate decides. A deal never seen in any stage has one entry, of stage null.
    `status` is the deal's.
    """
    found = _entered(visits, stage_order).union(_without_stage(visits))
    known = found.join(fates, "deal")
    outcome = ibis.cases(
        (known.went_on | known.was_won, "advanced"),
        (known.status.isin(("lost", "nurture")), "failed"),
        else_="pending",
    )
    return known.mutate(outcome=outcome).select(*COLUMNS)


def _entered(visits: ir.Table, stage_order: ir.Table) -> ir.Table:
    within = ibis.window(group_by=["deal", "pipeline"], order_by="seq")
    so_far = ibis.window(group_by=["deal", "pipeline"], order_by="seq", preceding=(None, 1))
    placed = visits.filter(visits["rank"].notnull())
    placed = placed.mutate(
        reached=placed["rank"].max().over(so_far).fill_null(0),
        furthest=placed["rank"].max().over(ibis.window(group_by=["deal", "pipeline"])),
        own_stage=placed.stage,
        to_rank=placed["rank"],
        nth=ibis.row_number().over(within),
    )
    further = placed.filter(placed.to_rank > placed.reached).drop("stage", "rank")
    upto = [
        further.pipeline == stage_order.pipeline,
        stage_order["rank"] > further.reached,
        stage_order["rank"] <= further.to_rank,
    ]
    crossed = further.join(stage_order, upto)
    crossed = crossed.filter(~crossed.gone | (crossed.stage == crossed.own_stage))
    return crossed.select(
        "deal", "pipeline", "stage", "rank", "entered_at", "owner", "source",
        skipped=crossed.stage != crossed.own_stage,
        went_on=crossed.furthest > crossed["rank"],
    )  # fmt: skip


def _without_stage(visits: ir.Table) -> ir.Table:
    whole = ibis.window(group_by="deal")
    by_deal = ibis.window(group_by="deal", order_by="seq")
    seen = visits.mutate(placed=visits["rank"].max().over(whole), nth=ibis.row_number().over(by_deal))
    alone = seen.filter(seen.placed.isnull() & (seen.nth == 0))
    return alone.select(
        "deal", "pipeline", "stage", "rank", "entered_at", "owner", "source",
        skipped=ibis.literal(False),
        went_on=ibis.literal(False),
    )  # fmt: skip
