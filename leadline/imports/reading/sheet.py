"""A table as it stands in a file: headings and a stream of rows, all cells as text."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

# Bad rows that we have given back to be mended are known by this heading.
GIVEN_BACK = "Leadline: reason"
FORMULA = frozenset("=+-@")


class Row(NamedTuple):
    """One record: its number as a spreadsheet shows it, and as many cells as there are headings.

    `extra` holds cells beyond the last heading (a ragged row), else it is empty; `missing` counts cells
    the row lacks.
    """

    number: int
    cells: list[str]
    extra: list[str]
    missing: int


@dataclass(frozen=True)
class Sheet:
    """One table of one file. `rows()` starts from the top at every call and keeps nothing in memory."""

    path: Path
    name: str
    headings: tuple[str, ...]
    heading_row: int
    records: Callable[[], Iterator[tuple[int, list[str]]]] = field(repr=False)

    @property
    def label(self) -> str:
        """The file's name, with the sheet's where a workbook holds several."""
        return f"{self.path.name}[{self.name}]" if self.name else self.path.name

    def rows(self) -> Iterator[Row]:
        """Rows below the headings; blank lines and repeated heading lines are left out.

        Raises `BrokenFile` where the file breaks off.
        """
        width = len(self.headings)
        again = [heading.strip() for heading in self.headings]
        to_mend = GIVEN_BACK in self.headings
        for number, cells in self.records():
            if number <= self.heading_row or not any(cells):
                continue
            if cells[0].strip() == again[0] and [cell.strip() for cell in cells[:width]] == again:
                continue
            yield shaped(number, [unmasked(cell) for cell in cells] if to_mend else cells, width)


def unmasked(cell: str) -> str:
    """A cell without the sign that we put before what a spreadsheet would have run as a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in FORMULA else cell


def shaped(number: int, cells: list[str], width: int) -> Row:
    """The record cut or filled to `width` cells; blank cells beyond it are no raggedness."""
    if len(cells) == width:
        return Row(number, cells, [], 0)
    if len(cells) < width:
        missing = width - len(cells)
        return Row(number, cells + [""] * missing, [], missing)
    extra = cells[width:]
    return Row(number, cells[:width], extra if any(cell.strip() for cell in extra) else [], 0)
