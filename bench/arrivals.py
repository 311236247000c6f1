"""A form under a flood: `python -m bench.arrivals --deals 100000 --rate 200 --seconds 60 --work FOLDER`.

Over loopback against `bin/leadline serve`: so many people a second look at a public form and send it 2.5 s later, each
from a place of their own. Somebody who is signed in looks at the board all the while, and did so before. Told: answers,
errors, what was kept and what became of it (it must add up), the board's p95 before and meanwhile, and how quickly what
waits is made leads of. Senders, looker and server share the machine's processors.
"""

from __future__ import annotations

import argparse
import shutil
import sqlite3
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

from bench import children, folders
from bench.cluster import cluster
from bench.figures import Figure, options, percentile, show
from bench.pages import copied, prepared
from bench.person import EMAIL, PASSWORD
from bench.rows import Known, known
from bench.sellers import processor_seconds
from bench.senders import Sent, send
from bench.serving import free_port, held_mb, leadline_command, running
from bench.visitor import Visitor

EVERY = 0.4  # seconds between two looks at the board
LEAST_LOOKS = 20
SLOWER = 2.0  # how many times the board's p95 may be what it was
STATES = "SELECT state, COUNT(*) FROM crm_arrival GROUP BY state"
LEADS = "SELECT COUNT(*), COUNT(lead_id) FROM crm_arrival WHERE state IN ('taken', 'joined')"


class Board:
    """Looked at again and again in a thread; milliseconds of each view."""

    def __init__(self, visitor: Visitor, pipeline: int) -> None:
        self.visitor, self.path = visitor, f"/pipeline/{pipeline}/"
        self.times: list[float] = []
        self.errors: list[str] = []
        self._over = threading.Event()

    def during(self, work: Callable[[], Any]) -> Any:
        """The work's answer."""
        thread = threading.Thread(target=self._look, daemon=True)
        thread.start()
        try:
            return work()
        finally:
            self._over.set()
            thread.join()

    def _look(self) -> None:
        while not self._over.wait(EVERY):
            try:
                self.times.append(self.visitor.get(self.path).milliseconds)
            except (RuntimeError, OSError) as error:
                self.errors.append(f"board: {error}"[:200])


def ask(data: Path, url: str, sql: str) -> list[Any]:
    """Read past the product."""
    if url:
        import psycopg  # only where there is a PostgreSQL

        with psycopg.connect(url) as db:
            return db.execute(sql).fetchall()  # type: ignore[arg-type]  # the two above
    with closing(sqlite3.connect(data / "leadline.sqlite3", timeout=30)) as db:
        return db.execute(sql).fetchall()


def measure(data: Path, at: Known, asked: argparse.Namespace, url: str = "") -> list[Figure]:
    """Figures of one server that is started for it and stopped after."""
    environment = {"LEADLINE_PROXIES": "1", **({"DATABASE_URL": url} if url else {})}
    env = children.environment(data, **environment)
    token = children.run([sys.executable, "-m", "bench.door_opened", str(data)], env).output.split()[-1]
    port = free_port()
    with running(leadline_command(port), env, port) as (child, _), ProcessPoolExecutor(1) as pool:
        visitor = Visitor(port).sign_in(EMAIL, PASSWORD)
        for _n in range(5):
            visitor.get(f"/pipeline/{at.pipeline}/")
        time.sleep(asked.settle)
        pool.submit(int).result()  # the other process is there
        before, meanwhile = Board(visitor, at.pipeline), Board(visitor, at.pipeline)
        before.during(lambda: time.sleep(max(asked.before, EVERY * LEAST_LOOKS)))
        spent = processor_seconds(child.pid)
        flood: Future[Sent] = pool.submit(send, port, token, asked.rate, asked.seconds)
        sent = meanwhile.during(flood.result)
        spent = processor_seconds(child.pid) - spent
        states, done = dict(ask(data, url, STATES)), time.monotonic()
        time.sleep(asked.after)
        later = dict(ask(data, url, STATES))
        made = (states.get("waiting", 0) - later.get("waiting", 0)) / (time.monotonic() - done)
        held = held_mb(child.pid)
    turned, leads = ask(data, url, LEADS)[0]
    for error in sorted({*sent.errors, *before.errors, *meanwhile.errors})[:20]:
        print(f"  error: {error}")
    return figures(asked, sent, before, meanwhile, states, (turned, leads), made, (spent, held))


