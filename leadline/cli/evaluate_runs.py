"""How far an evaluation has come, for whoever waits for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from leadline.cli.console import err

R = TypeVar("R")


def followed(runs: Iterable[R], total: int, keep: Path) -> Iterator[R]:
    """The same runs; each is named on the error output as it is done, so that the report stays a file of its own."""
    err.print(f"{total} runs, kept in the folder {keep}.", highlight=False, markup=False)
    for done, run in enumerate(runs, 1):
        asked: Any = vars(run)["asked"]
        said = f"{done} of {total}: {asked.scenario}, {asked.size}, seed {asked.seed}"
        err.print(said, highlight=False, markup=False)
        yield run
