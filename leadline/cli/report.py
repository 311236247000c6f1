"""`leadline report`: a metric on the command line, for people, JSON or CSV."""

from __future__ import annotations

import datetime as dt
import json
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from django.utils.translation import gettext as _

from leadline.cli.console import out
from leadline.cli.errors import Failure
from leadline.cli.report_rows import print_metrics, print_rows
from leadline.insights.ask import report as ask
from leadline.insights.catalogue import METRICS
from leadline.insights.dimensions import BUILT_IN

if TYPE_CHECKING:
    from leadline.insights.metrics.selecting import Store

app = typer.Typer()


class Engine(Enum):
    """What counts."""

    DUCKDB = "duckdb"
    SPARK = "spark"


WRONG = 2  # wrong usage


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
    engine: Annotated[Engine, typer.Option(help="What counts: the warehouse beside the database, or Apache Spark.")] = (
        Engine.DUCKDB
    ),
    lake: Annotated[Path | None, typer.Option(help="For Spark: the folder that `lake export` wrote.")] = None,
    master: Annotated[str, typer.Option(help="For Spark: its cluster, as spark://host:7077; else this machine.")] = "",
    list_them: Annotated[bool, typer.Option("--list", help="What there is to ask, by family.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON rows.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="As CSV.")] = False,
) -> None:
    """Print a metric: its rows with how many records stand behind them and 90 % intervals."""
    if list_them:
        print_metrics()
        return
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
            store=_store(engine, lake, master),
        )
    except ValueError as error:  # unknown names and questions that make no sense, said in one line
        raise Failure(str(error), WRONG) from None
    if as_json:
        out.out(json.dumps(found.as_json_rows(), indent=2, ensure_ascii=False))
    elif as_csv:
        out.out(found.as_csv(), end="")
    else:
        print_rows(found)


def _store(engine: Engine, lake: Path | None, master: str) -> Store | None:
    """None: this process's warehouse."""
    if engine is Engine.DUCKDB:
        if lake or master:
            raise Failure(_("--lake and --master are for --engine spark."), WRONG)
        return None
    if lake is None:
        raise Failure(
            _("Spark reads a lake: say --lake FOLDER, which `leadline lake export --to FOLDER` writes."), WRONG
        )
    # Spark stays off the way of everybody else.
    from leadline.insights.lake.manifest import NoLake  # noqa: PLC0415
    from leadline.insights.lake.session import LOCAL, NoSpark  # noqa: PLC0415
    from leadline.insights.lake.spark import SparkLake  # noqa: PLC0415

    try:
        return SparkLake(lake, master or LOCAL)
    except (NoLake, NoSpark) as error:
        raise Failure(str(error), WRONG) from None


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
