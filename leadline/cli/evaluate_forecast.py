"""`leadline evaluate forecast`: the forecast from past moments held against what came."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from leadline.cli.console import out
from leadline.cli.errors import Failure
from leadline.cli.evaluate_runs import followed

WRONG = 2


def forecast(
    seeds: Annotated[str, typer.Option(metavar="FIRST:END", help="Seeds; END is not among them.")] = "10000:10020",
    sizes: Annotated[str, typer.Option(help="small (6 sellers, 1,500 deals), large (30 and 15,000).")] = "small,large",
    scenarios: Annotated[str, typer.Option(help="Names with commas between.")] = "healthy,leaky_stage,lead_drought",
    data: Annotated[str, typer.Option(help="Data sets with commas between; their files: LEADLINE_TEST_DATA.")] = "",
    workers: Annotated[int, typer.Option(min=1, help="How many processes.")] = 2,
    keep: Annotated[Path, typer.Option("--keep", metavar="FOLDER", help="Where runs are kept, to go on from.")] = Path(
        "evaluation"
    ),
    write: Annotated[
        Path | None, typer.Option("--write", metavar="FILE", help="Write the report there as well.")
    ] = None,
) -> None:
    """Forecast from every fourth week of the last year, and see how often and how closely it was right.

    Companies are simulated; runs that are in the folder already are not run again.
    """
    # NumPy and SciPy stay off the start-up path.
    from leadline.insights.evaluate.forecast import asked, evaluated  # noqa: PLC0415
    from leadline.insights.evaluate.forecast_report import report  # noqa: PLC0415

    try:
        runs = asked(seeds, sizes, scenarios, tuple(filter(None, data.split(","))))
    except ValueError as error:
        raise Failure(str(error), WRONG) from None
    text = report(followed(evaluated(runs, keep, workers), len(runs), keep))
    out.out(text, end="")
    if write is not None:
        write.write_text(text)
