"""The four measures of each person over the last quarters."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from zoneinfo import ZoneInfo

from django.conf import settings

from leadline.insights import catalogue, periods
from leadline.web.insights.declaring import Behind, Column, Row, Table
from leadline.web.insights.inquiry import Inquiry

QUARTERS = 6
DRAWN = 6  # a line each: more are no picture any more, and the table has them all


def trends(inquiry: Inquiry) -> Table:
    """The chosen measure by person or team and quarter, of the last six quarters up to the moment of the question.

    First those with most behind their numbers; the first six are drawn.
    """
    by, metric = inquiry.by, catalogue.find(inquiry.metric)
    names = _quarters(inquiry)
    cells = {(row[by], row["quarter"]): row for row in inquiry.report(metric.name, by, "quarter", dated=False).rows}
    behind: Counter[str] = Counter()
    for (person, quarter), row in cells.items():
        if quarter in names and person is not None:
            behind[person] += row["n"] or 0
    people = sorted(behind, key=lambda person: (-behind[person], person))
    columns = tuple(
        Column(name, name, metric.unit, f"{name}.low", f"{name}.high", f"{name}.numerator", f"{name}.n")
        for name in names
    )
    rows = [_row(by, person, names, cells, metric.name) for person in people]
    points = [
        {by: person, "label": person, "x": name, "value": found["value"], "n": found["n"]}
        for person in people[:DRAWN]
        for name in names
        if (found := cells.get((person, name)))
    ]
    return Table(columns, rows, (by,), points=points)


def _row(by: str, person: str, names: list[str], cells: dict[tuple[str | None, str | None], Row], metric: str) -> Row:
    row: Row = {by: person, "opens": {}}
    for name in names:
        found = cells.get((person, name), {})
        row |= {name: found.get("value"), f"{name}.low": found.get("low"), f"{name}.high": found.get("high")}
        row |= {f"{name}.numerator": found.get("numerator"), f"{name}.n": found.get("n")}
        row["opens"][name] = Behind(metric, "", {by: person, "quarter": name}, dated=False)
    return row


def _quarters(inquiry: Inquiry) -> list[str]:
    moment = inquiry.arguments()["as_of"]
    today = (
        moment.astimezone(ZoneInfo(settings.LEADLINE_TIME_ZONE)).date() if isinstance(moment, dt.datetime) else moment
    )
    return [periods.label("quarter", periods.shifted("quarter", today, -back)) for back in range(QUARTERS - 1, -1, -1)]
