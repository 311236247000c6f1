"""`leadline evaluate`: the diagnosis and the forecast held against what is known to be true."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from leadline.cli.console import out
from leadline.cli.errors import Failure
from leadline.cli.evaluate_forecast import forecast
from leadline.cli.evaluate_runs import followed

WRONG = 2

app = typer.Typer()
app.command()(forecast)


@app.callback()
def evaluate() -> None:
    """Hold the diagnosis and the forecast against what is known to be true."""


@app.command()
def diagnosis(
    seeds: Annotated[str, typer.Option(metavar="FIRST:END", help="Seeds; END is not among them.")] = "10000:10040",
    sizes: Annotated[str, typer.Option(help="small (6 sellers, 1,500 deals), large (30 and 15,000).")] = "small,large",
    scenarios: Annotated[str, typer.Option(help="Names with commas between; all, if none is given.")] = "",
    workers: Annotated[int, typer.Option(min=1, help="How many processes.")] = 2,
    keep: Annotated[Path, typer.Option("--keep", metavar="FOLDER", help="Where runs are kept, to go on from.")] = Path(
        "evaluation"
    ),
    write: Annotated[
        Path | None, typer.Option("--write", metavar="FILE", help="Write the report there as well.")
    ] = None,
) -> None:
    """Plant a fault in simulated companies, and see whether the diagnosis names it first.

    Runs that are in the folder already are not run again. Sizes and strengths are those of the design.
    """
    # NumPy and SciPy stay off the start-up path.
    from leadline.insights.evaluate.diagnosis import asked, evaluated  # noqa: PLC0415
    from leadline.insights.evaluate.diagnosis_report import report  # noqa: PLC0415

    try:
        runs = asked(seeds, sizes, scenarios)
    except ValueError as error:
        raise Failure(str(error), WRONG) from None
    text = report(followed(evaluated(runs, keep, workers), len(runs), keep))
    out.out(text, end="")
    if write is not None:
        write.write_text(text)
