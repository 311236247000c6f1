"""Facts of the signs that there is nothing behind a deal (R19)."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from leadline.insights.facts.care import beside
from leadline.insights.facts.company_time import local_day
from leadline.insights.facts.fact import Facts
from leadline.insights.facts.inputs import CARE, DEALS

LAST_DAYS = 10  # of a quarter
COPIED_WITHIN = 90  # days after one of the same title and value
OFTEN = 10  # deals of one value, and that many times the mean of how often a value comes, make it a default


def signs(zone: str) -> ir.Table:
    """Every deal that is open, won or lost, on the day on which it is expected to close; its signs are 0 or 1.

    `untouched`: no touch after creation and before close. `pushes`: how often its expected close was moved later.
    `surge`: created in the last 10 days of a quarter. `copied`: same title and value as another up to 90 days before.
    `usual`: its value is one that comes far more often than others. `jumped`: skipped a stage. `faceless`: no person.
    Beside them `amount`, `seller`, `open`, `won`, `lost` (0 or 1), `created_s` and `closed_s` (seconds of the epoch).
    """
    deals = DEALS.filter(DEALS.status.isin(("open", "won", "lost")))
    rows = _with_habits(deals)
    rows = beside(rows, CARE.select("deal", "worked", "jumped", "pushes", "pushed_days"))
    return rows.mutate(
        amount=rows.value_base,
        seller=rows.owner,
        open=_flag(rows.status == "open"),
        won=_flag(rows.status == "won"),
        lost=_flag(rows.status == "lost"),
        created_s=rows.created_at.epoch_seconds(),
        closed_s=rows.closed_at.epoch_seconds(),
        untouched=ibis.ifelse(rows.worked.fill_null(False), 0, 1),
        pushes=ibis.coalesce(rows.pushes, 0),
        pushed_days=ibis.coalesce(rows.pushed_days, 0),
        surge=_flag(_late_in_quarter(local_day(rows.created_at, zone))),
        jumped=_flag(rows.jumped),
        faceless=_flag(rows.person.isnull()),
        happened_on=rows.expected_close_on,
    )


def _flag(condition: ir.Value) -> ir.Value:
    return ibis.ifelse(condition.fill_null(False), 1, 0)


def _late_in_quarter(day: ir.DateValue) -> ir.BooleanValue:
    month = day.month()
    length = ibis.ifelse(month.isin((3, 12)), 31, 30)
    return month.isin((3, 6, 9, 12)) & (day.day() > length - LAST_DAYS)


def _with_habits(deals: ir.Table) -> ir.Table:
    """Deals with `copied` and `usual`."""
    alike = ibis.window(group_by=["title_key", "value_base"], order_by=["created_at", "deal"])
    seconds = deals.created_at.epoch_seconds() - deals.created_at.lag().over(alike).epoch_seconds()
    known = deals.title_key.notnull() & deals.value_base.notnull()
    valued = deals.filter(deals.value_base.notnull())
    same = valued.group_by("value_base").agg(times=valued.count()).rename(value_again="value_base")
    often = same.mutate(
        usual=_flag((same.times >= OFTEN) & (same.times >= OFTEN * same.times.mean().over(ibis.window())))
    )
    copied = deals.mutate(copied=_flag(known & (seconds <= COPIED_WITHIN * 86_400)))
    often = often.select("value_again", "usual")
    rows = copied.left_join(often, copied.value_base == often.value_again)
    return rows.mutate(usual=ibis.coalesce(rows.usual, 0))


SIGNS = ("untouched", "pushes", "surge", "copied", "usual", "jumped", "faceless")
FACTS = {
    "signs": Facts(signs, ("amount", "seller", "open", "won", "lost", "created_s", "closed_s", "pushed_days", *SIGNS))
}
