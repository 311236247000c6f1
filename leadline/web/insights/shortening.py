"""How much of a long answer is shown at first: decided here, so that page, picture and paper show the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from django.utils.translation import gettext as _

from leadline.insights.charts import UPRIGHT_KINDS
from leadline.insights.dimensions import CALENDAR
from leadline.web.frame import formats
from leadline.web.insights.declaring import Panel, Row, Table

Item = TypeVar("Item")


def along_time(panel: Panel, table: Table) -> bool:
    """Whether the rows lie in the order of time, the newest last; else the first are those that matter."""
    return bool(table.by) and table.by[0] in CALENDAR and not panel.sort


def some(panel: Panel, table: Table, rows: Sequence[Item], limit: int) -> list[Item]:
    """So many of them, in their order: the newest along time, else the first. 0 is all."""
    if not limit:
        return list(rows)
    return list(rows[-limit:] if along_time(panel, table) else rows[:limit])


def drawn_rows(panel: Panel, table: Table, whole: bool = False) -> list[Row]:
    """The rows of the chart. Along its foot there is room for all of time; downwards for as many as in the table.

    With two dimensions each label has several rows, which stay together.
    """
    rows = table.rows if panel.chart and panel.chart.parts else table.points or table.rows
    kind = panel.chart.kind if panel.chart else ""
    own = table.points is not None and not any("|" in column.key for column in table.columns)  # a face's, all drawn
    if whole or own or not table.by or kind == "lines" or (kind in UPRIGHT_KINDS and along_time(panel, table)):
        return rows
    kept = set(some(panel, table, labels_of(table, rows), panel.limit))
    return [row for row in rows if row.get(table.by[0]) in kept]


def labels_of(table: Table, rows: Sequence[Row]) -> list[str | None]:
    """What stands beside the rows, each once."""
    return list(dict.fromkeys(row.get(table.by[0]) for row in rows)) if table.by else []


def cut_said(panel: Panel, table: Table, shown: int, every: int) -> str:
    """Which of the rows are shown; "" where all are."""
    if shown >= every:
        return ""
    counts = {"some": formats.number(shown), "all": formats.number(every)}
    if along_time(panel, table):
        return _("The newest %(some)s of %(all)s rows.") % counts
    return _("The first %(some)s of %(all)s rows.") % counts


def drawn_said(panel: Panel, table: Table, whole: bool = False) -> str:
    """Which of the rows are in the chart; "" where all are."""
    drawn, rows = labels_of(table, drawn_rows(panel, table, whole)), labels_of(table, drawn_rows(panel, table, True))
    return cut_said(panel, table, len(drawn), len(rows))
