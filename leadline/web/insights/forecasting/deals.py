"""The open deals that carry the forecast, each with what speaks for it and against."""

from __future__ import annotations

import math
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from leadline.crm.models import Deal
from leadline.insights.outlook.outlook import OpenDeal
from leadline.web.frame import formats
from leadline.web.insights.declaring import Column, Row, Table
from leadline.web.insights.forecasting import words
from leadline.web.insights.forecasting.found import Which, asked_of
from leadline.web.insights.inquiry import Inquiry

QUIET, PUSHED = 21, 2  # days without anything done, and put-offs, from which on they are said
COLUMNS = (
    Column("owner", gettext_lazy("Person"), "text"),
    Column("money", gettext_lazy("Expected this quarter"), "money",
           help=gettext_lazy("The chance times what deals of this value usually bring when they are won: values still "
                             "change on the way, so it is not just the chance times the value.")),
    Column("chance", gettext_lazy("Chance this quarter"), "share"),
    Column("later", gettext_lazy("Chance in %s weeks"), "share"),
    Column("amount", gettext_lazy("Value"), "money"),
    Column("likely", gettext_lazy("Most likely by"), "day"),
    Column("why", gettext_lazy("Why"), "text"),
)  # fmt: skip


def carrying(inquiry: Inquiry) -> Table:
    """The deals in order of what they are expected to bring in the running quarter, then later."""
    asked = asked_of(inquiry)
    outlook = asked.outlook
    if outlook.cannot is not None:
        return Table((), [], nothing=words.cannot(outlook.cannot))
    found = [deal for deal in outlook.deals if _is_of(deal, asked.which)]
    found.sort(key=lambda deal: (-_first(deal.money_in_quarter), -_first(deal.money), deal.id))
    seen = Deal.objects.visible_to(inquiry.user).kept().in_bulk([deal.id for deal in found])
    rows = [_row(deal, seen[deal.id]) for deal in found if deal.id in seen]
    columns = tuple(_titled(column, outlook.weeks) for column in COLUMNS)
    return Table(columns, rows, ("deal",), more={"ids": [row["id"] for row in rows]}, says=_says(rows, outlook.open))


def _titled(column: Column, weeks: int) -> Column:
    if column.key != "later":
        return column
    return Column(column.key, str(column.title) % formats.number(weeks), column.unit)


def _is_of(deal: OpenDeal, which: Which) -> bool:
    by, pk = which
    return by == "all" or getattr(deal, by) == pk


def _first(money: float) -> float:
    return 0.0 if math.isnan(money) else money


def _row(found: OpenDeal, deal: Deal) -> Row:
    return {
        "id": deal.pk,
        "deal": deal.title,
        "owner": str(deal.owner) if deal.owner_id else _("nobody"),
        "money": words.rounded(found.money_in_quarter),
        "chance": found.chance_in_quarter,
        "later": found.chance,
        "amount": None if math.isnan(found.value) else found.value,
        "likely": found.likely,
        "why": ", ".join(_why(found, str(deal.stage) if deal.stage_id else "")),
    }


def _why(found: OpenDeal, stage: str) -> Iterator[str]:
    """Its place, how it stands beside others there, and what is unusual about it."""
    where = {"stage": stage, "n": formats.number(found.waiting) if not math.isnan(found.waiting) else ""}
    if stage and where["n"]:
        days = ngettext("%(n)s day in %(stage)s", "%(n)s days in %(stage)s", round(found.waiting))
        yield days % where
    elif stage:
        yield _("in %(stage)s") % where
    if not math.isnan(found.usual) and found.usual > 0:
        beside = {"usual": formats.percent(found.usual)}
        if found.chance > 1.25 * found.usual:
            yield _("likelier than others there (%(usual)s)") % beside
        elif found.chance < 0.75 * found.usual:
            yield _("less likely than others there (%(usual)s)") % beside
    if not math.isnan(found.quiet) and found.quiet >= QUIET:
        yield _("nothing done for %(n)s days") % {"n": formats.number(round(found.quiet))}
    if found.pushes >= PUSHED:
        yield _("put off %(n)s times") % {"n": formats.number(found.pushes)}
    if math.isnan(found.value):
        yield _("no value: counted with the usual one")


def _says(rows: list[Row], every: int) -> str:
    """How much hangs on the few first."""
    total = sum(row["money"] or 0 for row in rows)
    if len(rows) < 6 or not total:
        return ""
    few = sum(row["money"] or 0 for row in rows[:5]) / total
    told = {"share": formats.percent(few), "n": formats.number(len(rows)), "all": formats.number(every)}
    if every > len(rows):
        return _("The first five bring %(share)s of it. The %(n)s of %(all)s open deals that carry most.") % told
    return _("The first five bring %(share)s of what open deals are expected to bring this quarter.") % told
