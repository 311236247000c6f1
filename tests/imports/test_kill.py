"""SIGKILL in the middle of an import: what is found afterwards is all of it or nothing of it."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent.parent
TIMES = 3
DEALS = 6000


def leadline(folder: Path, *arguments: str) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "LEADLINE_DATA": str(folder), "DATABASE_URL": "", "PYTHONPATH": str(CHECKOUT)}
    command = [sys.executable, "-m", "leadline.cli", *arguments]
    return subprocess.Popen(
        command, env=environment, cwd=CHECKOUT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def counts(folder: Path) -> tuple[int, int]:
    """(deals, deals that stand in the log)."""
    with sqlite3.connect(folder / "leadline.sqlite3") as db:
        deals = db.execute("SELECT count(*) FROM crm_deal").fetchone()[0]
        made = db.execute("SELECT count(*) FROM history_change WHERE entity = 'deal' AND verb = 'create'").fetchone()[0]
        gone = db.execute("SELECT count(*) FROM history_change WHERE entity = 'deal' AND verb = 'delete'").fetchone()[0]
    return deals, made - gone


def test_killed_at_any_moment_there_is_no_half_import(data_folder: Path, table: Callable[..., Path]) -> None:
    rows = [(str(n), f"Deal {n}", "Demo", n, "2024-01-01", f"Company {n % 500}") for n in range(DEALS)]
    path = table("deals.csv", ("Deal ID", "Title", "Stage", "Value", "Created", "Company"), *rows)
    small = table("small.csv", ("Deal ID", "Title", "Stage"), ("x", "Last", "Demo"))
    assert leadline(data_folder, "import", "--yes", str(small)).wait() == 0
    chance = random.Random(11)
    interrupted = 0
    for _ in range(TIMES):
        began = counts(data_folder)[0]
        process = leadline(data_folder, "import", "--yes", str(path))
        until = time.monotonic() + 60
        while counts(data_folder)[0] == began and process.poll() is None and time.monotonic() < until:
            time.sleep(0.01)
        time.sleep(chance.random() * 0.3)
        process.send_signal(signal.SIGKILL)
        process.wait()
        interrupted += 1 < counts(data_folder)[0] < DEALS + 1
        # The next start takes back what the dead process left.
        assert leadline(data_folder, "import", "--yes", str(small)).wait() == 0
        deals, standing = counts(data_folder)
        assert deals in (1, DEALS + 1)
        assert standing == deals
        if deals > 1:
            break
    assert interrupted
    assert not list((data_folder / "imports").glob("*.staging"))
