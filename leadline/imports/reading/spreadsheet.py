"""Workbooks (XLSX, XLS, XLSB, ODS): every sheet that has headings, its cells as the text a CSV would hold."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from leadline.imports.faults import BrokenFile
from leadline.imports.reading import headings, reach
from leadline.imports.reading.sheet import Sheet


def sheets(path: Path) -> list[Sheet]:
    """Tables of a workbook in their order; sheets without headings are left out. Raises `BrokenFile`."""
    workbook = opened(path)
    found = []
    for name in workbook.sheet_names:
        sheet = sheet_named(path, workbook, name)
        if sheet is not None:
            found.append(sheet)
    if not found:
        raise BrokenFile(
            path.name,
            _("no sheet of this workbook has a row of headings"),
            _("Put a heading above each column in the first row, then import again."),
        )
    if len(found) == 1:
        return [Sheet(path, "", found[0].headings, found[0].heading_row, found[0].records)]
    return found


def opened(path: Path) -> CalamineWorkbook:
    """The workbook; a damaged one is a `BrokenFile`."""
    reach.check(path)
    try:
        return CalamineWorkbook.from_path(str(path))
    except (CalamineError, OSError, ValueError) as error:
        raise damaged(path) from error


def sheet_named(path: Path, workbook: CalamineWorkbook, name: str) -> Sheet | None:
    """One sheet, or None where it holds no table."""

    def records() -> Iterator[tuple[int, list[str]]]:
        return read(path, workbook, name)

    found = headings.find(list(islice(records(), headings.LOOK_AT)))
    if found is None:
        return None
    return Sheet(path, name, found[1], found[0], records)


def read(path: Path, workbook: CalamineWorkbook, name: str) -> Iterator[tuple[int, list[str]]]:
    """Numbered records of one sheet, from its first row even when leading rows are empty."""
    try:
        sheet = workbook.get_sheet_by_name(name)
        start = sheet.start[0] if sheet.start else 0
        for number, cells in enumerate(sheet.iter_rows(), start=1):
            # The iterator gives leading empty rows too, so numbers agree with the spreadsheet's.
            yield number, [text(cell) for cell in cells]
        del start
    except (CalamineError, ValueError, OSError) as error:
        raise damaged(path) from error


def text(cell: object) -> str:
    """A cell as CSV would show it: whole numbers without ".0", dates as ISO."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    if isinstance(cell, (date, time)):
        return cell.isoformat()
    return str(cell.total_seconds()) if isinstance(cell, timedelta) else str(cell)


def damaged(path: Path) -> BrokenFile:
    """The workbook cannot be opened."""
    return BrokenFile(
        path.name,
        _("the workbook is damaged and cannot be opened"),
        _("Open it in a spreadsheet program, save it again, and import that."),
    )
