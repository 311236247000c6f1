"""The data folder of the example company: never the one of a real company."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

from leadline.house.refusal import Refused

MARK = "example-company"


def choose() -> Path:
    """Points the settings at the example's folder, before they are read: LEADLINE_DATA, else one beside the default.

    Always SQLite. Raises Refused for a folder in which somebody else's data lies: the example is loaded into it.
    """
    default = platformdirs.user_data_dir("leadline-demo", appauthor=False)
    folder = Path(os.environ.get("LEADLINE_DATA") or default).expanduser()
    if (folder / "leadline.sqlite3").exists() and not (folder / MARK).exists():
        raise Refused(
            f"{folder} holds a company's data, and the demo would put its example into it. "
            "Unset LEADLINE_DATA, or set it to a folder that does not exist yet."
        )
    os.environ["LEADLINE_DATA"] = str(folder)
    os.environ["DATABASE_URL"] = ""
    return folder


def mark(folder: Path) -> None:
    """Makes the folder the example's."""
    (folder / MARK).touch(mode=0o600)
