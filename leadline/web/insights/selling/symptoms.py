"""Symptoms of a missing process in words (R23)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.insights import ask_people
from leadline.insights.selling.symptoms import BOUNDS, Symptom
from leadline.web.frame import formats
from leadline.web.insights.cells import number
from leadline.web.insights.declaring import Behind, Column, Row, Table
from leadline.web.insights.inquiry import Inquiry

COLUMNS = (
    Column("state", gettext_lazy("Is it so"), "text"),
    Column("value", gettext_lazy("Measured"), "text"),
    Column("range", gettext_lazy("90 % between"), "text"),
    Column("rests", gettext_lazy("Rests on"), "text"),
    Column("why", gettext_lazy("How it is measured"), "text"),
)
NAMES: Mapping[str, str | Promise] = {
    "close_rate": gettext_lazy("Low close rate"),
    "bookings": gettext_lazy("Unpredictable bookings"),
    "ramp": gettext_lazy("New sellers take long"),
    "turnover": gettext_lazy("People leave"),
    "tenured": gettext_lazy("Tenured sellers do not improve"),
    "wasted": gettext_lazy("Time is wasted"),
    "unhappy": gettext_lazy("Clients are unhappy at the start"),
}
HOW: Mapping[str, str | Promise] = {
    "close_rate": gettext_lazy("Win rate of the last year; a symptom under %(bound)s."),
    "bookings": gettext_lazy("How far months differ: deviation over mean, up to two years; a symptom above %(bound)s."),
    "ramp": gettext_lazy("Months until new people book what tenured ones do; a symptom above %(bound)s."),
    "turnover": gettext_lazy("Who left in the last year, per head and year; a symptom above %(bound)s."),
    "tenured": gettext_lazy(
        "Change of their win rate against the year before; a symptom if a rise of %(bound)s is excluded."
    ),
    "wasted": gettext_lazy(
        "Minutes on lost deals, of those on all closed in the last year; a symptom above %(bound)s."
    ),
}
WHY_NOT: Mapping[str, str | Promise] = {
    "close_rate": gettext_lazy("Not measured: no deal was closed in the last year."),
    "bookings": gettext_lazy("Not measured: it takes six whole months with bookings on record."),
    "ramp": gettext_lazy("Not measured: it takes a date of hire after the first booking, and three tenured people."),
    "turnover": gettext_lazy("Not measured: no dates of hire or leave are recorded, or you do not see all people."),
    "tenured": gettext_lazy("Not measured: nobody closed five deals in both of the last two years."),
    "wasted": gettext_lazy("Not measured: most activities have no minutes."),
    "unhappy": gettext_lazy("Not measured: Leadline keeps nothing of clients after the sale."),
}  # fmt: skip
RESTS: Mapping[str, str | Promise] = {
    "close_rate": gettext_lazy("%(n)s closed deals"),
    "bookings": gettext_lazy("%(n)s months"),
    "wasted": gettext_lazy("%(n)s deals"),
}
OPENS = {"close_rate": "win_rate", "bookings": "booked_revenue", "ramp": "ramp", "wasted": "time_on_lost"}


def symptoms(inquiry: Inquiry) -> Table:
    """All seven, in the order of the promise."""
    arguments = inquiry.arguments()
    begin, end = ask_people.last_year(**arguments)
    year: dict[str, str | None] = {"from": begin.isoformat(), "to": end.isoformat()}
    return Table(COLUMNS, [_row(one, year) for one in ask_people.symptoms(**arguments)], ("symptom",))


def _row(one: Symptom, year: dict[str, str | None]) -> Row:
    written = _written(one)
    if not one.measured:
        return {"symptom": NAMES[one.key], "state": _("not measured"), "why": WHY_NOT[one.key]}
    between = ""
    if one.low is not None and one.high is not None:
        between = _("%(low)s to %(high)s") % {"low": written(one.low), "high": written(one.high)}
    return {
        "symptom": NAMES[one.key],
        "state": {True: _("yes"), False: _("no"), None: _("cannot tell yet")}[one.present],
        "value": _("not yet") if one.value is None else written(one.value),
        "range": between,
        "rests": str(RESTS.get(one.key, _("%(n)s people"))) % {"n": formats.number(one.n)},
        "why": str(HOW[one.key]) % {"bound": written(BOUNDS[one.key])},
        "opens": {"value": _behind(one, year)},
    }


def _behind(one: Symptom, year: dict[str, str | None]) -> Behind | None:
    """The records that the number rests on: of the last year, or all for what looks further back."""
    metric = OPENS.get(one.key)
    return Behind(metric, "", year if one.key in ("close_rate", "wasted") else {}, dated=False) if metric else None


def _written(one: Symptom) -> Callable[[Any], str]:
    if one.key == "tenured":
        return lambda value: _("%(points)s points") % {"points": formats.number(100 * value, 1)}
    if one.unit == "months":
        return lambda value: _("%(n)s months") % {"n": number(float(value))}
    return formats.percent if one.unit == "share" else lambda value: formats.number(value, 2)
