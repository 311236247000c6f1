"""Targets and the probability that each is met."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.insights.measuring import ids
from leadline.insights.outlook.outlook import Goal
from leadline.web.frame import formats
from leadline.web.insights.declaring import Column, Row, Table
from leadline.web.insights.forecasting import saying, words
from leadline.web.insights.forecasting.found import Which, asked_of, booked
from leadline.web.insights.inquiry import Inquiry
from leadline.web.insights.titles import title_of

COLUMNS = (
    Column("days", gettext_lazy("When"), "text"),
    Column("amount", gettext_lazy("Target"), "number"),
    Column("so_far", gettext_lazy("So far"), "number"),
    Column("middle", gettext_lazy("Will be"), "number", "low", "high"),
    Column("chance", gettext_lazy("Chance that it is met"), "text"),
)


def goals(inquiry: Inquiry) -> Table:
    """The targets that are not over, of those whom the page is about."""
    asked = asked_of(inquiry)
    found = [goal for goal in asked.outlook.goals if _is_of(goal, asked.which)]
    found.sort(key=lambda goal: (goal.end, goal.person is not None, goal.team is not None, -goal.amount))
    rows = [_row(goal, asked.outlook.day) for goal in found]
    wins = [row for row in rows if row["unit"] != "money"]
    columns = COLUMNS if wins else tuple(_money(column) for column in COLUMNS)
    return Table(columns, rows, ("who", "metric"))


def _money(column: Column) -> Column:
    return Column(
        column.key, column.title, "money" if column.unit == "number" else column.unit, column.low, column.high
    )


def _is_of(goal: Goal, which: Which) -> bool:
    by, pk = which
    return by == "all" or (by == "owner" and goal.person == pk)  # no target is of a source


def _row(goal: Goal, today: dt.date) -> Row:
    days = _("%(low)s to %(high)s") % {"low": formats.day(goal.start), "high": formats.day(goal.end)}
    chance = formats.UNKNOWN
    if goal.so_far >= goal.amount:
        chance = _("met")
    elif goal.probability is not None:
        chance = saying.chance(goal.probability)
    elif goal.cannot is not None:
        chance = words.cannot(goal.cannot)
    known = goal.cannot is None
    return {
        "who": _who(goal),
        "metric": title_of(goal.metric),
        "unit": "money" if goal.metric == "booked_revenue" else "number",
        "days": days,
        "amount": goal.amount,
        "so_far": goal.so_far,
        "middle": words.rounded(goal.middle) if known else None,
        "low": words.rounded(goal.low) if known else None,
        "high": words.rounded(goal.high) if known else None,
        "chance": chance,
        "opens": _opens(goal, today),
    }


def _opens(goal: Goal, today: dt.date) -> Row:
    """What was won towards it so far; other measures have pages of their own."""
    if goal.metric != "booked_revenue":
        return {}
    labels = {
        name: _label(name, pk) for name, pk in (("owner", goal.person), ("team", goal.team)) if pk is not None
    }  # fmt: skip
    pipeline = {"pipeline": str(goal.pipeline)} if goal.pipeline is not None else {}
    return {"so_far": booked(goal.start, min(goal.end, today), {**labels, **pipeline})}


def _who(goal: Goal) -> str:
    if goal.person is not None:
        return _label("owner", goal.person)
    whose = _label("team", goal.team) if goal.team is not None else _("The company")
    return whose if goal.pipeline is None else f"{whose}, {_label('pipeline', goal.pipeline)}"


def _label(kind: str, pk: int) -> str:
    return next((label for label, known in ids(kind).items() if known == pk), f"#{pk}")
