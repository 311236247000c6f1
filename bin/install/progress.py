"""Running a long command with one line of progress on stderr, and its output kept for when it fails."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

KEPT_LINES = 15


class CannotInstall(Exception):
    """Something cannot be installed; the text names it and the mend."""


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def run(what: str, command: Sequence[str], *, folder: Path, mend: str, step: Callable[[str], str | None]) -> None:
    """Runs the command, shows `what` and the latest step. `step` turns a line of output into one, or None.

    Raises CannotInstall with the end of the output and the mend.
    """
    begun = time.monotonic()
    lines: list[str] = []
    live = sys.stderr.isatty()
    say(f"{what} …")
    process = subprocess.Popen(
        list(command), cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    with process:
        assert process.stdout is not None
        for line in process.stdout:
            lines = [*lines[-KEPT_LINES:], line.rstrip()]
            now = step(line)
            if live and now:
                print(f"\r\033[K  {now}"[:100], end="", file=sys.stderr, flush=True)
    if live:
        print("\r\033[K", end="", file=sys.stderr)
    if process.returncode != 0:
        raise CannotInstall("\n".join([f"{what}: failed.", *(f"    {line}" for line in lines), mend]))
    say(f"  done in {time.monotonic() - begun:.0f} s")
