"""Facts of people: what they closed with its worth, which cases they were given, how they came in."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from leadline.insights.facts.company_time import local_day
from leadline.insights.facts.deals import OUTCOME, SECONDS_A_DAY, closed
from leadline.insights.facts.fact import Facts
from leadline.insights.facts.inputs import DEALS, PEOPLE
from leadline.insights.facts.stages import passages, passages_alone


def worth(zone: str) -> ir.Table:
    """Deals won or lost, on the day they closed: `success`; of the won ones `amount` and `days` (null: unknown)."""
    rows = closed(zone)
    days = (rows.closed_at.epoch_seconds() - rows.created_at.epoch_seconds()) / ibis.literal(float(SECONDS_A_DAY))
    won = rows.status == "won"
    return rows.mutate(
        amount=ibis.ifelse(won, rows.value_base, None),
        days=ibis.ifelse(won & (days >= 0), days, None),
    )


def closed_cases(zone: str) -> ir.Table:
    """Deals won or lost, with what a case is made of: `source`, `revenue_type`, `band`, `step`."""
    return _case(closed(zone)).mutate(step=ibis.literal(0, "int64"))


def passage_cases(zone: str) -> ir.Table:
    """Passages, with what a case is made of: `source` at entry, `revenue_type`, `band`; `step` is the stage."""
    rows = _case(passages(zone))
    return rows.mutate(step=rows.stage)


def to_won(zone: str) -> ir.Table:
    """Passages, on the day of entry: `success` where the deal was won, `failure` where it is lost or parked.

    `advanced` (0 or 1): it went on from this stage, whatever became of it then.
    """
    return _to_won(passages(zone))


def to_won_alone(zone: str) -> ir.Table:
    """The same without the rest from the deal."""
    return _to_won(passages_alone(zone))


def _to_won(rows: ir.Table) -> ir.Table:
    return rows.mutate(
        advanced=rows.success,
        success=ibis.ifelse(rows.status == "won", 1, 0),
        failure=ibis.ifelse(rows.status.isin(("lost", "nurture")), 1, 0),
        pending=ibis.ifelse(rows.status.isin(("won", "lost", "nurture")), 0, 1),
    )


def service(zone: str) -> ir.Table:
    """Who sells with the deals they won, on the day they were hired: `member`, `left_on`, `won_on`, `amount`.

    That is who carries a quota or has won something; one row without a deal for who has won none.
    """
    won = DEALS.filter((DEALS.status == "won") & DEALS.owner.notnull())
    won = won.select("deal", "owner", "pipeline", "closed_at", "value_base")
    staff = PEOPLE.select("member", "hired_on", "left_on", "carries_quota")
    rows = staff.left_join(won, staff.member == won.owner)
    rows = rows.filter(rows.deal.notnull() | rows.carries_quota.fill_null(False))
    return rows.mutate(
        owner=rows.member,
        amount=rows.value_base,
        won_on=local_day(rows.closed_at, zone),
        happened_on=rows.hired_on,
    )


def _case(rows: ir.Table) -> ir.Table:
    """With the size band: half powers of ten of the value. Null where it is unknown, and 0 is: lost deals often are."""
    value = rows.value_base.cast("float64")
    positive = ibis.ifelse(value > 0, value, 1.0)
    half_powers = (positive.log10() * 2).floor().cast("int64")
    return rows.mutate(band=ibis.ifelse(value > 0, half_powers, None))


CASE = (*OUTCOME, "source", "revenue_type", "band", "step")
FACTS = {
    "worth": Facts(worth, ("success", "amount", "days")),
    "closed_cases": Facts(closed_cases, CASE),
    "passage_cases": Facts(passage_cases, (*CASE, "closed", "placed")),
    "passages_to_won": Facts(to_won, (*OUTCOME, "jumped", "closed", "placed", "advanced"), alone=to_won_alone),
    "service": Facts(service, ("member", "hired_on", "left_on", "won_on", "amount")),
}
