"""The headline: a few numbers, each with how sure it is, what it rests on, and the records behind it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from leadline.crm.models import base_currency
from leadline.insights import catalogue
from leadline.web.frame import formats
from leadline.web.insights.answering import known
from leadline.web.insights.cells import number, writing
from leadline.web.insights.columns import column_of
from leadline.web.insights.declaring import Behind, Column, Figure, Row, Shown
from leadline.web.insights.inquiry import Inquiry
from leadline.web.insights.links import behind
from leadline.web.insights.period import company_today
from leadline.web.insights.wording import share, surely_between


@dataclass(frozen=True)
class Big:
    """One number of the headline. `range` is its 90 % interval in words, "" where it is exact; `number` is it plainly.

    `was` is the same number of the time it is compared with, `change` how far it has moved since.
    """

    word: str | Promise
    value: str
    range: str
    rests_on: str
    href: str
    number: Any = None
    was: Big | None = None
    change: str = ""


class Share(float):
    """A number between 0 and 1: it moves by points, where others move by percent."""


def headline(figures: tuple[Figure, ...], inquiry: Inquiry) -> list[Big]:
    """The figures of a page; beside another time, what stands open is so at the end of each of the two."""
    other, then = inquiry.other, inquiry
    if other is None:
        return [_big(figure, inquiry) for figure in figures]
    if inquiry.asked.end and not inquiry.asked.as_of and inquiry.asked.end < company_today():
        then = replace(inquiry, asked=replace(inquiry.asked, as_of=inquiry.asked.end))
    found = [_big(figure, inquiry if figure.dated else then) for figure in figures]
    at = other.asked if other.asked.as_of else replace(other.asked, as_of=other.asked.end)
    before = [_big(figure, other if figure.dated else replace(other, asked=at)) for figure in figures]
    return [
        replace(figure, was=was, change=moved(figure.number, was.number))
        for figure, was in zip(found, before, strict=True)
    ]


def moved(now: Any, then: Any) -> str:
    """ "+12%", or "+3 points" of a share; "" where either is unknown or the earlier one was nothing."""
    if now is None or then is None:
        return ""
    if isinstance(now, Share):
        return _("%(points)s points") % {"points": _signed(round(100 * (now - then)))}
    if not then:
        return ""
    return _signed(round(100 * (float(now) / float(then) - 1))) + "%"


def _signed(number: int) -> str:
    return ("+" if number > 0 else "−" if number < 0 else "±") + formats.number(abs(number))


def _big(figure: Figure, inquiry: Inquiry) -> Big:
    if figure.face:
        column, row = Column("value", figure.title, figure.unit, "low", "high"), figure.face(inquiry)
        what = row.get("opens")
    else:
        shown = Shown(figure.shows, dated=figure.dated)
        row = known(inquiry.report(shown.metric, dated=figure.dated).rows[0])
        column = column_of(shown)
        column = replace(column, key=shown.column, low="low", high="high")
        what = column.opens
    value = row.get(column.key)
    written = _short if column.unit == "money" and row.get("low") is None else writing(column, _together(row, column))
    few = column.unit == "share" and column.key == "value" and row.get("numerator") is not None
    sure = column.key == "value" or bool(figure.face)
    return Big(
        figure.title,
        share(row) if few else written(value) if column.unit != "number" else number(value),
        surely_between({**row, "n": row.get("n") or 1}, written) if sure and value is not None else "",
        _rests(figure, row, inquiry),
        behind(inquiry.asked, what, {}) if isinstance(what, Behind) else "",
        Share(value) if column.unit == "share" and value is not None else value,
    )


def _together(row: Row, column: Column) -> list[Row]:
    return [{column.key: row.get(column.key), "low": row.get("low"), "high": row.get("high")}]


def _short(value: Any) -> str:
    return formats.short_money(value, base_currency())


def _rests(figure: Figure, row: Row, inquiry: Inquiry) -> str:
    """What it rests on, and how much of that had to be left out."""
    if not figure.rests:
        return ""
    words = str(figure.rests % {"n": _Counted(row.get("n") or 0), "now": _moment(inquiry)})
    if not row.get("left_out"):
        return words
    timed = figure.shows and catalogue.find(Shown(figure.shows).metric).unit == "days"
    lacking = _("%(words)s; %(n)s without a date") if timed else _("%(words)s; %(n)s without a value or a rate")
    return lacking % {"words": words, "n": formats.number(row["left_out"])}


def _moment(inquiry: Inquiry) -> str:
    return _("as of %s") % formats.day(inquiry.asked.as_of) if inquiry.asked.as_of else _("now")


class _Counted(int):
    """A number that ngettext counts with and a sentence writes as the reader does."""

    def __str__(self) -> str:
        return formats.number(int(self))