def figures(
    asked: argparse.Namespace,
    sent: Sent,
    before: Board,
    meanwhile: Board,
    states: dict[str, int],
    leads: tuple[int, int],
    made: float,
    took: tuple[float, float],
) -> list[Figure]:
    kept, errors = sum(states.values()), len(sent.errors) + len(before.errors) + len(meanwhile.errors)
    ratio = percentile(meanwhile.times, 0.95) / percentile(before.times, 0.95)
    wanted = int(asked.rate * asked.seconds)
    late = percentile(sent.sends, 0.95)
    return [
        Figure("submissions sent", len(sent.sends), "", None, wanted),
        Figure("of them thanked for (303)", sent.taken, "", None, wanted),
        Figure("errors", errors, "", None, 0),
        Figure("kept, all states together", kept, "", None, sent.taken),
        Figure("of them held back or failed", kept - sum(states.get(s, 0) for s in ("waiting", "taken", "joined")), ""),
        Figure("lost", sent.taken - kept, "", None, 0),
        Figure("looked at, p95", percentile(sent.looks, 0.95), "ms", None, None, len(sent.looks)),
        Figure("sent, p50", percentile(sent.sends, 0.5), "ms", None, None, len(sent.sends)),
        Figure("sent, p95", late, "ms", None, None, len(sent.sends), "from when it was due"),
        Figure("board, p50", *_pair(before, meanwhile, 0.5)),
        Figure("board, p95", *_pair(before, meanwhile, 0.95)[:3], _twice(before), len(meanwhile.times), _said(ratio)),
        Figure("waiting at the end of the flood", states.get("waiting", 0), ""),
        Figure("made leads of after it", made, "a second"),
        Figure("made, and their leads there", leads[1], "", None, leads[0]),
        Figure("server's processor meanwhile", took[0] / asked.seconds * 100, "% of one"),
        Figure("server's memory at the end", took[1], "MB"),
    ]


def _pair(before: Board, meanwhile: Board, share: float) -> tuple[float, str, float]:
    return percentile(meanwhile.times, share), "ms", percentile(before.times, share)


def _twice(before: Board) -> float:
    return SLOWER * percentile(before.times, 0.95)


def _said(ratio: float) -> str:
    return f"{ratio:.2f} times what it was: {'met' if ratio <= SLOWER else 'MISSED'}"


def main() -> None:
    parser = options(__doc__)
    parser.add_argument("--deals", type=int, default=100_000)
    parser.add_argument("--rate", type=float, default=200.0, help="submissions a second")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--settle", type=float, default=15.0, help="seconds that the server has to itself first")
    parser.add_argument("--before", type=float, default=30.0, help="seconds of looking at the board before")
    parser.add_argument("--after", type=float, default=20.0, help="seconds of watching leads being made after")
    parser.add_argument("--work", type=Path, required=True, help="a folder for generated files and imported data")
    parser.add_argument("--postgresql", action="store_true", help="on a PostgreSQL of its own instead of SQLite")
    asked: argparse.Namespace = parser.parse_args()
    if asked.postgresql:
        with cluster() as url:
            data = Path(tempfile.mkdtemp(prefix="bench-arrivals-", dir=asked.work))
            folders.bring_in(data, folders.files(asked.work / f"files-{asked.deals}", asked.deals), DATABASE_URL=url)
            prepared(data, DATABASE_URL=url)
            found = measure(data, known(data, url), asked, url)
    else:
        at_rest = folders.imported(asked.work, asked.deals)
        prepared(at_rest)
        data = copied(at_rest)
        found = measure(data, known(data), asked)
        shutil.rmtree(data.parent)
    where = "PostgreSQL" if asked.postgresql else "SQLite"
    title = f"{asked.rate:g} submissions a second for {asked.seconds:g} s on {asked.deals:,} deals, on {where}"
    show(title, "the board before the flood, the same visitor", found, asked.json)


if __name__ == "__main__":
    main()
