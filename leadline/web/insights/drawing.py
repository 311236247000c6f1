"""A panel's chart: the points of its table, in its reader's words and in the colours of the page or of paper."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from leadline.crm.models import base_currency
from leadline.insights import charts
from leadline.web.insights.cells import Opens, href_of, label_of, plain, said, writing
from leadline.web.insights.declaring import Chart, Column, Panel, Row, Table
from leadline.web.insights.labels import named
from leadline.web.insights.shortening import drawn_rows
from leadline.web.insights.titles import said as said_of

Spec = dict[str, Any]
FORMATS = {"share": "%", "money": "~s", "days": ",.0f"}
KEPT = ("value", "low", "high", "inner_low", "inner_high", "n", "shrunk", "flag", "total", "day", "x", "x2", "range")
SERIES = ("#0b6870", "#5b4bb7", "#a35a00", "#2b6cb0", "#b5446e", "#5f7a1f", "#5d6b71", "#8a4b3a")

# In a page the tokens decide, so that light and dark need no second drawing; a picture stands alone, on white.
PAGE = charts.Colours(
    above="var(--mark-above)",
    below="var(--mark-below)",
    ink="var(--ink)",
    muted="var(--ink-soft)",
    accent="var(--mark-won)",
    warning="var(--mark-lost)",
    line="var(--line)",
    pending="var(--mark-pending)",
    failed="var(--mark-lost)",
    series=tuple(f"var(--series-{n})" for n in range(1, len(SERIES) + 1)),
)
PAPER = charts.Colours(
    above="#5b4bb7",
    below="#a35a00",
    ink="#162023",
    muted="#46545a",
    accent="#0b6870",
    warning="#b3683f",
    line="#dde3e4",
    series=SERIES,
)


def drawn(
    panel: Panel, table: Table, opens: Opens, colours: charts.Colours = PAGE, *, whole: bool = False
) -> Spec | None:
    """The panel's chart; None where it has none, or nothing to draw. `whole`: of all rows, however many."""
    if panel.chart is None:
        return None
    spec = spec_of(panel, table, opens, colours, whole=whole)
    return spec if any(point.get("value") is not None for point in spec["data"]["values"]) else None


def spec_of(panel: Panel, table: Table, opens: Opens, colours: charts.Colours = PAPER, *, whole: bool = False) -> Spec:
    """The same where there is a chart, also of nothing."""
    chart = panel.chart
    assert chart
    column = drawn_column(chart, table)
    points = _points(chart, table, column, opens, drawn_rows(panel, table, whole))
    return charts.draw(chart.kind, points, _words(panel, table, column), colours, FORMATS.get(column.unit, ",~r"))


def height(panel: Panel, spec: Spec) -> int:
    """How many pixels to keep free for it."""
    assert panel.chart
    return charts.height(panel.chart.kind, [point["label"] for point in spec["data"]["values"]])


def titled(spec: Spec, title: str, lines: list[str]) -> Spec:
    """A chart that leaves its page: it says what it shows, of when, and how to read it."""
    says = {"text": title, "subtitle": lines, "anchor": "start", "offset": 12}
    ink = {"subtitleColor": PAPER.muted, "color": PAPER.ink, "subtitleFontSize": 11, "subtitlePadding": 4}
    return {**spec, "title": {**says, **ink}}


def drawn_column(chart: Chart, table: Table) -> Column:
    """The column that is drawn; of a table of nothing, none that anything is in.

    Raises StopIteration where it is not in the table: a slip in a declaration.
    """
    if not table.columns:
        return Column("value", "")
    wanted = chart.value or (chart.parts[0] if chart.parts else "")
    if not wanted and table.points is not None and table.columns:
        return table.columns[0]
    return next(
        column
        for column in table.columns
        if column.key == wanted or (not wanted and column.unit not in ("text", "flag"))
    )


