"""What a wheel declares that it needs, put beside it from the libraries that run the tests: nothing is fetched."""

from __future__ import annotations

import os
import shutil
from importlib.metadata import Distribution, PathDistribution, distribution
from pathlib import Path
from zipfile import Path as InZip
from zipfile import ZipFile

from packaging.requirements import Requirement


def bring(wheel: Path, site: Path) -> None:
    """Into `site`, all that the wheel asks for and all that this asks for in turn; what it does not ask for is missing.

    Raises PackageNotFoundError for what is not here, AssertionError for a version that it does not want.
    """
    with ZipFile(wheel) as archive:
        home = next(place for place in InZip(archive).iterdir() if place.name.endswith(".dist-info"))
        waiting: list[tuple[Distribution, str]] = [(PathDistribution(home), "")]  # type: ignore[arg-type]  a path too
        known: set[tuple[str, str]] = set()
        while waiting:
            one, extra = waiting.pop()
            for needed in map(Requirement, one.requires or ()):
                if needed.marker is None or needed.marker.evaluate({"extra": extra}):
                    found = distribution(needed.name)
                    assert needed.specifier.contains(found.version, prereleases=True), f"{needed}: {found.version}"
                    asked = {(found.name, each) for each in ("", *needed.extras)} - known
                    known |= asked
                    waiting += [(found, each) for _name, each in asked]
                    _link(found, site)


def _link(found: Distribution, site: Path) -> None:
    for file in found.files or ():
        target = site / file
        if ".." not in file.parts and not target.exists():  # programs are not asked for
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                os.link(str(found.locate_file(file)), target)
            except OSError:  # another disk
                shutil.copy(str(found.locate_file(file)), target)
