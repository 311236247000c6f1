"""What pages and acts take at the server: `python -m bench.pages --deals 100000 --work FOLDER [--postgresql]`.

One signed-in visitor asks for first views, pages of columns, moves, edits, additions, searches and news over one open
connection, in turns, and waits for the whole answer; then eight visitors add deals at once, each from a process of its
own. All of it against `bin/leadline serve` on a copy of the data. Server and visitors share the machine's processors.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from bench import children, folders
from bench.cluster import cluster
from bench.figures import Figure, options, percentile, show
from bench.person import EMAIL, PASSWORD
from bench.rows import Known, known
from bench.serving import bare_command, free_port, held_mb, leadline_command, running
from bench.visiting import Acts, adding
from bench.visitor import Visitor

CLIENTS = 8
# Milliseconds at p50 and p95 that issue 3 asks for; None: nothing.
AIMS: dict[str, tuple[float | None, float | None]] = {
    "board": (50, 100),
    "list": (50, 100),
    "list by value": (50, 100),
    "deal page": (50, 100),
    "column page": (None, 50),
    "move": (6, 20),
    "card and heads after it": (None, None),
    "edit in place": (6, 20),
    "create": (15, None),
    "search": (None, 50),
    "poll": (3, None),
}
# The quickest open peer at 100,000 deals on such a machine, as issue 3 states it (milliseconds).
PEER = {"board": 270.0, "list": 46.0, "move": 26.0, "create": 71.0}
PEER_CREATES = 27.0  # a second, from eight clients
CREATES = 130.0  # a second that issue 3 asks for


def measure(data: Path, at: Known, repeats: int, seconds: float, only: list[str], **environment: str) -> list[Figure]:
    """Figures of one server that is started for it and stopped after."""
    port = free_port()
    env = children.environment(data, **environment)
    with running(leadline_command(port), env, port) as (child, _):
        acts = Acts(Visitor(port).sign_in(EMAIL, PASSWORD), at)
        with bare(data) as baseline:
            taken = _in_turns(acts, baseline, repeats, only)
        crowd, errors = _crowd(port, seconds)
        held = held_mb(child.pid)
    return [*_figures(acts, taken), *_crowded(crowd, errors, seconds), Figure("memory then", held, "MB", None, 400)]


@contextmanager
def bare(data: Path) -> Iterator[Visitor]:
    """The same server software with an application that only says ok: what no page can be quicker than."""
    port = free_port()
    with running(bare_command(data, port), children.environment() | {"PYTHONPATH": str(data)}, port):
        yield Visitor(port)


def _in_turns(acts: Acts, baseline: Visitor, repeats: int, only: list[str]) -> dict[str, list[float]]:
    """Milliseconds of each act and of the baseline; what disturbs one disturbs all. The first round warms up."""
    works = {name: work for name, work in acts.works().items() if not only or name in only}
    works[""] = lambda: baseline.get("/").milliseconds
    taken: dict[str, list[float]] = {name: [] for name in works}
    for repeat in range(repeats + 5):
        for name, work in works.items():
            milliseconds = work()
            if repeat >= 5:
                taken[name].append(milliseconds)
    return taken


def _figures(acts: Acts, taken: dict[str, list[float]]) -> list[Figure]:
    nothing = taken.pop("")
    found = []
    for name, times in taken.items():
        for share, aim in zip((0.5, 0.95), AIMS[name], strict=True):
            value, other = percentile(times, share), percentile(nothing, share)
            note = f"{PEER[name] / value:.0f} x quicker than the peer's {PEER[name]:g}" if _told(name, share) else ""
            found.append(Figure(f"{name}, p{share * 100:.0f}", value, "ms", other, aim, len(times), note))
    for name, (whole, packed) in acts.bytes.items():
        found.append(Figure(f"{name}: HTML", whole / 1000, "kB", None, 150, 1, f"{packed / 1000:.0f} kB compressed"))
    return found


def _told(name: str, share: float) -> bool:
    return share == 0.5 and name in PEER


def _crowd(port: int, seconds: float) -> tuple[list[float], int]:
    """Milliseconds of every deal that eight visitors add at once, and how many failed."""
    with ProcessPoolExecutor(CLIENTS) as pool:
        begin = time.time() + 3  # all of them are signed in by then
        parts = list(pool.map(adding, [port] * CLIENTS, range(CLIENTS), [begin] * CLIENTS, [seconds] * CLIENTS))
    return [one for times, _ in parts for one in times], sum(errors for _, errors in parts)


def _crowded(times: list[float], errors: int, seconds: float) -> list[Figure]:
    rate = len(times) / seconds
    least = f"aim {CREATES:g} a second: {'met' if rate >= CREATES else 'MISSED'}; {rate / PEER_CREATES:.0f} x the peer"
    return [
        Figure(f"creates by {CLIENTS} clients", rate, "a second", None, None, len(times), least),
        Figure(f"creates by {CLIENTS} clients, p95", percentile(times, 0.95), "ms", None, 150, len(times)),
        Figure("of them failed", errors, "", None, 0, len(times)),
    ]


def copied(data: Path) -> Path:
    """The data folder as it is, to be written to; its database whole, without the log it was writing."""
    place = Path(tempfile.mkdtemp(prefix="bench-pages-", dir=data.parent)) / "data"
    ignored = shutil.ignore_patterns("bare*", "static", "*.lock")
    shutil.copytree(data, place, ignore=ignored)
    return place


def prepared(data: Path, **environment: str) -> None:
    """Brought up to this version, with somebody who can sign in, and known to the search."""
    env = children.environment(data, **environment)
    children.run(children.leadline("user", "list"), env)
    children.run([sys.executable, "-m", "bench.person", str(data), EMAIL, PASSWORD], env)
    children.run(children.leadline("search", EMAIL), env)  # reads what the search does not know yet


def main() -> None:
    parser = options(__doc__)
    parser.add_argument("--deals", type=int, default=100_000)
    parser.add_argument("--repeats", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=10.0, help="for which eight visitors add deals")
    parser.add_argument("--only", action="append", default=[], choices=AIMS, help="an act; may be given several times")
    parser.add_argument("--work", type=Path, required=True, help="a folder for generated files and imported data")
    parser.add_argument("--postgresql", action="store_true", help="on a PostgreSQL of its own instead of SQLite")
    asked: argparse.Namespace = parser.parse_args()
    if asked.postgresql:
        with cluster() as url:
            data = Path(tempfile.mkdtemp(prefix="bench-pages-", dir=asked.work))
            folders.bring_in(data, folders.files(asked.work / f"files-{asked.deals}", asked.deals), DATABASE_URL=url)
            prepared(data, DATABASE_URL=url)
            at = known(data, url)
            found = measure(data, at, asked.repeats, asked.seconds, asked.only, DATABASE_URL=url)
    else:
        at_rest = folders.imported(asked.work, asked.deals)
        prepared(at_rest)  # once for all runs: the search reads for minutes
        data = copied(at_rest)
        at = known(data)
        found = measure(data, at, asked.repeats, asked.seconds, asked.only)
        shutil.rmtree(data.parent)
    where = "PostgreSQL" if asked.postgresql else "SQLite"
    title = f"Pages on {asked.deals:,} deals, {len(at.open):,} open, {at.fullest:,} in a column, on {where}"
    show(title, "Granian serving an application that only says ok, asked by the same visitor", found, asked.json)


if __name__ == "__main__":
    main()
