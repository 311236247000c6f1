"""All files of a company into a folder, batch by batch: memory does not grow with the number of deals."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import fields
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import pyarrow as pa
from pyarrow import csv

from leadline.insights.simulator.cast import Cast, cast_of
from leadline.insights.simulator.company import Batch, Company, Truth
from leadline.insights.simulator.files import house
from leadline.insights.simulator.files.activities import activities
from leadline.insights.simulator.files.changes import stage_changes
from leadline.insights.simulator.files.deals import deals
from leadline.insights.simulator.files.leads import leads
from leadline.insights.simulator.files.parties import Parties, organizations, people

SMALL: dict[str, Callable[[Cast], pa.Table]] = {
    "users": house.users,
    "products": house.products,
    "stages": house.stages,
}
LARGE = ("organizations", "people", "leads", "deals", "stage_changes", "activities")
Progress = Callable[[int], None]


class Simulated(Protocol):
    """A company, and what happened in it, batch by batch (`population.simulate`)."""

    @property
    def company(self) -> Company: ...

    def batches(self) -> Iterator[Batch]: ...


def write(
    simulation: Simulated, folder: Path, *, renewals: bool = False, progress: Progress | None = None
) -> list[Path]:
    """Write the company; returns the paths of the files that make the company, in the order of reading.

    Beside them lie targets.csv, which the import reads too, and truth.json, which nobody in the company knows.
    With `renewals` these stand in a pipeline of their own. `progress` hears how many deals a batch brought. The same
    simulation gives the same bytes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    cast = cast_of(simulation.company, renewals)
    for name, table in SMALL.items():
        csv.write_csv(table(cast), folder / f"{name}.csv")
    csv.write_csv(house.targets(cast), folder / "targets.csv")
    (folder / "truth.json").write_text(json.dumps(_plain(simulation.company.truth), indent=2) + "\n", encoding="utf-8")
    large = _Large(folder)
    reviews = house.reviews(cast)
    large.add("activities", lambda: reviews)
    with ThreadPoolExecutor(2) as pool:
        written, waiting = len(reviews), list[Future[None]]()
        for batch in simulation.batches():
            _finish(waiting)
            tables = _tables(cast, batch, written)
            waiting = [pool.submit(large.add, name, table) for name, table in zip(LARGE, tables, strict=True)]
            written += len(batch.activities)
            if progress:
                progress(len(batch.deals))
        _finish(waiting)
    large.close()
    return [folder / f"{name}.csv" for name in (*SMALL, *LARGE) if name in SMALL or name in large.writers]


def _tables(cast: Cast, batch: Batch, written: int) -> list[Callable[[], pa.Table]]:
    """How each of the LARGE files is built, when a hand is free; `written` activities went before."""
    parties = Parties(batch, cast.seed)
    return [
        partial(organizations, parties),
        partial(people, parties),
        partial(leads, cast, batch, parties),
        partial(deals, cast, batch, parties),
        partial(stage_changes, cast, batch),
        partial(activities, cast, batch, parties, written),
    ]


class _Large:
    """Files that grow with every batch."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.writers: dict[str, csv.CSVWriter] = {}

    def add(self, name: str, build: Callable[[], pa.Table]) -> None:
        table = build()
        if name not in self.writers:
            self.writers[name] = csv.CSVWriter(self.folder / f"{name}.csv", table.schema)
        self.writers[name].write_table(table)

    def close(self) -> None:
        for writer in self.writers.values():
            writer.close()


def _finish(waiting: list[Future[None]]) -> None:
    for one in waiting:
        one.result()


def _plain(truth: Truth) -> dict[str, Any]:
    """As JSON has it: arrays as lists."""
    values = {one.name: getattr(truth, one.name) for one in fields(truth)}
    return {name: value.tolist() if isinstance(value, np.ndarray) else value for name, value in values.items()}
