"""`leadline report`: a metric on the command line, for people, JSON or CSV."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import Annotated, Any

import typer
from django.utils.translation import gettext as _
from rich.table import Table

from leadline.cli.console import err, out
from leadline.cli.errors import Failure
from leadline.insights.ask import report as ask
from leadline.insights.catalogue import METRICS
from leadline.insights.dimensions import BUILT_IN
from leadline.insights.report import Report

app = typer.Typer()
WRONG = 2  # wrong usage
FEW = 5  # trials below which a share is shown as "2 of 3"


@app.command()
def report(
    metric: Annotated[str, typer.Argument(help=f"Which number: {', '.join(METRICS)}.")] = "",
    by: Annotated[
        str, typer.Option(help=f"Broken down by, comma-separated: {', '.join(BUILT_IN)}, or a choice field of deals.")
    ] = "",
    start: Annotated[str, typer.Option("--from", help="First day, YYYY-MM-DD.")] = "",
    end: Annotated[str, typer.Option("--to", help="Last day, YYYY-MM-DD, included.")] = "",
    as_of: Annotated[str, typer.Option(help="As it stood at the end of this day, or at this ISO moment.")] = "",
    pipeline: Annotated[str, typer.Option(help="Only this pipeline, by name or id.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="As JSON rows.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="As CSV.")] = False,
) -> None:
    """Print a metric: its rows with how many deals stand behind them and 90 % intervals."""
    if as_json and as_csv:
        raise Failure(_("Choose one of --json and --csv."), WRONG)
    if not metric:
        raise Failure(_("Which number? One of %(metrics)s.") % {"metrics": ", ".join(METRICS)}, WRONG)
    names = [name.strip() for name in by.split(",") if name.strip()]
    try:
        found = ask(
            metric,
            by=names,
            start=_day(start, "--from"),
            end=_day(end, "--to"),
            as_of=_moment(as_of),
            pipeline=pipeline or None,
        )
    except ValueError as error:  # unknown names and questions that make no sense, said in one line
        raise Failure(str(error), WRONG) from None
    if as_json:
        out.out(json.dumps(found.as_json_rows(), indent=2, ensure_ascii=False))
    elif as_csv:
        out.out(found.as_csv(), end="")
    else:
        _print(found)


def _day(text: str, option: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        raise Failure(_("%(option)s: %(text)s is not a day; write it as 2026-11-22.") % locals(), WRONG) from None


def _moment(text: str) -> dt.datetime | dt.date | None:
    try:
        if "T" not in text:
            return _day(text, "--as-of")
        moment = dt.datetime.fromisoformat(text)
        # Without a time zone it is this computer's; in the first and last year there may be none to reckon with.
        years = range(dt.MINYEAR + 1, dt.MAXYEAR)
        return moment.astimezone() if moment.tzinfo is None and moment.year in years else moment
    except ValueError:
        raise Failure(_("--as-of: %(text)s is neither a day nor a moment.") % locals(), WRONG) from None


def _print(found: Report) -> None:
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
            *labels, _value(row, unit), *between, str(row["n"]), *(_extra(row, key, unit) for key in extras.values())
        )
    out.print(table)
    if any(_unknown(row) for row in found.rows):
        err.print(_("Unknown: so many closed deals have no stage recorded that nobody knows where deals were lost."))
    if not found.rows:
        err.print(_("Nothing is recorded for this."))


def _extras(found: Report) -> dict[str, str]:
    """Columns shown where the rows have them: heading to key."""
    known = {
        _("pending"): "pending",
        _("skipped"): "skipped",
        _("tempered"): "shrunk",
        _("mean"): "mean",
        _("median"): "median",
        _("left out"): "left_out",
        _("told apart"): "flag",
    }
    if found.metric.unit == "days":
        del known[_("median")]  # it is the value
    return {heading: key for heading, key in known.items() if any(row.get(key) for row in found.rows)}


def _extra(row: dict[str, Any], key: str, unit: str) -> str:
    """Deals that skipped a stage also as a share of those that came to it."""
    entered = row["n"] + row["pending"] if key == "skipped" else 0
    return f"{row[key]} ({row[key] / entered:.0%})" if entered else _number(row[key], unit)


def _unknown(row: dict[str, Any]) -> bool:
    return row["value"] is None and bool(row.get("unknown"))


def _value(row: dict[str, Any], unit: str) -> str:
    if _unknown(row):
        return _("unknown (%(unknown)s)") % row
    if unit == "share" and not row["n"]:
        return _("no deals")
    if unit == "share" and row["n"] < FEW:
        return _("%(numerator)s of %(denominator)s") % row
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
