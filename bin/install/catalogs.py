"""Message catalogs, compiled where they are newer than what was compiled last. Babel (in `.venv`) does it."""

from __future__ import annotations

import subprocess
from pathlib import Path

from progress import CannotInstall


def are_fresh(checkout: Path) -> bool:
    return not _stale(checkout)


def compile_all(checkout: Path, python: Path) -> None:
    """Writes the .mo beside each .po that has changed. Raises CannotInstall on a faulty one."""
    for source in _stale(checkout):
        made = subprocess.run(
            [
                str(python),
                "-I",
                "-m",
                "babel.messages.frontend",
                "compile",
                "-i",
                str(source),
                "-o",
                str(_target(source)),
            ],
            capture_output=True,
            text=True,
        )
        if made.returncode != 0:
            raise CannotInstall(f"The message catalog {source} cannot be compiled:\n{made.stderr}")


def _stale(checkout: Path) -> list[Path]:
    sources = sorted((checkout / "leadline" / "locale").glob("*/LC_MESSAGES/*.po"))
    return [s for s in sources if not _target(s).exists() or _target(s).stat().st_mtime < s.stat().st_mtime]


def _target(source: Path) -> Path:
    return source.with_suffix(".mo")
