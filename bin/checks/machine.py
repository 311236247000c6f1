"""What this machine lacks for the whole of the checks, each with its mend."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import postgresql

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def missing(checkout: Path) -> list[str]:
    """What will be left out and why, a line each."""
    lines = []
    if postgresql.programs() is None:
        lines.append("the tests on PostgreSQL: no server programs (apt install postgresql)")
    if not (os.environ.get("LEADLINE_TEST_CHROMIUM") or any(map(shutil.which, CHROMIUM))):
        lines.append("the browser journeys: no Chromium (apt install chromium)")
    if not shutil.which("java"):
        lines.append("the metrics on Spark: no Java (apt install openjdk-17-jre-headless)")
    data = Path(os.environ.get("LEADLINE_TEST_DATA") or checkout.parent / "shared" / "data")
    if not data.is_dir():
        lines.append(f"the tests on shared example files: no folder {data} (set LEADLINE_TEST_DATA)")
    return lines
