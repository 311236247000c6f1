"""Leadline opened in this process, on a data folder to be measured."""

from __future__ import annotations

import os
from pathlib import Path


def open_leadline(data: Path, database_url: str = "") -> None:
    """Settings, models, schema: as every command opens it. Once in a process."""
    for name in [name for name in os.environ if name.startswith("LEADLINE_")]:
        del os.environ[name]
    os.environ["LEADLINE_DATA"] = str(data)
    os.environ["DATABASE_URL"] = database_url
    from leadline.house import opening  # reads the settings, and these the environment: not before it is set

    opening.set_up()
    opening.open_database()
