"""Text tables, streamed: one record in memory at a time, whatever the encoding, delimiter or line ends."""

import csv
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from django.utils.translation import gettext as _

from leadline.imports.faults import BrokenFile
from leadline.imports.reading import delimiter, encoding, headings
from leadline.imports.reading.sheet import Sheet

# A cell longer than this is a quotation mark that was never closed, not a note.
LONGEST_CELL = 4_000_000
csv.field_size_limit(LONGEST_CELL)


def sheets(path: Path, encoding_name: str = "", mark: str = "") -> list[Sheet]:
    """The one table of a text file. Raises `BrokenFile` where it cannot be read."""
    name = encoding_name or encoding.of(path)
    try:
        with path.open(encoding=name, newline="") as file:
            lines = list(islice(file, 60))
    except (UnicodeError, LookupError) as error:
        raise undecodable(path, name) from error
    mark = mark or delimiter.of(lines)

    def records() -> Iterator[tuple[int, list[str]]]:
        return read(path, name, mark)

    found = headings.find(list(islice(records(), headings.LOOK_AT)))
    if found is None:
        raise BrokenFile(
            path.name,
            _("no row with headings was found"),
            _("Put a heading above each column in the first row, then import again."),
        )
    return [Sheet(path, "", found[1], found[0], records)]


def read(path: Path, name: str, mark: str) -> Iterator[tuple[int, list[str]]]:
    """Records with their numbers, blank ones too. A byte that means nothing in the encoding is kept visible."""
    with path.open(encoding=name, newline="", errors="strict") as file:
        fed = Fed(file)
        reader = csv.reader(fed, delimiter=mark)
        number, last = 0, [""]
        try:
            for number, cells in enumerate(reader, start=1):
                last, fed.record = fed.record, []
                if number == 1 and is_separator_hint(cells):
                    continue
                yield number, cells
        except UnicodeError as error:
            raise undecodable(path, name) from error
        except csv.Error as error:
            raise (damaged(path, number + 1) if NUL in str(error) else unclosed(path, number + 1)) from error
        if open_at_end(last, mark):
            raise unclosed(path, number)


NUL = "NUL byte"


class Fed:
    """Lines on their way to the CSV reader; remembers those of the record being read."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.lines = iter(lines)
        self.record: list[str] = []

    def __iter__(self) -> "Fed":
        return self

    def __next__(self) -> str:
        line = next(self.lines)
        self.record.append(line)
        if "\x00" in line:
            raise csv.Error(NUL)
        return line


def is_separator_hint(cells: list[str]) -> bool:
    """Excel's own first line "sep=;"."""
    return bool(cells) and cells[0].lower().startswith("sep=") and len("".join(cells)) <= 5


def open_at_end(lines: list[str], mark: str) -> bool:
    """Whether the file ends inside quotation marks."""
    try:
        for _cells in csv.reader(lines, delimiter=mark, strict=True):
            continue
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False


def undecodable(path: Path, name: str) -> BrokenFile:
    """The file is not text in the encoding it claims."""
    return BrokenFile(
        path.name,
        _("the text is damaged: it is not valid %(encoding)s") % {"encoding": name},
        _("Save it again as CSV in UTF-8, or import the original spreadsheet."),
    )


def damaged(path: Path, row: int) -> BrokenFile:
    """A byte that no text holds."""
    return BrokenFile(
        path.name,
        _("the text is damaged: row %(row)s holds a NUL byte") % {"row": row},
        _("Export the file again, or remove that byte."),
    )


def unclosed(path: Path, row: int) -> BrokenFile:
    """A quotation mark swallows the rest of the file."""
    return BrokenFile(
        path.name,
        _("a quotation mark opened in row %(row)s is never closed") % {"row": row},
        _("Close the quotation mark in that row, or double it if it belongs to the text."),
    )
