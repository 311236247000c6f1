"""How far a workbook's cells reach: one stray cell in the last corner would fill all memory with empty ones."""

import re
import zipfile
from pathlib import Path

from django.utils.translation import gettext as _

from leadline.imports.faults import BrokenFile

CELL = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"')
LARGEST_LOOKED_AT = 64 * 2**20  # a sheet with more text than this has real cells
CELLS, EMPTY_FOR_EACH = 20_000_000, 1000


def check(path: Path) -> None:
    """Raises `BrokenFile` for an XLSX whose few cells span a huge area."""
    if not zipfile.is_zipfile(path):
        return
    try:
        with zipfile.ZipFile(path) as book:
            parts = [part for part in book.infolist() if part.filename.startswith("xl/worksheets/")]
            for part in parts:
                if part.file_size <= LARGEST_LOOKED_AT:
                    check_sheet(path, book.read(part))
    except (zipfile.BadZipFile, OSError, RuntimeError):
        return  # damaged or encrypted: opening it says so


def check_sheet(path: Path, text: bytes) -> None:
    """One sheet's XML."""
    cells = widest = last = 0
    for found in CELL.finditer(text):
        cells += 1
        widest, last = max(widest, column(found[1])), max(last, int(found[2]))
    if widest * last > max(CELLS, cells * EMPTY_FOR_EACH):
        raise BrokenFile(
            path.name,
            _("a cell stands far outside the table (row %(row)s, column %(column)s)") % {"row": last, "column": widest},
            _("Delete the rows below and the columns beside the table, save, and import again."),
        )


def column(letters: bytes) -> int:
    """1 for A, 27 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
