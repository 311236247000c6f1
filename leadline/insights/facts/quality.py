"""Facts of how well deals are recorded."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from leadline.insights.facts.care import beside, clicked_together
from leadline.insights.facts.company_time import local_day
from leadline.insights.facts.fact import Facts
from leadline.insights.facts.inputs import CARE, DEALS

# What may be wrong with a deal. Each is 1 (wrong), 0 (in order) or null: it cannot be wrong with this one.
FLAWS = (
    "no_value",
    "no_owner",
    "no_close_date",
    "no_source",
    "no_organization",
    "no_person",
    "no_stage",
    "won_without_value",
    "lost_without_reason",
    "closed_before_created",
    "never_touched",
    "duplicate",
    "skipped_stage",
    "closed_same_day",
    "catch_up",
)


def records(zone: str) -> ir.Table:
    """Every deal, on the day it was created, with all `FLAWS`, and whether it is `open` (0 or 1).

    `no_close_date`: an open one without an expected close, a closed one without its date. `never_touched`: no touch
    after creation and before close. `duplicate`: same title and organization as another. `closed_same_day`: on the day
    of its creation. `catch_up`: moved by somebody who moved several within a minute. Parked ones need no close date.
    """
    rows = DEALS
    for more in (CARE.select("deal", "worked", "jumped"), clicked_together(), _twins()):
        rows = beside(rows, more)
    closed, won, lost = rows.status.isin(("won", "lost")), rows.status == "won", rows.status == "lost"
    dated = ibis.cases((closed, rows.closed_at.isnull()), (rows.status == "open", rows.expected_close_on.isnull()))
    timed = closed & rows.closed_at.notnull() & rows.created_at.notnull()
    created = local_day(rows.created_at, zone)
    return rows.mutate(
        open=ibis.ifelse(rows.status == "open", 1, 0),
        no_value=_bit(rows.value_base.isnull()),
        no_owner=_bit(rows.owner.isnull()),
        no_close_date=_bit(dated),
        no_source=_bit(rows.source.isnull()),
        no_organization=_bit(rows.organization.isnull()),
        no_person=_bit(rows.person.isnull()),
        no_stage=_bit(rows.stage.isnull()),
        won_without_value=_bit(rows.value_base.isnull(), of=won),
        lost_without_reason=_bit(rows.lost_reason.isnull(), of=lost),
        closed_before_created=_bit(rows.closed_at < rows.created_at, of=timed),
        never_touched=ibis.ifelse(rows.worked.fill_null(False), 0, 1),
        duplicate=ibis.ifelse(rows.organization.isnull(), None, ibis.coalesce(rows.twin, 0)),
        skipped_stage=ibis.ifelse(rows.jumped.fill_null(False), 1, 0),
        closed_same_day=_bit(local_day(rows.closed_at, zone) == created, of=timed),
        catch_up=ibis.coalesce(rows.catch_up, 0),
        happened_on=created,
    )


def _bit(wrong: ir.Value, of: ir.Value | None = None) -> ir.Value:
    bit = ibis.ifelse(wrong.isnull(), None, ibis.ifelse(wrong, 1, 0))
    return bit if of is None else ibis.ifelse(of, bit, None)


def _twins() -> ir.Table:
    """deal, twin (1): deals whose title and organization another has too."""
    named = DEALS.filter(DEALS.title_key.notnull() & DEALS.organization.notnull())
    same = named.group_by("title_key", "organization").agg(many=named.count())
    same = same.filter(same.many > 1).rename(title_again="title_key", customer="organization")
    rows = named.join(same, [named.title_key == same.title_again, named.organization == same.customer])
    return rows.select("deal").mutate(twin=ibis.literal(1))


FACTS = {"records": Facts(records, ("open", *FLAWS))}
