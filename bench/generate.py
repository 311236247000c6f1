"""Import files of any size in the shapes of real exports: `python -m bench.generate --deals 100000 --to FOLDER`.

For 100,000 deals: 5,000 open; 300,000 activities; 20,000 organizations; 30,000 people; 500,000 changes of deals,
that is their beginnings, their ends, and the history in between, of which half moves a stage and half edits amount
or close date. The same seed and size give the same bytes. Written in blocks: memory does not grow with the size.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np
from pyarrow import csv

from bench import exports
from bench.histories import histories

BLOCK = 100_000  # deals
PER_ORGANIZATION, PER_PERSON = 5, 10 / 3


def generate(folder: Path, deals: int, seed: int = 7, first: int = 0) -> list[Path]:
    """Write all files into the folder; returns their paths in the order in which they are given to the import.

    Deals are numbered from `first`; organizations and people are the same for every numbering.
    """
    folder.mkdir(parents=True, exist_ok=True)
    chance = np.random.default_rng(seed)
    organizations, people = max(1, deals // PER_ORGANIZATION), max(1, int(deals / PER_PERSON))
    small = {
        "users": exports.users(),
        "organizations": exports.organizations(organizations),
        "people": exports.people(people, organizations),
    }
    for name, table in small.items():
        csv.write_csv(table, folder / f"{name}.csv")
    return [*(folder / f"{name}.csv" for name in small), *_large(folder, chance, (first, deals), organizations, people)]


def _large(
    folder: Path, chance: np.random.Generator, numbers: tuple[int, int], organizations: int, people: int
) -> list[Path]:
    """Deals, their histories and activities, block by block."""
    writers: dict[str, csv.CSVWriter] = {}
    first, deals = numbers
    for start in range(0, deals, BLOCK):
        some = histories(chance, first + start, min(BLOCK, deals - start))
        tables = {
            "deals": exports.deals(chance, some, organizations, people),
            "stage_changes": exports.stage_changes(some),
            "activities": exports.activities(chance, some),
        }
        for name, table in tables.items():
            if name not in writers:
                writers[name] = csv.CSVWriter(folder / f"{name}.csv", table.schema)
            writers[name].write_table(table)
    for writer in writers.values():
        writer.close()
    return [folder / f"{name}.csv" for name in writers]


if __name__ == "__main__":
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("--deals", type=int, default=100_000)
    ask.add_argument("--seed", type=int, default=7)
    ask.add_argument("--first", type=int, default=0, help="number of the first deal")
    ask.add_argument("--to", type=Path, required=True)
    asked = ask.parse_args()
    begun = time.perf_counter()
    for path in generate(asked.to, asked.deals, asked.seed, asked.first):
        print(f"{path}  {path.stat().st_size / 1e6:.1f} MB")
    print(f"{time.perf_counter() - begun:.1f} s")
