"""Time zones to choose from: those of places, each by its present name."""

from __future__ import annotations

import zoneinfo
from functools import cache
from importlib import resources
from pathlib import Path

TABLE = "zone.tab"  # of the time zone database: country, position, name


@cache
def places() -> frozenset[str]:
    """Region/City names and UTC: without old spellings (Asia/Calcutta) and offsets (Etc/GMT+10)."""
    rows = (line.split("\t") for line in _table().splitlines() if line and not line.startswith("#"))
    return frozenset({row[2] for row in rows} & zoneinfo.available_timezones() | {"UTC"})


def _table() -> str:
    """This system's, as its zones are; else that of the package tzdata."""
    for folder in zoneinfo.TZPATH:
        path = Path(folder) / TABLE
        if path.exists():
            return path.read_text(encoding="utf-8")
    return (resources.files("tzdata") / "zoneinfo" / TABLE).read_text(encoding="utf-8")
