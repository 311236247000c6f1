"""What facts are broken down by: each adds a column `d<n>` (what is shown) and `p<n>` (its place in the order)."""

from __future__ import annotations

from typing import cast

import ibis
import ibis.expr.types as ir

from leadline.insights.dimensions import CALENDAR, OF_LEADS, PLAIN, ROLES, Dimension
from leadline.insights.facts.inputs import LABELS, MEMBERS, NAMES, SHARES

NAMED_AS = {"originator": "owner", "giver": "owner", "taker": "owner"}  # people go by one name
TOLD = (*PLAIN, *ROLES, "competitor")  # the column itself is what is shown
PLACED = (*OF_LEADS, "event")  # the same, with a column of its place beside it


def broken_down(facts: ir.Table, n: int, dimension: Dimension) -> ir.Table:
    """Facts with columns d<n> and p<n>. By label or product a deal has as many rows as it has of them.

    By product the `amount` of a deal, where facts have one, is shared out.
    """
    if dimension.name in CALENDAR:
        return facts.mutate(**{f"d{n}": _calendar(facts, dimension), f"p{n}": ibis.literal(0)})
    if dimension.name in TOLD:
        return facts.mutate(**{f"d{n}": facts[dimension.name], f"p{n}": ibis.literal(0)})
    if dimension.name in PLACED:
        return facts.mutate(**{f"d{n}": facts[dimension.name], f"p{n}": facts[f"{dimension.name}_place"]})
    facts, key = _keyed(facts, n, dimension)
    kind = f"field:{dimension.field}" if dimension.field else NAMED_AS.get(dimension.name, dimension.name)
    names = NAMES.filter(NAMES.kind == kind).select(**{f"i{n}": "id", f"d{n}": "label", f"p{n}": "place"})
    return facts.left_join(names, facts[key] == names[f"i{n}"])


def needed(dimension: Dimension) -> str:
    """The column of facts that it takes to break them down."""
    if dimension.field:
        return "custom"
    if dimension.name in CALENDAR:
        return "happened_on"
    return {"team": "owner", "label": "deal", "product": "deal"}.get(dimension.name, dimension.name)


def _keyed(facts: ir.Table, n: int, dimension: Dimension) -> tuple[ir.Table, str]:
    """Facts with a column that holds the id to be named."""
    key = f"k{n}"
    if dimension.field:
        kind = "array<int64>" if dimension.several else "int64"
        value = facts.custom[dimension.field].unwrap_as(kind)
        return facts.mutate(**{key: _each(value) if dimension.several else value}), key
    if dimension.name == "team":
        members = MEMBERS.select(**{f"m{n}": "member", key: "team"})
        return facts.left_join(members, facts.owner == members[f"m{n}"]), key
    if dimension.name == "label":
        labels = LABELS.select(**{f"l{n}": "deal", key: "label"})
        return facts.left_join(labels, facts.deal == labels[f"l{n}"]), key
    if dimension.name == "product":
        return _by_product(facts, n, key), key
    return facts, dimension.name


def _each(values: ir.ArrayValue) -> ir.Value:
    """One row per member; a deal without any keeps its row."""
    nothing = ibis.array([ibis.null("int64")])
    return ibis.ifelse(values.length().fill_null(0) == 0, nothing, values).unnest()


def _by_product(facts: ir.Table, n: int, key: str) -> ir.Table:
    shares = SHARES.select(**{f"l{n}": "deal", key: "product", f"from{n}": "from_share", f"to{n}": "to_share"})
    rows = facts.left_join(shares, facts.deal == shares[f"l{n}"])
    if "amount" not in facts.columns:
        return rows
    # Both ends of the share are rounded to the cent, so the parts of a deal add up to its value exactly.
    return rows.mutate(amount=_upto(rows.amount, rows[f"to{n}"], 1.0) - _upto(rows.amount, rows[f"from{n}"], 0.0))


def _upto(amount: ir.DecimalValue, share: ir.FloatingValue, otherwise: float) -> ir.DecimalValue:
    share = share.fill_null(otherwise)
    part = (amount.cast("float64") * share).round(2).cast("decimal(18, 2)")
    zero = ibis.literal(0).cast("decimal(18, 2)")
    whole = ibis.cases((share == 1.0, amount), (share == 0.0, zero), else_=part)
    return cast(ir.DecimalValue, ibis.ifelse(amount.isnull(), None, whole))


def _calendar(facts: ir.Table, dimension: Dimension) -> ir.StringValue:
    """As `insights.periods.label` says it."""
    day, name = facts.happened_on, dimension.name
    if name == "week":
        return _week(day, dimension.begins)
    if name in ("fiscal_year", "fiscal_quarter"):
        return _fiscal(day, name, dimension.begins)
    if name == "quarter":
        return day.year().cast("string") + "-Q" + day.quarter().cast("string")
    return day.strftime({"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}[name])


def _week(day: ir.DateValue, begins: int) -> ir.StringValue:
    """The ISO week of the Thursday in it. Not by a format: that of weeks is not every engine's."""
    ahead = -begins % 7
    monday = (day + ibis.interval(days=ahead) if ahead else day).cast("date").truncate("W")
    thursday = (monday.cast("date") + ibis.interval(days=3)).cast("date")
    week = (thursday.day_of_year() - 1) // 7 + 1
    return thursday.year().cast("string") + "-W" + week.cast("int32").cast("string").lpad(2, "0")


def _fiscal(day: ir.DateValue, name: str, begins: int) -> ir.StringValue:
    year = day.year() + ibis.ifelse(day.month() >= begins, 1, 0) if begins > 1 else day.year()
    said = ibis.literal("FY") + year.cast("string")
    if name == "fiscal_year":
        return said
    quarter = ((day.month() + 12 - max(begins, 1)) % 12) // 3 + 1
    return said + "-Q" + quarter.cast("int32").cast("string")
