"""SIGKILL while a flood is kept and made leads of: nothing promised is lost, nothing is made twice, counts add up."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import CHECKOUT

ARRIVALS, KILLS = 120, 6


def test_no_arrival_is_lost_or_made_twice_also_after_a_kill(data_folder: Path) -> None:
    environment = {**os.environ, "LEADLINE_DATA": str(data_folder), "DATABASE_URL": "", "PYTHONPATH": str(CHECKOUT)}
    command = [sys.executable, "-m", "tests.crm.intake.killed", str(data_folder), str(ARRIVALS), str(KILLS)]
    answer = subprocess.run(command, env=environment, cwd=CHECKOUT, capture_output=True, text=True, timeout=180)
    assert answer.returncode == 0, answer.stderr[-2000:]
    found = json.loads(answer.stdout.splitlines()[-1])
    assert found.pop("killed") > 0
    spam = len(range(0, ARRIVALS, 20))
    assert found == {
        "promised": ARRIVALS, "lost": 0, "came": ARRIVALS, "adds_up": True, "waiting": 0, "spam": spam,
        "made": ARRIVALS - spam, "leads_less_taken": 0, "of_one_arrival_twice": 0, "notes_less_joined": 0,
        "people_twice": 0, "acts_less_made": 0,
    }  # fmt: skip
