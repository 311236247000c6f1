"""How quickly the server starts and how much memory it holds: `python -m bench.serving --deals 100000 --work FOLDER`.

A start is timed from the command to the first good answer of /healthz. Memory is that of the server and its children
(shared pages counted once) after signing in and 200 requests, most of them for the funnel page and its lists: once
with the warehouse there, as after `leadline report`, and once with none, so that the server has to build it.
"""

from __future__ import annotations

import argparse
import http.cookiejar
import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import children, folders
from bench.figures import Figure, options, show
from bench.machine import CHECKOUT
from bench.person import EMAIL, PASSWORD

PAGES = ("/insights/funnel/", "/insights/funnel/?from=2026-01-01", "/insights/deals/?metric=win_rate", "/healthz")
BARE = "def app(environ, start):\n    start('200 OK', [])\n    return [b'ok']\n"


@contextmanager
def running(command: list[str], env: dict[str, str], port: int) -> Iterator[tuple[subprocess.Popen[bytes], float]]:
    """The server and the seconds until /healthz answered; stopped by SIGTERM."""
    begun = time.perf_counter()
    child = subprocess.Popen(
        command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        while not _answers(f"http://127.0.0.1:{port}/healthz"):
            if child.poll() is not None or time.perf_counter() - begun > 120:
                raise RuntimeError(f"{' '.join(command)} does not answer.")
            time.sleep(0.005)
        yield child, time.perf_counter() - begun
    finally:
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGTERM)
        child.wait(30)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def free_port() -> int:
    with socket.socket() as attempt:
        attempt.bind(("127.0.0.1", 0))
        return int(attempt.getsockname()[1])


def start_seconds(data: Path, repeats: int) -> tuple[float, float]:
    """Medians: `bin/leadline serve`, and a bare Granian with an application that says ok."""
    ours, bare = [], []
    for _ in range(repeats):
        port = free_port()
        with running(leadline_command(port), children.environment(data), port) as (_child, seconds):
            ours.append(seconds)
        with running(bare_command(data, port), children.environment() | {"PYTHONPATH": str(data)}, port) as (
            _child,
            seconds,
        ):
            bare.append(seconds)
    return statistics.median(ours), statistics.median(bare)


def leadline_command(port: int) -> list[str]:
    """The product as people start it."""
    return [str(CHECKOUT / "bin" / "leadline"), "serve", "--port", str(port)]


def bare_command(data: Path, port: int) -> list[str]:
    """A Granian whose application, written into the folder, says ok; PYTHONPATH must name the folder."""
    (data / "bare.py").write_text(BARE)
    words = ("--interface", "wsgi", "--port", str(port), "--blocking-threads", "8", "bare:app")
    return [str(Path(sys.executable).parent / "granian"), *words]


def memory_mb(data: Path, requests: int) -> tuple[float, float]:
    """Megabytes held after the requests, and the most that was seen meanwhile."""
    port = free_port()
    with running(leadline_command(port), children.environment(data), port) as (child, _):
        peak = browse(f"http://127.0.0.1:{port}", requests, child.pid)
        ours = held_mb(child.pid)
        return ours, max(peak, ours)


def bare_mb(data: Path) -> float:
    """Megabytes of a Granian whose application says ok."""
    port = free_port()
    with running(bare_command(data, port), children.environment() | {"PYTHONPATH": str(data)}, port) as (child, _):
        return held_mb(child.pid)


def browse(address: str, requests: int, pid: int) -> float:
    """Sign in and ask for the pages in turn; the most memory seen. Raises HTTPError where a page fails."""
    jar = http.cookiejar.CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    page = browser.open(f"{address}/")
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.read().decode())
    assert token, f"no form to sign in at {page.url}"
    form = {"login": EMAIL, "password": PASSWORD, "csrfmiddlewaretoken": token[1]}
    request = urllib.request.Request(page.url, urllib.parse.urlencode(form).encode(), {"Referer": page.url})
    browser.open(request).read()
    peak = 0.0
    for number in range(requests):
        browser.open(address + PAGES[number % len(PAGES)]).read()
        peak = max(peak, held_mb(pid))
    return peak


def held_mb(pid: int) -> float:
    """Proportional set size of a process and those below it."""
    total = 0
    for process in (pid, *below(pid)):
        rollup = Path(f"/proc/{process}/smaps_rollup")
        found = re.search(r"^Pss:\s+(\d+) kB", rollup.read_text(), re.MULTILINE) if rollup.exists() else None
        total += int(found[1]) if found else 0
    return total * 1024 / 1e6


def below(pid: int) -> list[int]:
    """The processes that a process started, and those that these did."""
    listed = Path(f"/proc/{pid}/task/{pid}/children")
    direct = [int(word) for word in listed.read_text().split()] if listed.exists() else []
    return direct + [deeper for child in direct for deeper in below(child)]


def main() -> None:
    parser = options(__doc__)
    parser.add_argument("--deals", type=int, default=100_000)
    parser.add_argument("--requests", type=int, default=200)
    parser.add_argument("--starts", type=int, default=5)
    parser.add_argument("--work", type=Path, required=True, help="a folder for generated files and imported data")
    asked: argparse.Namespace = parser.parse_args()
    data = folders.imported(asked.work, asked.deals)
    started, bare_start = start_seconds(data, asked.starts)
    children.run([sys.executable, "-m", "bench.person", str(data), EMAIL, PASSWORD], children.environment(data))
    bare = bare_mb(data)
    children.run(children.leadline("report", "deals_added"), children.environment(data))
    held, peak = memory_mb(data, asked.requests)
    for path in data.glob("warehouse*"):
        path.unlink()
    held_building, peak_building = memory_mb(data, asked.requests)
    found = [
        Figure("start until /healthz answers", started, "s", bare_start, 3, asked.starts),
        Figure(f"memory after {asked.requests} requests", held, "MB", bare, 400),
        Figure("most memory seen meanwhile", peak, "MB", bare),
        Figure("memory, the warehouse having to be built first", held_building, "MB", bare, 400),
        Figure("most memory seen meanwhile then", peak_building, "MB", bare),
    ]
    show(f"The server on {asked.deals:,} deals", "Granian serving an application that only says ok", found, asked.json)


if __name__ == "__main__":
    main()
