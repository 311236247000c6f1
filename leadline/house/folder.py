"""The data folder: everything of a Leadline that is worth keeping, readable by its owner only."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from leadline.house.refusal import Refused

PRIVATE_FOLDER, PRIVATE_FILE = 0o700, 0o600
OTHERS = stat.S_IRWXG | stat.S_IRWXO


def prepare(folder: Path) -> None:
    """Makes the folder where it is missing. Raises Refused where it cannot be used or its key is open to others."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=PRIVATE_FOLDER)
        (folder / "uploads").mkdir(exist_ok=True, mode=PRIVATE_FOLDER)
    except (FileExistsError, NotADirectoryError):
        raise Refused(f"The data folder {folder} is a file; set LEADLINE_DATA to a folder.") from None
    except OSError as error:
        raise Refused(
            f"The data folder {folder} cannot be made ({error.strerror}); set LEADLINE_DATA to one you may write to."
        ) from None
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        raise Refused(f"The data folder {folder} is not yours to write to; change its owner or set LEADLINE_DATA.")
    if open_to_others(key_file(folder)):
        raise Refused(f"Others can read {key_file(folder)}: chmod 600 it, or delete it (that signs everybody out).")


def key_file(folder: Path) -> Path:
    """The key that signs sessions. `leadline.settings` makes it, once."""
    return folder / "secret.key"


def open_to_others(path: Path) -> bool:
    """Whether the group or the world may do anything with the path. A missing path is open to nobody."""
    return path.exists() and bool(path.stat().st_mode & OTHERS)
