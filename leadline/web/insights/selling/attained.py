"""Targets: what is done, and where it is heading."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.crm.models import base_currency
from leadline.insights import ask_attainment, catalogue
from leadline.insights.ask_attainment import Attained
from leadline.web.frame import formats
from leadline.web.insights.cells import number
from leadline.web.insights.declaring import Behind, Column, Row, Table
from leadline.web.insights.inquiry import Inquiry
from leadline.web.insights.titles import title_of

COLUMNS = (
    Column("span", gettext_lazy("When"), "text"),
    Column("amount", gettext_lazy("Target"), "text"),
    Column("done", gettext_lazy("Done"), "text"),
    Column("share", gettext_lazy("Reached"), "share"),
    Column(
        "usual",
        gettext_lazy("Usual by now"),
        "share",
        help=gettext_lazy("What the team usually has by this working day"),
    ),
    Column(
        "expected",
        gettext_lazy("Expected at the end"),
        "text",
        help=gettext_lazy("What is done, divided by what is usual by now. In 9 of 10 cases the end is in the range."),
    ),
    Column("says", gettext_lazy("Where it goes by the pace so far"), "text"),
)


def attained(inquiry: Inquiry) -> Table:
    """Every target of the period, or of now where there is no period."""
    found = ask_attainment.attainment(**inquiry.arguments())
    return Table(COLUMNS, [_row(each) for each in found], ("who", "metric"))


def _whose(each: Attained) -> str:
    return each.target.owner or each.target.team or _("Everybody")


def _row(each: Attained) -> Row:
    target, pace = each.target, each.pace
    written = _written(target.metric)
    row: Row = {
        "who": _whose(each), "metric": title_of(target.metric),
        "span": f"{formats.day(target.start)} – {formats.day(target.end)}",
        "amount": written(target.amount), "done": None if each.done is None else written(each.done),
        "share": each.share, "usual": pace.usual if pace else None, "expected": None, "says": "",
    }  # fmt: skip
    if pace and pace.expected is not None:
        row["expected"] = written(pace.expected)
        if pace.low is not None and pace.high is not None:
            ends = {"value": written(pace.expected), "low": written(pace.low), "high": written(pace.high)}
            row["expected"] = _("%(value)s (%(low)s to %(high)s)") % ends
            row["says"] = _heading(float(target.amount), float(each.done or 0), pace.low, pace.high)
    if not row["says"] and pace and pace.usual is not None:
        reached = each.done is not None and float(each.done) >= float(target.amount)
        row["says"] = _("reached") if reached else _by_now(each.share or 0.0, pace.usual)
    row["opens"] = {"done": _behind(each)}
    return row


def _by_now(share: float, usual: float) -> str:
    """Where nothing can be expected of what is done, as of nothing at all: beside what there usually is by now."""
    return _("behind what is usual by now") if share < usual else _("no less than usual by now")


def _heading(amount: float, done: float, low: float, high: float) -> str:
    if done >= amount:
        return _("reached")
    if low >= amount:
        return _("will be reached")
    return _("will be missed") if high < amount else _("can go either way")


def _behind(each: Attained) -> Behind | None:
    """The records of the target's own days, whose and of which pipeline it is."""
    if each.done is None:
        return None
    target = each.target
    labels: dict[str, str | None] = {**target.where, "from": target.start.isoformat(), "to": target.end.isoformat()}
    if target.pipeline is not None:
        labels["pipeline"] = str(target.pipeline)
    return Behind(target.metric, "", labels, dated=False)


def _written(metric: str) -> Any:
    unit = catalogue.METRICS[metric].unit if metric in catalogue.METRICS else "number"
    if unit == "money":
        return lambda value: formats.money(value, base_currency(), whole=True)
    if unit == "share":
        return formats.percent
    counted = metric in catalogue.METRICS and catalogue.METRICS[metric].kind in ("count", "total")
    return (lambda value: number(round(value))) if counted else lambda value: number(float(value))
