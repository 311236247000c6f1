"""SIGKILL while rules act, with two servers at it: every cause is acted on once, all of it or nothing of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import CHECKOUT

DEALS, KILLS = 150, 8


def test_a_rule_never_acts_twice_on_one_cause_also_after_a_kill(data_folder: Path) -> None:
    environment = {**os.environ, "LEADLINE_DATA": str(data_folder), "DATABASE_URL": "", "PYTHONPATH": str(CHECKOUT)}
    command = [sys.executable, "-m", "tests.rules.killed", str(data_folder), str(DEALS), str(KILLS)]
    answer = subprocess.run(command, env=environment, cwd=CHECKOUT, capture_output=True, text=True, timeout=120)
    assert answer.returncode == 0, answer.stderr[-2000:]
    found = json.loads(answer.stdout.splitlines()[-1])
    assert found.pop("killed") > 0
    assert found == {
        "deals": DEALS, "runs": DEALS, "done": DEALS, "activities": DEALS, "twice": 0, "labelled": DEALS,
        "changes": 2 * DEALS, "strays": 0,
    }  # fmt: skip
