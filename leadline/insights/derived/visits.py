"""Stage visits: a maximal interval in which an open deal stood in one stage."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

COLUMNS = ("deal", "seq", "pipeline", "stage", "rank", "entered_at", "left_at", "ended", "owner", "source")


def visits(moves: ir.Table, stage_order: ir.Table) -> ir.Table:
    """One row per visit, from runs without the undone ones; owner and source are those at entry.

    `ended`: open, advanced, went_back, transferred (to another pipeline), won, lost, parked. An unknown time is null
    (with `ended` other than open, a null `left_at` is one). A deal that was closed when first seen visited its stage
    for a time nobody knows.
    """
    by_deal = ibis.window(group_by="deal", order_by="seq")
    following = moves.mutate(
        first=ibis.row_number().over(by_deal) == 0,
        next_at=moves.started_at.lead().over(by_deal),
        next_status=moves.status.lead().over(by_deal),
        next_pipeline=moves.pipeline.lead().over(by_deal),
        next_stage=moves.stage.lead().over(by_deal),
        next_closed_at=moves.closed_at.lead().over(by_deal),
    )
    standing = following.filter((following.status == "open") | following.first)
    ranked = _ranked(standing, stage_order)
    return ranked.mutate(entered_at=_entered(ranked), left_at=_left(ranked), ended=_ended(ranked)).select(*COLUMNS)


def _ranked(standing: ir.Table, stage_order: ir.Table) -> ir.Table:
    here = stage_order.select(stage="stage", rank="rank")
    there = stage_order.select(next_stage="stage", next_rank="rank")
    known = standing.left_join(here, "stage").drop("stage_right")
    return known.left_join(there, "next_stage").drop("next_stage_right")


def _entered(visit: ir.Table) -> ir.TimestampValue:
    """The first stage is entered when the deal is created, if that is known and not after the deal had moved on."""
    created = visit.created_at
    late = (created > visit.next_at).fill_null(False)
    return ibis.cases((~visit.first, visit.started_at), (late, visit.started_at), else_=created)


def _left(visit: ir.Table) -> ir.TimestampValue:
    closing = visit.next_status.isin(("won", "lost"))
    # Closed when first seen, in a stage: it may have stood there for a minute or a year.
    born_closed = ibis.ifelse(visit.stage.isnull(), visit.closed_at, None)
    return ibis.cases(
        (visit.status != "open", born_closed),
        (closing & visit.next_closed_at.isnull(), None),
        else_=visit.next_at,
    )


def _ended(visit: ir.Table) -> ir.StringValue:
    end = ibis.ifelse(visit.status == "open", visit.next_status, visit.status)
    same = visit.pipeline.identical_to(visit.next_pipeline)
    return ibis.cases(
        (end.isnull(), "open"),
        (end == "nurture", "parked"),
        (end != "open", end),
        (~same, "transferred"),
        ((visit.next_rank < visit.rank).fill_null(False), "went_back"),
        else_="advanced",
    )
