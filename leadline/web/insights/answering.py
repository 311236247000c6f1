"""A panel's answer: the table of its face, or of the numbers that it shows, merged by their labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from leadline.insights import catalogue
from leadline.insights.dimensions import CALENDAR
from leadline.insights.sight import sees_nobody_else
from leadline.web.insights.ageing import WAITING
from leadline.web.insights.columns import column_of
from leadline.web.insights.declaring import CHOSEN, GROUPED, OTHERS_UNSEEN, Panel, Row, Shown, Table
from leadline.web.insights.inquiry import Inquiry
from leadline.web.insights.pivoting import pivoted
from leadline.web.insights.timeline import filled, marked, relabelled

SUMS = ("count", "total")
Labels = tuple[str | None, ...]


def answer(panel: Panel, inquiry: Inquiry) -> Table:
    """What the panel shows. Raises BadQuestion and UnknownName, each with one plain line."""
    if panel.of_others and sees_nobody_else(inquiry.user):
        return Table((), [], nothing=OTHERS_UNSEEN)
    if panel.kept and (kept := panel.kept(inquiry)).value is None:
        return Table((), [], nothing=kept.failed or WAITING)
    if panel.face:
        return sorted_by(panel, panel.face(inquiry))
    shows, by = shown_of(panel, inquiry), _by(panel, inquiry)
    rows = _rows(panel, inquiry, shows, by)
    other = inquiry.other if panel.dated else None
    was = _rows(panel, other, shows, by) if other else []
    if by and by[0] in CALENDAR:
        empty = {key: value for one in shows for key, value in _nothing(one.metric).items()}
        rows = filled(inquiry.asked, by[0], rows, empty)
        was = relabelled(by[0], filled(other.asked, by[0], was, empty), rows) if other else []
        rows = marked(inquiry.asked if panel.dated else replace(inquiry.asked, start=None, end=None), by[0], rows)
    columns = tuple(column_of(replace(one, dated=one.dated and panel.dated)) for one in shows)
    table = Table(columns, rows, by, whole=_whole(panel, inquiry, shows), was=was)
    nothing = _nothing(shows[0].metric).get(shows[0].name)
    return pivoted(table, nothing) if len(by) > 1 else sorted_by(panel, table)


def metrics_of(panel: Panel, inquiry: Inquiry) -> tuple[str, ...]:
    """The metrics that the panel rests on, for its help."""
    return panel.metrics or tuple(dict.fromkeys(one.metric for one in shown_of(panel, inquiry)))


def shown_of(panel: Panel, inquiry: Inquiry) -> list[Shown]:
    """What it shows; what the reader has chosen is named. Comparisons also show what can be trusted of it."""
    shows = [one if isinstance(one, Shown) else Shown(one) for one in panel.shows]
    shows = [
        replace(one, name=one.name.replace(CHOSEN, inquiry.metric)) if one.metric == CHOSEN else one for one in shows
    ]
    if panel.chart and panel.chart.kind == "comparison":
        known = {one.name for one in shows}
        first = shows[0].metric
        shows += [Shown(f"{first}.{key}") for key in ("shrunk", "n", "flag") if f"{first}.{key}" not in known]
    return shows


def sorted_by(panel: Panel, table: Table) -> Table:
    """In the order of one column, what is not known last; comparisons by what can be trusted, the best first."""
    key = panel.sort
    if not key and panel.chart and panel.chart.kind == "comparison" and panel.shows:
        metric = table.columns[0].key
        key = f"{metric}.shrunk"
        key = key if catalogue.find(metric).good_direction == "down" else f"-{key}"
    if not key:
        return table
    name, sign = key.removeprefix("-"), -1 if key.startswith("-") else 1
    rows = sorted(table.rows, key=lambda row: (row.get(name) is None, sign * float(row.get(name) or 0)))
    return replace(table, rows=rows)


def _by(panel: Panel, inquiry: Inquiry) -> tuple[str, ...]:
    wanted = (panel.by,) if isinstance(panel.by, str) else panel.by
    return tuple(inquiry.by if name == GROUPED else name for name in wanted if name)


def _rows(panel: Panel, inquiry: Inquiry, shows: Sequence[Shown], by: tuple[str, ...]) -> list[Row]:
    """The rows of all metrics, those with the same labels as one; keys are `metric` and `metric.column`."""
    merged: dict[Labels, Row] = {}
    dated = {one.metric: one.dated and panel.dated for one in shows}
    for metric, within in dated.items():
        for row in inquiry.report(metric, *by, dated=within, where=panel.where).rows:
            labels = tuple(row[name] for name in by)
            merged.setdefault(labels, dict(zip(by, labels, strict=True))).update(_keyed(metric, row, by))
    nothing = {metric: _nothing(metric) for metric in dated}
    return [{**_without(nothing, row), **row} for row in merged.values()]


def _keyed(metric: str, row: Row, by: tuple[str, ...]) -> Row:
    return {
        metric if key == "value" else f"{metric}.{key}": value for key, value in known(row).items() if key not in by
    }


def known(row: Row) -> Row:
    """A total of which no part is known is not known, which is not 0."""
    nothing = bool(row.get("n")) and row.get("left_out") == row["n"] and row.get("value") == 0
    return {**row, "value": None} if nothing else row


def _nothing(metric: str) -> Row:
    """A metric's numbers where it has no row: sums of nothing are 0, other numbers are not known."""
    value = 0 if catalogue.find(metric).kind in SUMS else None
    return {metric: value, f"{metric}.n": 0}


def _without(nothing: dict[str, Row], row: Row) -> Row:
    return {key: value for metric, values in nothing.items() if metric not in row for key, value in values.items()}


def _whole(panel: Panel, inquiry: Inquiry, shows: Sequence[Shown]) -> Any:
    """The number of all together, for comparisons."""
    if not (panel.chart and panel.chart.kind == "comparison"):
        return None
    return inquiry.report(shows[0].metric, dated=panel.dated, where=panel.where).rows[0]["value"]
