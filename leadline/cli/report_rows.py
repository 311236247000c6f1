"""What `leadline report` prints for people: a metric's rows, and the list of all metrics."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from rich.table import Table

from leadline.cli.console import err, out
from leadline.insights import catalogue
from leadline.insights.report import Report

FEW = 5  # trials below which a share is shown as "2 of 3"


def print_metrics() -> None:
    """Every metric by family, with its unit and its sentence."""
    for family in catalogue.FAMILIES:
        name = family.__name__.rpartition(".")[2]
        table = Table(
            title=f"{name}: {family.__doc__}", title_justify="left", box=None, show_header=False, pad_edge=False
        )
        for metric in family.METRICS:
            table.add_row(metric.name, metric.unit, metric.sentence)
        out.print(table)
        out.print()


def print_rows(found: Report) -> None:
    """The rows as a table, each number with what it rests on; what it means goes to stderr."""
    err.print(found.metric.sentence)
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in found.by:
        table.add_column(name)
    unit, extras = found.metric.unit, _extras(found)
    bounded = [_("90 % between")] if any(row["low"] is not None for row in found.rows) else []
    for name in (found.metric.name, *bounded, "n", *extras):
        table.add_column(name, justify="right")
    for row in found.rows:
        labels = [_("not recorded") if row[name] is None else str(row[name]) for name in found.by]
        between = [_between(row, unit)] if bounded else []
        table.add_row(
            *labels, _value(row, unit), *between, str(row["n"]), *(_extra(row, *extra) for extra in extras.values())
        )
    out.print(table)
    if any(_unknown(row) for row in found.rows):
        err.print(_("Unknown: so many closed deals have no stage recorded that nobody knows where deals were lost."))
    if not found.rows:
        err.print(_("Nothing is recorded for this."))


def _extras(found: Report) -> dict[str, tuple[str, str]]:
    """Columns shown where the rows have them: heading to key and unit, as the metric's kind declares them."""
    # Loaded with the question already: scipy and Arrow stay off the start-up path.
    from leadline.insights.metrics.answering import KINDS  # noqa: PLC0415

    unit = found.metric.unit
    known = {column.key: column.unit or unit for column in KINDS[found.metric.kind].columns}
    aside = {"numerator", "denominator"} if unit == "share" else set()  # the share and n say them
    said = {"shrunk": (_("tempered"), unit), "flag": (_("told apart"), "")}
    extras = {_heading(key): (key, unit) for key, unit in known.items() if key not in aside}
    extras |= {heading: (key, unit) for key, (heading, unit) in said.items()}
    return {heading: (key, unit) for heading, (key, unit) in extras.items() if any(row.get(key) for row in found.rows)}


def _heading(key: str) -> str:
    """A column's name in words: top_10 is the top 10 %."""
    name, _line, number = key.rpartition("_")
    return f"{name} {number} %" if name == "top" and number.isdigit() else key.replace("_", " ")


def _extra(row: dict[str, Any], key: str, unit: str) -> str:
    """Deals that skipped a stage also as a share of those that came to it."""
    entered = row["n"] + row["pending"] if key == "skipped" else 0
    return f"{row[key]} ({row[key] / entered:.0%})" if entered else _number(row.get(key), unit)


def _unknown(row: dict[str, Any]) -> bool:
    return row["value"] is None and bool(row.get("unknown"))


def _value(row: dict[str, Any], unit: str) -> str:
    if _unknown(row):
        return _("unknown (%(unknown)s)") % row
    if unit == "share" and not row["n"]:
        return _("no deals")
    if unit == "share" and row["n"] < FEW and "numerator" in row:
        return _("%(numerator)s of %(n)s") % row
    return _number(row["value"], unit)


def _between(row: dict[str, Any], unit: str) -> str:
    few = unit == "share" and row["n"] < FEW
    if row["low"] is None or few:
        return ""
    return f"{_number(row['low'], unit)} – {_number(row['high'], unit)}"


def _number(value: Any, unit: str) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value:,.2f}".removesuffix(".00")
    if not isinstance(value, float):
        return str(value)
    if unit == "share":
        return f"{value:.1%}"
    return f"{value:,.0f}" if unit == "money" else f"{value:,.1f}"
