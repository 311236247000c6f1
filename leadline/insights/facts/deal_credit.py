"""Who and what a deal without a lead is credited to, beside who touched it first and what its campaign says (R20)."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from leadline.insights.facts.attribution import before, known_by, traced_elsewhere
from leadline.insights.facts.company_time import local_day
from leadline.insights.facts.fact import Facts
from leadline.insights.facts.inputs import CARE, DEALS, LEADS, TOUCHES

SEVERAL = 3  # other deals of a campaign tell a source
MEASURES = (
    "success", "failure", "pending", "no_evidence", "originator_doubted", "source_doubted", "worker", "worked_at",
    "told", "created_at",
)  # fmt: skip


def credited_deals(zone: str) -> ir.Table:
    """Deals without a lead of which a source or an originator is recorded, on the day they were created.

    `success` (0 or 1): what there is contradicts the originator (`originator_doubted`) or the source
    (`source_doubted`); `failure`: it bears one out and contradicts none; `no_evidence`: nothing is kept that could
    tell; `pending`: something is, but cannot tell. `worker` made the first trace, at `worked_at`: the first touch of
    the deal, or an activity by its creation on its person or organization alone. The originator is borne out who made
    one of these, and doubted only where others of that source or person have such a trace. `told` is the source that
    the campaign says: that of most of its other deals, three or more.
    """
    came = LEADS.filter(LEADS.deal.notnull()).select(became="deal")
    deals = DEALS.anti_join(came, DEALS.deal == came.became)
    deals = deals.filter(deals.originator.notnull() | deals.source.notnull())
    rows = _with_campaigns(_with_traces(deals, zone))
    kept = rows.credit.notnull() & rows.worker.notnull()
    originator = kept & (rows.own == 0) & rows.expected
    source = rows.told.notnull() & (rows.told != rows.source).fill_null(False)
    borne = (rows.own == 1) | (rows.told == rows.source).fill_null(False)
    doubted = originator | source
    without = ~kept & rows.told.isnull()
    return rows.mutate(
        success=_flag(doubted),
        failure=_flag(~doubted & borne),
        no_evidence=_flag(without),
        pending=_flag(~doubted & ~borne & ~without),
        originator_doubted=_flag(originator),
        source_doubted=_flag(source),
        happened_on=local_day(rows.created_at, zone),
    )


def _with_traces(deals: ir.Table, zone: str) -> ir.Table:
    """With `credit`, `worker`, `worked_at`, `own` (0 or 1: a trace is the originator's) and `expected`."""
    deals = deals.mutate(credit=deals.originator, known_by=known_by(deals.created_at, zone))
    traces = ibis.union(before(deals, "deal"), _first_touches(deals), distinct=False)
    order = ibis.window(group_by=traces.traced, order_by=[traces.done_at, traces.doer])
    first = traces.mutate(nth=ibis.row_number().over(order))
    first = first.filter(first.nth == 0).select(found="traced", worker="doer", worked_at="done_at")
    own = traces.group_by("traced").agg(own=ibis.ifelse(ibis._.doer == ibis._.credit, 1, 0).max())
    rows = deals.left_join(first, deals.deal == first.found)
    rows = rows.left_join(own, rows.deal == own.traced)
    rows = rows.mutate(own=rows.own.fill_null(0))
    return rows.mutate(expected=traced_elsewhere(rows))


def _first_touches(deals: ir.Table) -> ir.Table:
    """The first touch of each deal, where it is known who made it, as `before` has its activities."""
    care = CARE.filter(CARE.first_touched_at.notnull()).select(cared="deal", first_at="first_touched_at")
    mine = deals.select(traced="deal", credit="credit")
    mine = mine.join(care, mine.traced == care.cared)
    touches = TOUCHES.filter(TOUCHES.deal.notnull() & TOUCHES.actor.notnull())
    touches = touches.select(touched="deal", doer="actor", done_at="touched_at")
    both = mine.join(touches, [mine.traced == touches.touched, mine.first_at == touches.done_at])
    return both.select("traced", "credit", "doer", "done_at")


def _with_campaigns(rows: ir.Table) -> ir.Table:
    """With `told`: the source of more than half of the campaign's other deals, and of three (null: none is)."""
    known = DEALS.filter(DEALS.campaign.notnull() & DEALS.source.notnull())
    each = known.group_by(of="campaign", named="source").agg(n=ibis._.count())
    each = each.mutate(whole=each.n.sum().over(ibis.window(group_by=each.of)))
    mine = each.select(mine_of="of", mine="named")
    pairs = mine.join(each, mine.mine_of == each.of)
    others = pairs.n - ibis.ifelse(pairs.named == pairs.mine, 1, 0)
    pairs = pairs.filter((2 * others > pairs.whole - 1) & (others >= SEVERAL)).select(
        mine_of="mine_of", mine="mine", told="named"
    )
    return rows.left_join(pairs, [rows.campaign == pairs.mine_of, rows.source == pairs.mine])


def _flag(condition: ir.BooleanValue) -> ir.IntegerValue:
    return ibis.ifelse(condition, 1, 0)


FACTS = {"credited_deals": Facts(credited_deals, MEASURES)}
