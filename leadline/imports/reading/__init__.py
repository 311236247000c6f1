"""From a path to tables. What a file is, is decided by its bytes, never by its name."""

from pathlib import Path

from django.utils.translation import gettext as _

from leadline.imports.faults import BrokenFile
from leadline.imports.reading import csv_file, spreadsheet
from leadline.imports.reading.sheet import Row, Sheet

__all__ = ["Row", "Sheet", "sheets"]

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
OTHERS = {b"%PDF": "PDF", b"\x1f\x8b": "gzip", b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG", b"SQLite": "SQLite"}


def sheets(path: Path, encoding: str = "", delimiter: str = "") -> list[Sheet]:
    """The tables of one file, in order. Raises `BrokenFile` for what is missing, empty, binary or encrypted."""
    head = first_bytes(path)
    if head.startswith(ZIP):
        return spreadsheet.sheets(path)
    if head.startswith(OLE):
        refuse_encrypted(path)
        return spreadsheet.sheets(path)
    refuse_binary(path, head)
    return csv_file.sheets(path, encoding, delimiter)


def first_bytes(path: Path) -> bytes:
    """The start of the file; an absent, unreadable or empty one is broken."""
    try:
        with path.open("rb") as file:
            head = file.read(65536)
    except OSError as error:
        raise BrokenFile(
            path.name,
            _("the file cannot be opened: %(why)s") % {"why": error.strerror},
            _("Check the path and try again."),
        ) from error
    if not head.strip(b"\x00\r\n\t \xef\xbb\xbf\xff\xfe"):
        raise BrokenFile(path.name, _("the file is empty"), _("Export it again: there is nothing in it."))
    return head


def refuse_encrypted(path: Path) -> None:
    """A workbook with a password is an OLE container around an encrypted package."""
    if ENCRYPTED in path.read_bytes():
        raise BrokenFile(
            path.name,
            _("the workbook is protected by a password"),
            _("Open it with the password, save it without one, and import that."),
        )


def refuse_binary(path: Path, head: bytes) -> None:
    """Text holds no zero bytes, unless it is UTF-16 or UTF-32."""
    known = next((name for magic, name in OTHERS.items() if head.startswith(magic)), "")
    zeros = head.count(0)
    even = min(head[0::2].count(0), head[1::2].count(0))
    wide = head.startswith(WIDE_MARKS) or (zeros > 0.3 * len(head) and even < 0.05 * len(head))
    if known or (zeros and not wide):
        raise BrokenFile(
            path.name,
            _("this is not a table but a binary file (%(what)s)") % {"what": known or _("unknown format")},
            _("Export the data as CSV or XLSX."),
        )
