"""`leadline simulate`: a sales company made up from a seed, with one known fault in it, or none."""

from __future__ import annotations

import datetime as dt
import time
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from leadline.cli.console import err, out
from leadline.cli.errors import Failure
from leadline.cli.progress import bar
from leadline.insights.simulator.scenarios import SCENARIOS

if TYPE_CHECKING:
    from leadline.insights.simulator.files.writing import Simulated

WRONG = 2
MOST_SEED = 2**31 - 1  # names are chosen with 32-bit arithmetic
FIRST_YEAR = 1950  # two decades of history, and those before the records, fit behind it

app = typer.Typer()


@app.command()
def simulate(
    scenario: Annotated[str, typer.Argument(help="What is planted; without one, all are listed.")] = "",
    seed: Annotated[int, typer.Option(help="The same seed makes the same company.")] = 1,
    sellers: Annotated[int, typer.Option(help="How many carry a quota; leaders and developers come on top.")] = 12,
    deals: Annotated[int, typer.Option(help="How many deals are expected, about.")] = 2000,
    months: Annotated[int, typer.Option(help="How many months of history.")] = 24,
    until: Annotated[str, typer.Option(metavar="DAY", help="Its last day, YYYY-MM-DD; today if not given.")] = "",
    folder: Annotated[
        Path | None, typer.Option("--out", metavar="FOLDER", help="Write CSV files, as `leadline import` reads them.")
    ] = None,
    load: Annotated[bool, typer.Option("--load", help="Import it into the data folder, where no deal is yet.")] = False,
) -> None:
    """Make up a sales company: leads, deals and their history, with one known fault in it, or none.

    The same scenario, seed, sizes and last day give the same files, byte for byte.
    """
    if not scenario:
        _list()
        return
    name = _known(scenario)
    if (folder is None) == (not load):
        raise Failure("Say where it should go: --out FOLDER for files, or --load for the data folder.", WRONG)
    if not 0 <= seed <= MOST_SEED:
        raise Failure(f"A seed is a whole number from 0 to {MOST_SEED:,}.", WRONG)
    if folder is not None and folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Failure(f"{folder} is not empty; name a new folder.", WRONG)
    made = _made(name, seed, sellers, deals, months, _day(until))
    if folder is not None:
        _write(made, folder)
    else:
        _load(made)


def _list() -> None:
    width = max(map(len, SCENARIOS))
    for name, one in SCENARIOS.items():
        out.print(f"{name:<{width}}  {one.sentence}", markup=False, highlight=False, soft_wrap=True)


def _known(name: str) -> str:
    """The scenario of this name. Raises Failure, which names the nearest ones."""
    if name in SCENARIOS:
        return name
    near = get_close_matches(name.lower().replace("-", "_"), SCENARIOS, n=3, cutoff=0.6)
    hint = f"Did you mean {' or '.join(near)}?" if near else f"There are: {', '.join(SCENARIOS)}."
    raise Failure(f"There is no scenario {name}. {hint}", WRONG)


def _day(text: str) -> dt.date:
    """A day in the past or today. Raises Failure."""
    today = dt.datetime.now(dt.UTC).date()
    try:
        day = dt.date.fromisoformat(text) if text else today
    except ValueError:
        raise Failure(f"{text} is no day; write it like {today}.", WRONG) from None
    if day.year < FIRST_YEAR:
        raise Failure(f"{text} is too long ago; name a day from the year {FIRST_YEAR} on.", WRONG)
    if day > today:
        raise Failure(f"{text} is still to come; nothing can have happened until then.", WRONG)
    return day


def _made(scenario: str, seed: int, sellers: int, deals: int, months: int, until: dt.date) -> Simulated:
    from leadline.insights.simulator.population import simulate as made  # noqa: PLC0415  NumPy and SciPy: not for a list

    try:
        return made(scenario, seed=seed, sellers=sellers, deals=deals, months=months, until=until)
    except ValueError as error:
        raise Failure(str(error), WRONG) from error


def _write(made: Simulated, folder: Path) -> None:
    from leadline.insights.simulator.files import write  # noqa: PLC0415  pyarrow

    begun = time.monotonic()
    with bar("Writing", quiet=False) as progress:
        paths = write(made, folder, progress=lambda count: progress("", count))
    for path in paths:
        out.print(f"{path}  {path.stat().st_size / 1e6:.1f} MB", markup=False, highlight=False, soft_wrap=True)
    rates = "; ".join(f"leadline rate {one.code} {one.rate:g}" for one in made.company.currencies[1:])
    err.print(f"Written in {time.monotonic() - begun:.0f} s. What was planted: {folder / 'truth.json'}", soft_wrap=True)
    err.print(f"Amounts are in {made.company.currencies[0].code}; before you import them: {rates}", soft_wrap=True)


def _load(made: Simulated) -> None:
    from leadline.house import opening  # noqa: PLC0415  Django: only to load

    opening.set_up()
    opening.open_database()
    from leadline.accounts.actors import Actor  # noqa: PLC0415  models can be imported from here on
    from leadline.imports.example.loading import bring_in  # noqa: PLC0415

    begun = time.monotonic()
    with bar("Loading", quiet=False) as progress:
        bring_in(made, Actor(user=None, via="cli"), progress)
    err.print(
        f"Loaded in {time.monotonic() - begun:.0f} s. Nobody in it can sign in until `leadline user add` lets them."
    )
