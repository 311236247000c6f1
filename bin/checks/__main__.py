"""Every check there is, as far as this machine can: `bin/test`. Runs in the checkout's `.venv`."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import machine
import postgresql

CHECKOUT = Path(__file__).resolve().parent.parent.parent
PYTHON = [sys.executable, "-I", "-m"]
WORKERS = 4  # on two processors: a test waits for a browser, a server or a file half of its time
TESTS = [*PYTHON, "pytest", "-n", str(WORKERS), "--dist", "loadfile", "--no-loadscope-reorder"]
FLOORS = "from importlinter.cli import lint_imports_command as lint; lint(['--no-logo'])"
HELP = """\
bin/test              every check: lint, format, types, floors, tests on SQLite and on PostgreSQL, browser journeys
bin/test ARGUMENTS    only the tests, only on SQLite, with pytest's arguments: bin/test -k undo -x
bin/test --complete   every check, and failing where this machine would leave something out (CI)
bin/test --fix        mends what can be mended by itself: lint, format, generated references
"""
FIXES = {
    "lint": [*PYTHON, "ruff", "check", "--fix", "--quiet", "."],
    "format": [*PYTHON, "ruff", "format", "."],
    "references": [sys.executable, "-I", "docs/reference/generate.py"],
}
STATIC = {
    "lint": [*PYTHON, "ruff", "check", "."],
    "format": [*PYTHON, "ruff", "format", "--check", "."],
    "floors": [*PYTHON[:2], "-c", FLOORS],
    "types": [*PYTHON, "mypy"],
}


def main(arguments: Sequence[str]) -> int:
    """The exit code: 0 all passed, 1 not."""
    os.chdir(CHECKOUT)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # all that is started would compile every file anew, each time
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that servers and folders are cleared away
    with tempfile.TemporaryDirectory(prefix="leadline-checks-") as folder:
        os.environ["LEADLINE_DATA"] = folder  # reading the settings makes a key; not in anybody's own folder
        if arguments in (["-h"], ["--help"]):
            print(HELP, end="")
            return 0
        if arguments == ["--fix"]:
            return _all(FIXES)
        if arguments and arguments != ["--complete"]:
            return _run("tests", [*PYTHON, "pytest", *arguments])
        return _everything(complete=bool(arguments))


def _everything(complete: bool) -> int:
    begun = time.monotonic()
    missing = machine.missing(CHECKOUT)
    if complete and missing:
        print("bin/test --complete cannot leave anything out, and here it would:")
        print(*(f"  {line}" for line in missing), sep="\n")
        return 1
    os.environ["LEADLINE_TEST_COMPLETE"] = str(int(complete))
    failed = _all(STATIC)
    failed |= _run("tests on SQLite", TESTS)
    server = postgresql.programs()
    if server:
        with contextlib.ExitStack() as running:
            # A server each: an open transaction of one worker would hold back what the other may read of its log.
            for number in range(WORKERS):
                url = running.enter_context(postgresql.cluster(server))
                os.environ["DATABASE_URL"] = os.environ[f"LEADLINE_TEST_DATABASE_URL_gw{number}"] = url
            failed |= _run("tests on PostgreSQL", [*TESTS, "-m", "not once"])
    print(f"\n{'FAILED' if failed else 'All passed'} after {time.monotonic() - begun:.0f} s.")
    print("Left out:", *(f"\n  {line}" for line in missing) if missing else ["nothing."])
    return failed


def _all(checks: dict[str, list[str]]) -> int:
    return max([_run(name, command) for name, command in checks.items()])


def _run(name: str, command: list[str]) -> int:
    """0 when the command passed. Its output goes straight to the terminal."""
    print(f"\n== {name}", flush=True)
    begun = time.monotonic()
    passed = subprocess.run(command).returncode == 0
    print(f"== {name}: {'passed' if passed else 'FAILED'} ({time.monotonic() - begun:.0f} s)", flush=True)
    return int(not passed)


sys.exit(main(sys.argv[1:]))
