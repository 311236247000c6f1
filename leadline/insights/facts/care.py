"""What was done about deals, and what was not: the pieces of which fluff and the quality of records are told."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from leadline.insights.facts.inputs import TOUCHES

TOGETHER = 60  # seconds in which moves of several deals are one sitting
SEVERAL = 3  # deals


def beside(rows: ir.Table, more: ir.Table) -> ir.Table:
    """Rows of deals with what `more` (deal, …) says of them; null where it says nothing."""
    return rows.left_join(more, "deal").drop("deal_right")


def clicked_together() -> ir.Table:
    """deal, catch_up (1): moved by somebody who moved several deals within a minute.

    Several are three of that person's moves in a row, of one deal and then another, within the minute.
    """
    moves = TOUCHES.filter((TOUCHES.kind == "move") & TOUCHES.deal.notnull() & TOUCHES.actor.notnull())
    moves = moves.mutate(at=moves.touched_at.epoch_seconds())
    by_person = ibis.window(group_by="actor", order_by=["at", "deal"])
    moves = moves.mutate(moved_before=moves.deal.lag().over(by_person))
    moves = moves.filter(moves.moved_before.isnull() | (moves.moved_before != moves.deal))
    spans = [
        moves.at.lead(ahead).over(by_person) - moves.at.lag(SEVERAL - 1 - ahead).over(by_person)
        for ahead in range(1, SEVERAL - 1)
    ]
    spans += [
        moves.at - moves.at.lag(SEVERAL - 1).over(by_person),
        moves.at.lead(SEVERAL - 1).over(by_person) - moves.at,
    ]
    within = [ibis.ifelse((span <= TOGETHER).fill_null(False), 1, 0) for span in spans]
    moves = moves.mutate(quick=sum(within[1:], within[0]))
    return moves.filter(moves.quick > 0).select("deal").distinct().mutate(catch_up=ibis.literal(1))
