"""How a related record reads in one row of a section."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """Its name as a link (the record's own name and page where ""), a line under it, a figure and a line under that."""

    under: str = ""
    figure: str = ""
    foot: str = ""
    name: str = ""
    href: str = ""
