"""What of a lake is true now: its files, named by one small file that is replaced as a whole."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path

NAME = "manifest.json"


class NoLake(ValueError):
    """A folder that holds no lake, or one that this version cannot read; the text says the mend."""


@dataclass(frozen=True)
class Part:
    """One file: its path within the lake, its rows and their digest."""

    path: str
    rows: int
    digest: str


@dataclass
class Manifest:
    """Per table its parts by bucket, and its column types in DuckDB's words; how far the log had been read.

    `last` is when the last change in it happened (naive UTC, ISO): from there on everything stands as it does now.
    """

    version: int
    generation: int = 0
    cursor: tuple[int, int] = (0, 0)
    last: str = ""
    columns: dict[str, dict[str, str]] = field(default_factory=dict)
    parts: dict[str, dict[str, Part]] = field(default_factory=dict)

    def files(self) -> set[str]:
        """Every path named."""
        return {part.path for parts in self.parts.values() for part in parts.values()}

    def write(self, folder: Path) -> None:
        """Replace the one that is there: a reader sees the old lake or the new one, nothing between."""
        draft = folder / f"{NAME}.{os.getpid()}"
        draft.write_text(json.dumps(asdict(self), indent=1))
        with draft.open("rb") as written:
            os.fsync(written.fileno())
        draft.replace(folder / NAME)


def read(folder: Path, version: int) -> Manifest:
    """The lake of the folder. Raises NoLake."""
    try:
        said = json.loads((folder / NAME).read_text())
        found = Manifest(
            version=said["version"],
            generation=said["generation"],
            cursor=(said["cursor"][0], said["cursor"][1]),
            last=said["last"],
            columns=said["columns"],
            parts={table: {b: Part(**part) for b, part in parts.items()} for table, parts in said["parts"].items()},
        )
    except FileNotFoundError:
        raise NoLake(f"There is no lake in {folder}. Make one: leadline lake export --to {folder}") from None
    except (ValueError, KeyError, TypeError, IndexError):
        raise NoLake(f"{folder / NAME} is damaged. Export into an empty folder.") from None
    if found.version != version:
        raise NoLake(f"The lake in {folder} is of another version of Leadline. Export into an empty folder.")
    return found
