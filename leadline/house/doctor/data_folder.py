"""Is the data folder there, its owner's only, and is there room to go on?"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from leadline.house import folder
from leadline.house.doctor.finding import Finding, bad, good

ABOUT = "data folder"
ROOM = 500_000_000  # bytes; below it an import or an upgrade may not get through


def look() -> Iterator[Finding]:
    """The folder, who can read it, and the free space."""
    place: Path = settings.LEADLINE_DATA
    if not place.is_dir():
        yield bad(ABOUT, f"{place} does not exist", "It is made at the next start; or set LEADLINE_DATA to yours.")
        return
    yield good(ABOUT, str(place))
    yield from _privacy(place)
    free = shutil.disk_usage(place).free
    if free < ROOM:
        yield bad(ABOUT, f"only {free / 1e6:,.0f} MB are free", "Make room on that disk, or move the folder.")
    else:
        yield good(ABOUT, f"{free / 1e9:,.1f} GB are free")


def _privacy(place: Path) -> Iterator[Finding]:
    private = [folder.key_file(place), *place.glob("*.sqlite3*"), *place.glob("*.duckdb*")]
    exposed = [path for path in private if folder.open_to_others(path)]
    for path in exposed:
        yield bad(ABOUT, f"others can read {path.name}", f'chmod 600 "{path}"')
    if folder.open_to_others(place):
        yield bad(ABOUT, "others can look into it", f'chmod 700 "{place}"')
    elif not exposed:
        yield good(ABOUT, "only you can read it")
