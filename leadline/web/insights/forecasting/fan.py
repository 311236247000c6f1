"""The fan: what was booked so far, week by week, and the distribution of what is to be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.insights.ask_forecasts_kept import versions
from leadline.insights.outlook.outlook import Mark, Outlook
from leadline.insights.question import BadQuestion
from leadline.web.frame import formats
from leadline.web.insights.declaring import Column, Row, Table
from leadline.web.insights.forecasting import words
from leadline.web.insights.forecasting.found import asked_of, booked, whose_of
from leadline.web.insights.forecasting.saying import is_of
from leadline.web.insights.forecasting.words import rounded
from leadline.web.insights.inquiry import Inquiry

DAY = dt.timedelta(days=1)
COLUMNS = (Column("booked", gettext_lazy("Booked by then"), "money", "low", "high"),)


def fan(inquiry: Inquiry) -> Table:
    """Cumulative bookings since the running quarter began. Raises BadQuestion for one person's or source's alone."""
    asked = asked_of(inquiry)
    if not asked.whole:
        raise BadQuestion(_("Week by week there is the forecast of everything; take the person or source off."))
    outlook = asked.outlook
    if outlook.cannot is not None:
        return Table((), [], nothing=words.cannot(outlook.cannot))
    if not outlook.fan:
        return Table((), [])
    start = outlook.fan[0].day + DAY
    rows = [_row(mark, start) for mark in outlook.fan[1:]]
    return Table(COLUMNS, rows, ("day",), points=[*_points(outlook), *_lines(outlook, inquiry)])


def _row(mark: Mark, start: dt.date) -> Row:
    day = formats.day(mark.day)
    if mark.won is not None:
        return {"day": day, "booked": mark.won, "opens": {"booked": booked(start, mark.day)}}
    ends = {"low": rounded(mark.p5), "high": rounded(mark.p95)}
    return {"day": _("%(day)s (expected)") % {"day": day}, "booked": rounded(mark.p50), **ends}


def _points(outlook: Outlook) -> Iterator[Row]:
    for mark in outlook.fan:
        day = {"label": formats.day(mark.day), "x": mark.day.isoformat()}
        if mark.won is not None:
            yield {**day, "series": "won", "value": mark.won, "said": words.money(mark.won)}
        if mark.p50 is not None:
            yield {
                **day, "series": "ahead", "value": mark.p50, "low": mark.p5, "high": mark.p95,
                "inner_low": mark.p25, "inner_high": mark.p75, "said": words.money(mark.p50),
                "range": _("%(low)s to %(high)s") % {"low": words.money(mark.p5), "high": words.money(mark.p95)},
            }  # fmt: skip


def _lines(outlook: Outlook, inquiry: Inquiry) -> Iterator[Row]:
    """The target of the quarter, and what its reader has said of it."""
    place = outlook.quarter
    if place is None:
        return
    quarter, whose, asked = outlook.stretches[place], whose_of(inquiry), inquiry.asked
    for goal in outlook.goals:
        if is_of(goal, whose, asked.pipeline) and (goal.start, goal.end) == (quarter.start, quarter.end):
            yield _line("target", _("Target"), goal.start, goal.end, goal.amount)
            break
    if asked.pipeline or asked.as_of:
        return
    person, team = whose
    group = ("owner", person) if person is not None else ("team", team) if team is not None else ("all", None)
    said = [
        one for one in versions(inquiry.user, start=quarter.end)
        if one.group == group and one.owner == inquiry.user.pk and one.end == quarter.end
        and one.start == quarter.start
    ]  # fmt: skip
    if said:
        latest = max(said, key=lambda one: one.at)
        yield _line("own", _("Your own"), quarter.start, quarter.end, float(latest.amount))


def _line(series: str, name: str, start: dt.date, end: dt.date, amount: float) -> Row:
    return {
        "label": name, "series": series, "x": start.isoformat(), "x2": end.isoformat(), "value": amount,
        "said": f"{name}: {words.exact(amount)}",
    }  # fmt: skip