def _points(chart: Chart, table: Table, column: Column, opens: Opens, rows: list[Row]) -> list[Row]:
    if table.points is not None and "|" not in column.key:
        return [_own(point, column, table, opens) for point in table.points]
    if chart.parts:
        return list(_parts(chart, table, opens, rows))
    key = column.key.partition("|")[0]
    column = Column(key, column.title, column.unit, f"{key}.low", f"{key}.high", f"{key}.numerator", f"{key}.n",
                    column.opens) if "|" in column.key else column  # fmt: skip
    was = {tuple(row[name] for name in table.by): row for row in table.was}
    written = writing(column, [*rows, *table.was])
    found = []
    for row in rows:
        point = _point(row, column, table, opens, written)
        before = was.get(tuple(row.get(name) for name in table.by))
        if before is not None:
            point |= {"was": plain(before.get(column.key)), "was_said": said(before, column, written)}
        found.append(point)
    return found


def _point(row: Row, column: Column, table: Table, opens: Opens, written: Any) -> Row:
    base = column.key.partition(".")[0]
    labels = [label_of(row, name) for name in table.by]
    point = {
        "label": labels[0] if labels else str(column.title),
        "value": plain(row.get(column.key)),
        "low": plain(row.get(column.low)),
        "high": plain(row.get(column.high)),
        "n": row.get(f"{base}.n"),
        "said": said(row, column, written),
        "href": href_of(table, row, column, opens),
        "total": row.get("total"),
    }
    if len(labels) > 1:
        point["series"] = labels[1]
    if f"{base}.shrunk" in row:
        shrunk = row[f"{base}.shrunk"]
        point |= {"shrunk": plain(shrunk), "shrunk_said": written(shrunk), "flag": row.get(f"{base}.flag"),
                  "whole": plain(table.whole)}  # fmt: skip
    return {key: value for key, value in point.items() if value is not None}


def _parts(chart: Chart, table: Table, opens: Opens, rows: list[Row]) -> Iterable[Row]:
    """A point for each part of each row; without a label of its own, or with a part unknown, a row has no bar."""
    columns = {column.key: column for column in table.columns}
    for row in rows:
        if row.get(table.by[0]) is None or any(plain(row.get(key)) is None for key in chart.parts):
            continue
        for place, column in enumerate(columns[key] for key in chart.parts):
            value = row.get(column.key)
            yield {
                "label": named(row[table.by[0]]),
                "part": str(column.title),
                "series": str(column.title),
                "place": place,
                "value": plain(value or 0),
                "said": said(row, column, writing(column, table.rows)),
                "href": href_of(table, row, column, opens),
            }


def _own(point: Row, column: Column, table: Table, opens: Opens) -> Row:
    """A face's own point: what it holds, said in words, with what it opens where it says so."""
    found = {key: plain(point[key]) for key in ("label", "series", *KEPT) if key in point}
    what = point.get("opens")
    href = opens(what, {name: point[name] for name in table.by if name in point}, column.key) if what else ""
    label = {"label": named(point.get("label", point.get(table.by[0]) if table.by else None))}
    return {**found, **label, "said": point.get("said") or writing(column, [])(point.get("value")), "href": href}


def _words(panel: Panel, table: Table, column: Column) -> charts.Words:
    titles = {one.key: str(one.title) for one in table.columns}
    assert panel.chart
    measured = str(panel.title) if "|" in column.key else str(column.title)
    if column.unit == "money":
        measured = _("%(measured)s in %(currency)s") % {"measured": measured, "currency": base_currency()}
    steps = panel.chart.kind == "survival"  # its column says how many after some days, its line after any
    return charts.Words(
        value=_("Count") if panel.chart.parts else _("Still there") if steps else measured,
        label=_("Days") if steps else said_of(table.by[0]) if table.by else "",
        series=said_of(table.by[1]) if len(table.by) > 1 else _("Part") if panel.chart.parts else "",
        parts=tuple(titles[key] for key in panel.chart.parts),
        raw=_("Measured"),
        tempered=_("Tempered"),
        was=_("Before"),
    )
