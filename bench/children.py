"""Running a program as a child: how long, how much processor, how much memory at most."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.machine import CHECKOUT


@dataclass(frozen=True)
class Ran:
    """What a child took: seconds on the wall and on the processor, megabytes at its peak; and what it printed."""

    seconds: float
    cpu_seconds: float
    peak_mb: float
    output: str


def leadline(*words: str) -> list[str]:
    """The command line of a Leadline command, by this Python."""
    return [sys.executable, "-m", "leadline.cli", *words]


def environment(data: Path | None = None, **more: str) -> dict[str, str]:
    """This environment without anybody's own Leadline in it, for a data folder."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("LEADLINE_") and k != "DATABASE_URL"}
    own = {"LEADLINE_DATA": str(data)} if data else {}
    return {**kept, "PYTHONPATH": str(CHECKOUT), "DJANGO_SETTINGS_MODULE": "leadline.settings", **own, **more}


def run(command: Sequence[str], env: Mapping[str, str]) -> Ran:
    """Run to the end. Raises RuntimeError with what it said where it fails.

    The parent must be small: a child's peak counts what its parent held when it began.
    """
    begun = time.perf_counter()
    child = subprocess.Popen(command, env=dict(env), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert child.stdout
    output = child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        raise RuntimeError(f"{' '.join(command)} ended with {child.returncode}:\n{output}")
    peak = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6  # macOS counts bytes
    return Ran(time.perf_counter() - begun, usage.ru_utime + usage.ru_stime, peak, output)
