"""How much a workbook holds: one stray cell in the last corner, or text packed very small, would fill all memory."""

import re
import zipfile
from pathlib import Path

from django.utils.translation import gettext as _

from leadline.imports.faults import BrokenFile

CELL = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"')
LARGEST_LOOKED_AT = 64 * 2**20  # a sheet with more text than this has real cells
CELLS, EMPTY_FOR_EACH = 20_000_000, 1000
MOST_TEXT = 512 * 2**20  # bytes of sheets and shared texts, unpacked: what memory takes
PACKED_FROM, DENSEST = 100 * 2**20, 100  # beyond so much text, bytes in one packed byte; real sheets have 5 to 30


def check(path: Path) -> None:
    """Raises `BrokenFile` for an XLSX whose few cells span a huge area, or whose text would fill all memory."""
    if not zipfile.is_zipfile(path):
        return
    try:
        with zipfile.ZipFile(path) as book:
            check_size(path, [part for part in book.infolist() if part.filename.startswith("xl/")])
            parts = [part for part in book.infolist() if part.filename.startswith("xl/worksheets/")]
            for part in parts:
                if part.file_size <= LARGEST_LOOKED_AT:
                    check_sheet(path, book.read(part))
    except (zipfile.BadZipFile, OSError, RuntimeError):
        return  # damaged or encrypted: opening it says so


def check_size(path: Path, parts: list[zipfile.ZipInfo]) -> None:
    """The text of a workbook, as the list of its parts tells."""
    text, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    if text > MOST_TEXT or (text > PACKED_FROM and text > packed * DENSEST):
        raise BrokenFile(
            path.name,
            _("the workbook unpacks to %(size)s MB, which is more than can be read at once") % {"size": text // 2**20},
            _("Delete what is empty or not needed, or save each sheet as CSV, and import that."),
        )


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
