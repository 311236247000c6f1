"""Fifty sellers at once: `python -m bench.sellers --deals 100000 --sellers 50 --work FOLDER [--postgresql]`.

Each from a connection of their own against `bin/leadline serve`, over loopback, with pauses of 2 to 10 s between two
acts and a poll every 2 s, as pages send it. Told: milliseconds of each act, errors, the server's memory over time and
its processor. Sellers and server share the machine's processors; the sellers' part is told too.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from bench import children, folders
from bench.cluster import cluster
from bench.figures import Figure, options, percentile, show
from bench.pages import bare, copied, prepared
from bench.rows import Known, known
from bench.seller import Seller
from bench.serving import below, free_port, held_mb, leadline_command, running

WARM = 0.2  # share of the time after which memory is looked at
AIMS = {"tick": (6, 20), "move": (6, 20), "edit in place": (6, 20), "add deal": (15, None)}
VIEW = (50.0, 100.0)


@dataclass
class Watched:
    """The server's memory by seconds since the start, and its processor's seconds."""

    at: list[float] = field(default_factory=list)
    megabytes: list[float] = field(default_factory=list)
    cpu: float = 0.0


def run(port: int, server: int, inside: list[str], seconds: float, at: Known) -> tuple[list[Seller], Watched, float]:
    """All of them for so long; and the share of one processor that the sellers themselves took. `inside`: `staffed`."""
    name, *keys = inside
    people = [Seller(port, number, (name, key), at) for number, key in enumerate(keys)]
    watched, begun, own, theirs = Watched(), time.monotonic(), time.process_time(), processor_seconds(server)
    until = begun + seconds
    threads = [threading.Thread(target=seller.work, args=[until], daemon=True) for seller in people]
    for thread in threads:
        thread.start()
    while (left := until - time.monotonic()) > 0:
        time.sleep(min(left, max(1.0, seconds / 100)))
        watched.at.append(time.monotonic() - begun)
        watched.megabytes.append(held_mb(server))
    for thread in threads:
        thread.join()
    watched.cpu = processor_seconds(server) - theirs
    return people, watched, (time.process_time() - own) / seconds


def processor_seconds(pid: int) -> float:
    """Seconds on the processor of a process and those below it."""
    ticks = 0
    for process in (pid, *below(pid)):
        stat = Path(f"/proc/{process}/stat")
        if stat.exists():
            ticks += sum(int(word) for word in stat.read_text().rsplit(")", 1)[1].split()[11:13])
    return ticks / os.sysconf("SC_CLK_TCK")


def growth(watched: Watched) -> tuple[float, float]:
    """(MB an hour, half width of its 95 % interval) of a line through the memory after warming up (least squares)."""
    at, held = np.array(watched.at), np.array(watched.megabytes)
    late = at >= WARM * at[-1]
    x, y = at[late] / 3600, held[late]
    if len(x) < 3:
        return 0.0, float("inf")
    slope, base = np.polyfit(x, y, 1)
    spread = ((y - slope * x - base) ** 2).sum() / (len(x) - 2) / ((x - x.mean()) ** 2).sum()
    return float(slope), float(1.96 * np.sqrt(spread))


def figures(people: list[Seller], watched: Watched, own: float, seconds: float, bare_ms: float) -> list[Figure]:
    """Of each act p50 and p95; errors; memory and processor."""
    names = sorted({name for seller in people for name, times in seller.times.items() if times})
    found = []
    for name in names:
        times = [one for seller in people for one in seller.times[name]]
        for share, aim in zip((0.5, 0.95), _aims(name), strict=True):
            label = f"{name}, p{share * 100:.0f}"
            found.append(Figure(label, percentile(times, share), "ms", bare_ms, aim, len(times)))
    errors = sum(len(seller.errors) for seller in people)
    asked = sum(len(times) for seller in people for times in seller.times.values())
    slope, half = growth(watched)
    most = max(watched.megabytes)
    return [
        *found,
        Figure("errors", errors, "", None, 0, asked),
        Figure("requests", asked / seconds, "a second", None, None, asked),
        Figure("server's memory at the end", watched.megabytes[-1], "MB", None, 400, 1, f"most {most:.0f} MB"),
        Figure("server's memory grows by", slope, "MB an hour", None, None, len(watched.at), f"± {half:.0f}"),
        Figure("server's processor", watched.cpu / seconds * 100, "% of one"),
        Figure("the sellers' own processor", own * 100, "% of one"),
    ]


def _aims(name: str) -> tuple[float | None, float | None]:
    if name == "poll":
        return (3, None)
    if name == "search":
        return (None, 50)
    return AIMS.get(name, (None, None) if name in ("note", "plan next") else VIEW)


def measure(data: Path, at: Known, inside: list[str], asked: argparse.Namespace, **environment: str) -> list[Figure]:
    """Figures of one server that is started for it and stopped after."""
    port = free_port()
    with running(leadline_command(port), children.environment(data, **environment), port) as (child, _):
        people, watched, own = run(port, child.pid, inside, asked.seconds, at)
        with bare(data) as baseline:
            nothing = percentile([baseline.get("/").milliseconds for _ in range(50)], 0.5)
    for error in sorted({error for seller in people for error in seller.errors})[:20]:
        print(f"  error: {error}")
    return figures(people, watched, own, asked.seconds, nothing)


def warmed(data: Path, **environment: str) -> None:
    """The warehouse is there, as on every day but the first."""
    children.run(children.leadline("report", "deals_added"), children.environment(data, **environment))


def staffed(data: Path, sellers: int, **environment: str) -> list[str]:
    """Their sessions. In a process of its own: a process opens one Leadline."""
    command = [sys.executable, "-m", "bench.staffed", str(data), str(sellers)]
    found: list[str] = json.loads(
        children.run(command, children.environment(data, **environment)).output.splitlines()[-1]
    )
    return found


def main() -> None:
    parser = options(__doc__)
    parser.add_argument("--deals", type=int, default=100_000)
    parser.add_argument("--sellers", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=300.0)
    parser.add_argument("--work", type=Path, required=True, help="a folder for generated files and imported data")
    parser.add_argument("--postgresql", action="store_true", help="on a PostgreSQL of its own instead of SQLite")
    asked: argparse.Namespace = parser.parse_args()
    if asked.postgresql:
        with cluster() as url:
            data = Path(tempfile.mkdtemp(prefix="bench-sellers-", dir=asked.work))
            folders.bring_in(data, folders.files(asked.work / f"files-{asked.deals}", asked.deals), DATABASE_URL=url)
            prepared(data, DATABASE_URL=url)
            inside = staffed(data, asked.sellers, DATABASE_URL=url)
            warmed(data, DATABASE_URL=url)
            found = measure(data, known(data, url), inside, asked, DATABASE_URL=url)
    else:
        at_rest = folders.imported(asked.work, asked.deals)
        prepared(at_rest)
        data = copied(at_rest)
        inside = staffed(data, asked.sellers)
        warmed(data)
        found = measure(data, known(data), inside, asked)
        shutil.rmtree(data.parent)
    where = "PostgreSQL" if asked.postgresql else "SQLite"
    title = f"{asked.sellers} sellers at once for {asked.seconds:g} s on {asked.deals:,} deals, on {where}"
    show(title, "Granian serving an application that only says ok, alone", found, asked.json)


if __name__ == "__main__":
    main()
