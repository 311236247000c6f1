"""Data folders to measure in: generated files brought in by the ordinary import, once, and kept."""

from __future__ import annotations

import sys
from pathlib import Path

from bench import children


def files(folder: Path, deals: int) -> list[Path]:
    """Import files for so many deals; made where they are not there yet."""
    done = folder / "done"
    if not done.exists():
        command = [sys.executable, "-m", "bench.generate", "--deals", str(deals), "--to", str(folder)]
        children.run(command, children.environment())
        done.touch()
    names = ("users", "organizations", "people", "deals", "stage_changes", "activities")
    return [folder / f"{name}.csv" for name in names]


def imported(work: Path, deals: int) -> Path:
    """A data folder below `work` with so many deals; imported where it is not there yet."""
    data = work / f"data-{deals}"
    if not (data / "complete").exists():
        bring_in(data, files(work / f"files-{deals}", deals))
        (data / "complete").touch()
    return data


def bring_in(data: Path, paths: list[Path], **environment: str) -> children.Ran:
    """`leadline import` of these files into a data folder."""
    command = children.leadline("import", *map(str, paths), "--yes", "--json")
    return children.run(command, children.environment(data, **environment))
