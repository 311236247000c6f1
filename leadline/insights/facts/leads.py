"""Facts of leads: created, qualified, accepted, and what came of them; lead and deal joined (R12, R14)."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from leadline.insights.facts.company_time import local_day
from leadline.insights.facts.fact import Facts
from leadline.insights.facts.inputs import DEALS, LEADS, NAMES, PASSAGES

STEP_COLUMNS = (
    "lead", "deal", "pipeline", "owner", "originator", "source", "campaign", "organization", "custom", "lead_stage",
    "lead_stage_place", "happened_on", "success", "failure", "pending",
)  # fmt: skip
FIRST = -3  # the place of the first step: those of leads come before the stages of deals
ENDED = ("discarded", "nurture")  # what a lead is while nothing comes of it
LOST = ("lost", "nurture")  # and a deal; parked counts as in a passage of a stage


def added(zone: str) -> ir.Table:
    """Every lead, on the day it was created."""
    leads = with_deals()
    return leads.mutate(happened_on=local_day(leads.created_at, zone))


def to_opportunity(zone: str) -> ir.Table:
    """Every lead, on the day it was created: `success` it became a deal, `failure` it ended before, `pending`."""
    leads = with_deals()
    return _outcome(leads, leads.sal_at.notnull(), leads.ended).mutate(happened_on=local_day(leads.created_at, zone))


def to_won(zone: str) -> ir.Table:
    """Every lead, on the day it was created: `success` its deal is won, `failure` it or its deal ended, `pending`.

    A lead whose deal was deleted is none of it and left out.
    """
    leads = with_deals()
    leads = leads.filter(~leads.without_its_deal)
    failed = leads.ended | leads.deal_status.isin(LOST).fill_null(False)
    return _outcome(leads, _won(leads), failed).mutate(happened_on=local_day(leads.created_at, zone))


def mql(zone: str) -> ir.Table:
    """Leads that were marketing-qualified, on the day of it: `success` they became SQL, as in a passage of a stage.

    One that jumped over it counts at the time of the jump, `jumped` (0 or 1).
    """
    leads = with_deals()
    leads = leads.filter(leads.was_mql_at.notnull())
    rows = _outcome(leads, leads.was_sql_at.notnull(), leads.ended)
    return rows.mutate(jumped=_flag(_over(rows.mql_at, rows.was_sql_at)), happened_on=local_day(rows.was_mql_at, zone))


def sql(zone: str) -> ir.Table:
    """Leads that were qualified by a seller, on the day of it: `success` they became a deal; `jumped` as for `mql`."""
    leads = with_deals()
    leads = leads.filter(leads.was_sql_at.notnull())
    rows = _outcome(leads, leads.sal_at.notnull(), leads.ended)
    return rows.mutate(jumped=_flag(_over(rows.sql_at, rows.sal_at)), happened_on=local_day(rows.was_sql_at, zone))


def accepted(zone: str) -> ir.Table:
    """Leads accepted by a closer (SAL), on the day of it: `amount` of their deal, else the lead's own.

    `success` the deal is won, `failure` it is lost or parked, `pending`.
    """
    leads = with_deals()
    leads = leads.filter(leads.sal_at.notnull())
    failed = leads.deal_status.isin(LOST).fill_null(False) | leads.ended
    return _outcome(leads, _won(leads), failed).mutate(
        amount=ibis.coalesce(leads.deal_amount, leads.value_base),
        happened_on=local_day(leads.sal_at, zone),
    )


def accepted_and_kept(zone: str) -> ir.Table:
    """Accepted leads but those whose deal was deleted since."""
    leads = accepted(zone)
    return leads.filter(~leads.without_its_deal)


def passages(zone: str) -> ir.Table:
    """Each step that a lead came to, on that day: `success` it went on, `failure` it ended there, `pending` (0 or 1).

    `lead_stage` is a stage of leads, then of the deal that it became: the two funnels joined (R14).
    """
    leads = with_deals()
    steps = (
        ("Lead: Target", leads.created_at, leads.was_mql_at),
        ("Lead: MQL", leads.was_mql_at, leads.was_sql_at),
        ("Lead: SQL", leads.was_sql_at, leads.sal_at),
    )
    told = [_passage(leads, *step, place, zone) for place, step in enumerate(steps, FIRST)]
    told.append(_of_deals(leads, zone))
    return ibis.union(*(rows.select(*STEP_COLUMNS) for rows in told), distinct=False)


def with_deals() -> ir.Table:
    """Each lead with what is known of the deal it became: its pipeline, `deal_status`, `deal_amount`, `deal_closed_at`.

    `was_mql_at` and `was_sql_at` are when it came that far or further; `ended`: nothing comes of it as it stands.
    """
    deals = DEALS.select(
        became="deal",
        pipeline="pipeline",
        deal_status="status",
        deal_amount="value_base",
        deal_closed_at="closed_at",
        revenue_type="revenue_type",
    )
    rows = LEADS.drop("stage").left_join(deals, LEADS.deal == deals.became)
    was_sql_at = earlier(rows.sql_at, rows.sal_at)
    return rows.mutate(
        was_sql_at=was_sql_at,
        was_mql_at=earlier(rows.mql_at, was_sql_at),
        ended=rows.status.isin(ENDED).fill_null(False) & rows.deal.isnull(),
        without_its_deal=rows.deal.notnull() & rows.became.isnull(),
    )


def _passage(
    leads: ir.Table, name: str, came: ir.TimestampValue, went: ir.TimestampValue, place: int, zone: str
) -> ir.Table:
    rows = leads.mutate(came=came, went=went).filter(came.notnull() | ibis.literal(place == FIRST))
    rows = _outcome(rows, rows.went.notnull(), rows.ended)
    return rows.mutate(
        lead_stage=ibis.literal(name),
        lead_stage_place=ibis.literal(place, "int64"),
        happened_on=local_day(rows.came, zone),
    )


def _of_deals(leads: ir.Table, zone: str) -> ir.Table:
    """The stages that the deals of leads came to."""
    stages = NAMES.filter(NAMES.kind == "stage").select(named="id", lead_stage="label", lead_stage_place="place")
    passages = PASSAGES.filter(PASSAGES.stage.notnull())
    passages = passages.select(of="deal", entered_at="entered_at", outcome="outcome", at="stage")
    rows = leads.join(passages, leads.deal == passages.of)
    rows = rows.join(stages, rows.at == stages.named)
    rows = _outcome(rows, rows.outcome == "advanced", rows.outcome == "failed")
    return rows.mutate(happened_on=local_day(rows.entered_at, zone))


def earlier(one: ir.TimestampValue, other: ir.TimestampValue) -> ir.TimestampValue:
    """The earlier of two moments, or the one that there is: engines differ in what the least of null is."""
    return ibis.least(ibis.coalesce(one, other), ibis.coalesce(other, one))


def _over(came: ir.TimestampValue, went: ir.TimestampValue) -> ir.BooleanValue:
    """Whether a step was jumped over: never seen, or only at the moment of the next one."""
    return came.isnull() | (came == went).fill_null(False)


def _won(leads: ir.Table) -> ir.BooleanValue:
    return (leads.deal_status == "won").fill_null(False)


def _outcome(leads: ir.Table, success: ir.BooleanValue, failure: ir.BooleanValue) -> ir.Table:
    return leads.mutate(success=_flag(success), failure=_flag(~success & failure), pending=_flag(~success & ~failure))


def _flag(condition: ir.BooleanValue) -> ir.IntegerValue:
    return ibis.ifelse(condition, 1, 0)


OUTCOME = ("success", "failure", "pending")
FACTS = {
    "leads_added": Facts(added, ("source",), rows="lead"),
    "leads_to_opportunity": Facts(to_opportunity, OUTCOME, rows="lead"),
    "leads_to_won": Facts(to_won, OUTCOME, rows="lead"),
    "mql": Facts(mql, (*OUTCOME, "jumped"), rows="lead"),
    "sql": Facts(sql, (*OUTCOME, "jumped"), rows="lead"),
    "accepted": Facts(accepted, ("amount",), rows="lead"),
    "accepted_and_kept": Facts(accepted_and_kept, OUTCOME, rows="lead"),
    "lead_passages": Facts(passages, OUTCOME, rows="lead"),
}
