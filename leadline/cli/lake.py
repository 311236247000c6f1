"""`leadline lake`: the warehouse outside, as Parquet files for Apache Spark and other engines."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from django.utils.translation import gettext as _

from leadline.cli.console import out
from leadline.house.refusal import Refused

app = typer.Typer()


@app.callback()
def lake() -> None:
    """The numbers' tables as Parquet files (a lake), for engines that outgrow one machine."""


@app.command()
def export(to: Annotated[Path, typer.Option("--to", help="The folder; made where it is not there.")]) -> None:
    """Write the lake, or bring it up to date: only what has changed is written again."""
    # DuckDB and sqlglot stay off the start-up path.
    from leadline.insights.lake.exporting import export as write  # noqa: PLC0415
    from leadline.insights.lake.manifest import NoLake  # noqa: PLC0415
    from leadline.insights.warehouse import warehouse  # noqa: PLC0415

    if to.exists() and not to.is_dir():
        raise Refused(_("%(path)s is a file. Name a folder; it is made where it is not there.") % {"path": to})
    try:
        done = write(warehouse(), to)
    except (NoLake, OSError) as error:
        raise Refused(str(error)) from None
    out.out(
        _("%(rows)s rows in %(parts)s files; %(written)s of them written now.")
        % {"rows": f"{done.rows:,}", "parts": f"{done.parts:,}", "written": f"{done.written:,}"}
    )
