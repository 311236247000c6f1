"""Rows along time: no week, month … left out, and each beside the one it is compared with."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from leadline.insights import periods
from leadline.insights.periods import Calendar, Period
from leadline.web.insights.asked import Asked
from leadline.web.insights.declaring import Row
from leadline.web.insights.period import company_calendar, company_today

MOST = 400  # periods that are filled in; beyond it only those with something in them are shown


def filled(asked: Asked, kind: str, rows: list[Row], empty: Row) -> list[Row]:
    """The rows with one for each period in which nothing was, in order, the rows without a date last.

    From the first day asked for, or the first there is, to the last. `empty` is what such a period holds.
    """
    calendar = company_calendar()
    days = [periods.beginning(kind, row[kind], calendar) for row in rows if row[kind] is not None]
    if not days:
        return rows
    start, end = asked.start or min(days), max(max(days), asked.end or max(days))
    known: dict[str | None, list[Row]] = {}
    for row in rows:
        known.setdefault(row[kind], []).append(row)
    labels = _labels(kind, calendar, start, end) or sorted(label for label in known if label is not None)
    inside = [row for label in labels for row in known.get(label) or [{**empty, kind: label}]]
    return inside + known.get(None, [])


def marked(asked: Asked, kind: str, rows: list[Row]) -> list[Row]:
    """The rows with `part`, a word, where their week, month … runs on, or is cut by the period that is asked for."""
    calendar, now = company_calendar(), asked.as_of or company_today()
    return [
        {
            **row,
            "part": _part(asked, periods.containing(kind, periods.beginning(kind, row[kind], calendar), calendar), now),
        }
        if row[kind] is not None
        else row
        for row in rows
    ]


def _part(asked: Asked, whole: Period, now: dt.date) -> str:
    begin, end = whole.start or dt.date.min, whole.end or dt.date.max
    over = now == end < company_today()  # as of a past day, at whose end it was
    if begin <= now <= end and not over and (asked.end is None or asked.end >= now):
        return _("so far")
    cut = (asked.start is not None and begin < asked.start) or (asked.end is not None and end > asked.end)
    return _("part of it") if cut else ""


def relabelled(kind: str, was: list[Row], rows: list[Row]) -> list[Row]:
    """The rows of an earlier time under the labels of this one, by their place: the first month beside the first."""
    now = list(dict.fromkeys(row[kind] for row in rows if row[kind] is not None))
    then = list(dict.fromkeys(row[kind] for row in was if row[kind] is not None))
    names = dict(zip(then, now, strict=False))
    return [{**row, kind: names[row[kind]], "was_label": row[kind]} for row in was if row[kind] in names]


def _labels(kind: str, calendar: Calendar, start: object, end: object) -> list[str]:
    found = []
    for period in periods.each(kind, start, end, calendar):  # type: ignore[arg-type]  # dates
        found.append(periods.label(kind, period.start, calendar))  # type: ignore[arg-type]  # each has both ends
        if len(found) > MOST:
            return []
    return found
