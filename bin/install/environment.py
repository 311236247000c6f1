"""The checkout's own Python environment, `.venv`: exactly what the lock says, installed once.

What was installed is remembered by stamps (`.venv/.leadline/`), so that a later start only compares a few hashes.
An installation that was interrupted left its mark; the environment is made anew then. Two starts at once wait for
each other.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import importlib.util
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import catalogs
import frontend
from progress import CannotInstall, run, say

NO_NETWORK = "If the network was away, start again: what is there is kept. Behind a proxy, set https_proxy."


def make_ready(checkout: Path, kind: str) -> Path:
    """The Python to go on with, everything of requirements/<kind>.lock in it. Raises CannotInstall."""
    venv = checkout / ".venv"
    python = venv / "bin" / "python"
    lock = checkout / "requirements" / f"{kind}.lock"
    if not (_installed(venv, lock) and frontend.is_fresh(checkout) and catalogs.are_fresh(checkout)):
        with _alone(checkout):
            if not _installed(venv, lock):
                _install(venv, lock)
            frontend.install(checkout, python)
            catalogs.compile_all(checkout, python)
    return python


def _installed(venv: Path, lock: Path) -> bool:
    stamp = _stamp(venv, lock)
    return stamp.is_file() and stamp.read_text() == _hash(lock) and (venv / "bin" / "python").exists()


def _install(venv: Path, lock: Path) -> None:
    unfinished = venv / ".leadline" / "unfinished"
    if unfinished.exists() or not (venv / "bin" / "python").exists():
        _make(venv)
    unfinished.parent.mkdir(exist_ok=True)
    unfinished.touch()
    for stamp in unfinished.parent.glob("*.stamp"):
        stamp.unlink()
    _pip(venv, lock)
    _find_checkout(venv)
    # What the tests need holds all that running needs, in the same versions.
    for covered in [lock] if lock.stem == "run" else [lock, lock.with_name("run.lock")]:
        _stamp(venv, covered).write_text(_hash(covered))
    unfinished.unlink()


def _make(venv: Path) -> None:
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        raise CannotInstall(
            f"{sys.executable} cannot make virtual environments: its venv or ensurepip is missing.\n"
            f"On Debian and Ubuntu: apt install python3-venv (or python{version}-venv). Then start again."
        )
    say(f"Making a Python environment in {venv}")
    shutil.rmtree(venv, ignore_errors=True)
    made = subprocess.run([sys.executable, "-I", "-m", "venv", str(venv)], capture_output=True, text=True)
    if made.returncode != 0:
        raise CannotInstall(f"{made.stdout}{made.stderr}The environment {venv} cannot be made; see above.")


def _pip(venv: Path, lock: Path) -> None:
    wanted = sum(1 for line in lock.read_text().splitlines() if "==" in line and not line.startswith((" ", "#")))
    seen: list[str] = []

    def step(line: str) -> str | None:
        word = line.split(maxsplit=2)
        if line.startswith(("Collecting ", "Requirement already satisfied: ")):
            seen.append(word[1])
            return f"{len(seen)} of {wanted}: {word[1]}"
        return "putting them in place" if line.startswith("Installing collected") else None

    command = [str(venv / "bin" / "python"), "-I", "-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
    run(
        f"Installing {wanted} Python packages (once; a minute or so)",
        [*command, "--require-hashes", "-r", str(lock)],
        folder=lock.parent,
        mend=NO_NETWORK,
        step=step,
    )


def _find_checkout(venv: Path) -> None:
    """Lets the environment's Python find the package, by a relative path: the checkout may be moved."""
    for site in (venv / "lib").glob("python*/site-packages"):
        (site / "leadline.pth").write_text("../../../..\n")


def _stamp(venv: Path, lock: Path) -> Path:
    return venv / ".leadline" / f"{lock.stem}.stamp"


def _hash(lock: Path) -> str:
    return hashlib.sha256(lock.read_bytes()).hexdigest()


@contextlib.contextmanager
def _alone(checkout: Path) -> Iterator[None]:
    with (checkout / ".venv.lock").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another start is installing; waiting for it …")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
