"""The columns of metrics, as their kinds declare them."""

from __future__ import annotations

from leadline.insights import catalogue
from leadline.web.insights.declaring import Behind, Column, Shown
from leadline.web.insights.titles import heading


def column_of(shown: Shown) -> Column:
    """The column of a metric's number: its heading, unit, interval and what it opens. Raises KeyError for none."""
    # Loaded with the first question: scipy and Arrow stay off the start-up path.
    from leadline.insights.metrics.answering import KINDS  # noqa: PLC0415

    metric = catalogue.find(shown.metric)
    title = shown.title or heading(metric.name, shown.column)
    opens = Behind(metric.name, dated=shown.dated)
    if shown.column == "value":
        return Column(
            shown.name, title, metric.unit, f"{metric.name}.low", f"{metric.name}.high",
            f"{metric.name}.numerator", f"{metric.name}.n", opens, shown.help or metric.sentence,
        )  # fmt: skip
    if shown.column == "n":
        return Column(shown.name, title, _counted(metric.rows), opens=opens, help=shown.help)
    if shown.column in ("shrunk", "flag"):
        return Column(shown.name, title, metric.unit if shown.column == "shrunk" else "flag", help=shown.help)
    found = {column.key: column for column in KINDS[metric.kind].columns}[shown.column]
    return Column(
        shown.name,
        title,
        found.unit or metric.unit,
        found.low and f"{metric.name}.{found.low}",
        found.high and f"{metric.name}.{found.high}",
        opens=None if found.part is None else Behind(metric.name, found.part, dated=shown.dated),
        help=shown.help,
    )


def _counted(rows: str) -> str:
    """The unit of a number of records: deals, leads, activities."""
    return {"activity": "activities"}.get(rows, f"{rows}s")
