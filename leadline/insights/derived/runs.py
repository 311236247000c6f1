"""Runs: where a deal stood (a stage while open, or how it ended), from one change of place to the next."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir


def runs(versions: ir.Table) -> ir.Table:
    """One row per change of place, from `versions` (inputs.VERSIONS); deals that are deleted or merged have none.

    A stay in the trash that ended is no change of place. `created_at` is the one known at last: a date found out
    later is the date.
    """
    by_deal = ibis.window(group_by="deal", order_by="seq")
    whole = ibis.window(group_by="deal")
    last = versions.valid_to.isnull()
    states = versions.mutate(
        deleted=ibis.ifelse(last & versions.gone, 1, 0).max().over(whole) == 1,
        created_at=ibis.ifelse(last, versions.created_at, None).max().over(whole),
        place=ibis.ifelse(versions.status == "open", _stage(versions), versions.status),
    )
    states = states.filter(~states.deleted & ~states.gone)
    states = states.mutate(came_from=states.place.lag().over(by_deal))
    moves = states.filter(states.came_from.isnull() | (states.came_from != states.place))
    return moves.select(
        "deal", "seq", "place", "actor", "status", "pipeline", "stage", "owner", "source", "created_at", "closed_at",
        started_at=moves.valid_from,
    )  # fmt: skip


def _stage(versions: ir.Table) -> ir.StringValue:
    pipeline = versions.pipeline.cast("string").fill_null("-")
    return pipeline + "/" + versions.stage.cast("string").fill_null("-")


def hasty_returns(moves: ir.Table, minutes: int) -> ir.Table:
    """The deals with a move that may have been undone: back in the place before, within minutes, by the same person."""
    by_deal = ibis.window(group_by="deal", order_by="seq")
    two_back = moves.mutate(
        before=moves.place.lag(2).over(by_deal),
        left=moves.started_at.lag().over(by_deal),
        mover=moves.actor.lag().over(by_deal),
    )
    quick = two_back.started_at.epoch_seconds() - two_back.left.epoch_seconds() <= minutes * 60
    return (
        two_back.filter((two_back.before == two_back.place) & quick & (two_back.mover == two_back.actor))
        .select("deal")
        .distinct()
    )
