"""How fast a company is made up: `python -m bench.simulating --deals 10000 100000 1000000 --work /tmp/bench`.

The engine alone, batch by batch, beside NumPy drawing one normal number for every number that the engine hands over;
then `leadline simulate --out`, which also writes it all as files. Each in a process of its own, for its peak memory.
"""

from __future__ import annotations

import datetime as dt
import json
import shutil
import sys
import time
from dataclasses import fields
from pathlib import Path

from bench import children
from bench.figures import Figure, options, show

UNTIL = dt.date(2026, 11, 22)
TABLES = ("leads", "deals", "visits", "pushes", "edits", "activities")
DEALS_A_SELLER = 500
MILLION, SECONDS, MEGABYTES = 1_000_000, 60.0, 1000.0  # what a million deals may take, files and all


def grow(deals: int) -> None:
    """Make up a company and throw it away; prints seconds, deals, and how many numbers came."""
    from leadline.insights.simulator.population import simulate

    begun = time.perf_counter()
    simulation = simulate("healthy", seed=1, sellers=sellers(deals), deals=deals, until=UNTIL)
    made = numbers = 0
    for batch in simulation.batches():
        made += len(batch.deals)
        tables = [getattr(batch, name) for name in TABLES]
        numbers += sum(getattr(table, column.name).size for table in tables for column in fields(table))
    print(json.dumps({"seconds": time.perf_counter() - begun, "deals": made, "numbers": numbers}))


def draw(numbers: int) -> None:
    """One normal number each, so many at a time."""
    import numpy as np

    rng, begun = np.random.default_rng(1), time.perf_counter()
    for done in range(0, numbers, MILLION):
        rng.standard_normal(min(MILLION, numbers - done))
    print(json.dumps({"seconds": time.perf_counter() - begun}))


def sellers(deals: int) -> int:
    """As many as such a company may have."""
    return min(500, max(6, deals // DEALS_A_SELLER))


def engine(deals: int) -> list[Figure]:
    """Seconds beside bare drawing, deals a second, and memory at most."""
    ours, made = _child(f"grow({deals})")
    _, bare = _child(f"draw({made['numbers']})")
    name = f"{deals:,} deals"
    return [
        Figure(f"{name}, engine", made["seconds"], "s", bare["seconds"], note=f"{made['numbers']:,.0f} numbers"),
        Figure(f"{name}, engine, processor", ours.cpu_seconds, "s"),
        Figure(f"{name}, engine, a second", made["deals"] / made["seconds"], "deals"),
        Figure(f"{name}, engine, peak memory", ours.peak_mb, "MB", aim=MEGABYTES),
    ]


def written(deals: int, folder: Path) -> list[Figure]:
    """The command that writes files; they are removed again."""
    words = ("healthy", "--seed", "1", "--sellers", str(sellers(deals)), "--deals", str(deals), "--until", str(UNTIL))
    ran = children.run(children.leadline("simulate", *words, "--out", str(folder)), children.environment(folder))
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
    shutil.rmtree(folder)
    name = f"{deals:,} deals, files"
    return [
        Figure(name, ran.seconds, "s", aim=SECONDS if deals >= MILLION else None, note=f"{size:,.0f} MB of CSV"),
        Figure(f"{name}, processor", ran.cpu_seconds, "s"),
        Figure(f"{name}, peak memory", ran.peak_mb, "MB", aim=MEGABYTES),
    ]


def _child(call: str) -> tuple[children.Ran, dict[str, float]]:
    ran = children.run([sys.executable, "-c", f"from bench.simulating import *; {call}"], children.environment())
    told: dict[str, float] = json.loads(ran.output.splitlines()[-1])
    return ran, told


def main() -> None:
    parser = options(__doc__)
    parser.add_argument("--deals", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--work", type=Path, required=True, help="a folder for the files, which are removed again")
    asked = parser.parse_args()
    asked.work.mkdir(parents=True, exist_ok=True)
    found: list[Figure] = []
    for deals in asked.deals:
        found += [*engine(deals), *written(deals, asked.work / f"simulated-{deals}")]
    show("Simulating", "NumPy draws one normal number for every number handed over", found, asked.json)


if __name__ == "__main__":
    main()
