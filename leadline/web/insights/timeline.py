"""Rows along time: no week, month … left out, and each beside the one it is compared with."""

from __future__ import annotations

from leadline.insights import periods
from leadline.insights.periods import Calendar
from leadline.web.insights.asked import Asked
from leadline.web.insights.declaring import Row
from leadline.web.insights.period import company_calendar

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
