"""Is Leadline whole: its Python, its packages, and what its pages load."""

from __future__ import annotations

import platform
import sqlite3
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import leadline
from leadline.house.doctor.finding import Finding, bad, good

ABOUT = "installation"
PACKAGES = ("django", "granian", "duckdb", "ibis-framework", "pyarrow", "altair")
PAGES = ("htmx.js", "vega.js", "vega-lite.js", "vega-embed.js")
VENDOR = Path(leadline.__file__).parent / "web" / "static" / "vendor"
AGAIN = "Install again: bin/leadline in a checkout, else pip install --force-reinstall leadline."


def look() -> Iterator[Finding]:
    """Versions, and the browser libraries that an installation copies in."""
    yield good(
        ABOUT, f"Leadline {leadline.__version__}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    )
    try:
        yield good(ABOUT, ", ".join(f"{name} {version(name)}" for name in PACKAGES))
    except PackageNotFoundError as error:
        yield bad(ABOUT, f"the package {error.name} is missing", AGAIN)
    missing = [name for name in PAGES if not (VENDOR / name).is_file()]
    if missing:
        yield bad(ABOUT, f"the pages' libraries are missing: {', '.join(missing)}", AGAIN)
    else:
        yield good(ABOUT, "the pages' libraries are in place")
