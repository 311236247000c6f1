"""What became of each deal: whether it was ever won, and how it stands."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir


def fates(moves: ir.Table) -> ir.Table:
    """One row per deal, from runs without the undone ones."""
    by_deal = ibis.window(group_by="deal", order_by="seq")
    ordered = moves.mutate(last=moves.status.lead().over(by_deal).isnull())
    return ordered.group_by("deal").agg(
        was_won=ibis.ifelse(ordered.status == "won", 1, 0).max() == 1,
        status=ibis.ifelse(ordered["last"], ordered.status, None).max(),
    )
