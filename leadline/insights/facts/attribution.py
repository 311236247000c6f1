"""Who is credited with a lead, beside what was done about it before it was there (R20)."""

from __future__ import annotations

from typing import cast

import ibis
import ibis.expr.types as ir

from leadline.insights.facts.company_time import local_day
from leadline.insights.facts.fact import Facts
from leadline.insights.facts.first_touches import of_leads
from leadline.insights.facts.inputs import ACTIVITIES
from leadline.insights.facts.leads import with_deals

EXPECTED = 0.1  # of a source's or a person's leads have a trace before creation: then one without is missed
USUAL = 0.5  # of what somebody touches first has one source, and more: then that is what the first touch says


def credited(zone: str) -> ir.Table:
    """Leads with an originator, on the day they were created: is the credit borne out?

    `success` (0 or 1): contradicted, the originator did nothing about it before it was created, though such leads have
    traces; `failure`: borne out; `pending`: cannot be told, for nothing is ever logged before leads of that source or
    person, or the creation is not known. An activity counts when done by the creation (of a creation without a time, on
    its day) on the lead, its deal, or on its person or organization alone. Also `worker`, who did the first of them
    (null: nobody), and `evidenced`, the source that the first touch tells of (null: not known).
    """
    rows = _with_usual_source(_traced(zone))
    rows = rows.filter(rows.credit.notnull())
    missed = rows.created_at.notnull() & (rows.own == 0) & rows.expected
    return rows.mutate(
        originator=rows.credit,
        success=ibis.ifelse(missed, 1, 0),
        failure=ibis.ifelse(rows.own == 1, 1, 0),
        pending=ibis.ifelse(~missed & (rows.own == 0), 1, 0),
        happened_on=local_day(rows.created_at, zone),
    )


def _traced(zone: str) -> ir.Table:
    """Every lead with `credit`, `own` and `any` (0 or 1: somebody worked on it before), `worker`, `expected`."""
    leads = with_deals()
    leads = leads.mutate(credit=leads.originator, known_by=known_by(leads.created_at, zone))
    traces = before(leads)
    order = ibis.window(group_by=traces.traced, order_by=[traces.done_at, traces.doer])
    first = traces.mutate(nth=ibis.row_number().over(order))
    first = first.filter(first.nth == 0).select(found="traced", worker="doer")
    own = traces.group_by("traced").agg(own=ibis.ifelse(ibis._.doer == ibis._.credit, 1, 0).max())
    rows = leads.left_join(first, leads.lead == first.found)
    rows = rows.left_join(own, rows.lead == own.traced)
    rows = rows.mutate(own=rows.own.fill_null(0))
    return rows.mutate(expected=traced_elsewhere(rows))


def traced_elsewhere(rows: ir.Table) -> ir.BooleanValue:
    """Whether others of the same source, or credited to the same person, are borne out (`own`) often enough."""
    usual = [_share_with_trace(rows, name) >= EXPECTED for name in ("source", "credit")]
    return usual[0] | usual[1]


def _share_with_trace(rows: ir.Table, name: str) -> ir.FloatingValue:
    """Of the credited records of the same source (person) the share with a trace of the originator (`own`)."""
    whole = ibis.window(group_by=rows[name])
    mine = ibis.ifelse(rows.credit.notnull() & rows[name].notnull(), 1, 0)
    several = mine.sum().over(whole)
    return cast(ir.FloatingValue, ibis.ifelse(several > 0, rows.own.sum().over(whole) / several.nullif(0), 0.0))


def before(records: ir.Table, record: str = "lead") -> ir.Table:
    """Activities done by the creation of leads (deals): `traced`, `credit`, `doer`, `done_at`.

    `records` have `credit` and `known_by`, the end of their creation.
    """
    done = ACTIVITIES.filter(ACTIVITIES.done_at.notnull() & ACTIVITIES.owner.notnull())
    alone = done.filter(done.lead.isnull() & done.deal.isnull())
    own = [(key, done) for key in ("lead", "deal") if key in records.columns]
    found = []
    for key, activities in (*own, ("person", alone), ("organization", alone)):
        about = activities.filter(activities[key].notnull()).select(about=key, doer="owner", done_at="done_at")
        mine = records.filter(records[key].notnull())
        mine = mine.select(traced=record, mine=key, credit="credit", known_by="known_by")
        both = mine.join(about, mine.mine == about.about)
        found.append(both.filter(both.done_at <= both.known_by).select("traced", "credit", "doer", "done_at"))
    return ibis.union(*found, distinct=False)


def _with_usual_source(rows: ir.Table) -> ir.Table:
    """With `evidenced`, for leads on which nobody worked before: the source of what the same person touches first.

    That is, of most of the undoubted leads which nobody worked on before and whose first touch was by that person.
    """
    touches = of_leads()
    order = ibis.window(group_by=touches.of_lead, order_by=[touches.touched_at, touches.actor])
    first = touches.mutate(nth=ibis.row_number().over(order))
    first = first.filter((first.nth == 0) & first.actor.notnull()).select(of_lead="of_lead", toucher="actor")
    rows = rows.left_join(first, rows.lead == first.of_lead)
    undoubted = rows.worker.isnull() & rows.toucher.notnull() & rows.source.notnull()
    undoubted = undoubted & ~(rows.credit.notnull() & rows.expected)
    rows = rows.mutate(undoubted=ibis.ifelse(undoubted, 1, 0))
    theirs = ibis.window(group_by=rows.toucher)
    share = rows.undoubted.sum().over(ibis.window(group_by=[rows.toucher, rows.source]))
    share = share / rows.undoubted.sum().over(theirs).nullif(0)
    rows = rows.mutate(usual=ibis.ifelse((rows.undoubted == 1) & (share > USUAL), rows.source, None))
    told = rows.worker.isnull() & rows.toucher.notnull()
    return rows.mutate(evidenced=ibis.ifelse(told, rows.usual.max().over(ibis.window(group_by=rows.toucher)), None))


def known_by(moment: ir.TimestampValue, zone: str) -> ir.TimestampValue:
    """The moment; of one at the day's very beginning, which is a day without a time, the day's end."""
    day = local_day(moment, zone)
    earlier = local_day(moment - ibis.interval(seconds=1), zone)
    return cast(ir.TimestampValue, ibis.ifelse(day == earlier, moment, moment + ibis.interval(days=1)))


FACTS = {
    "credited": Facts(
        credited,
        ("success", "failure", "pending", "source", "deal", "originator", "worker", "evidenced", "created_at"),
        rows="lead",
    ),
}
