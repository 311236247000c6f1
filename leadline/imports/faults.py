"""What is wrong with a row, a column or a whole file, in words that say how to mend it."""

from dataclasses import dataclass


class BrokenFile(Exception):
    """The file cannot be read at all; nothing of it is imported.

    `reason` says what is wrong, `mend` what to do about it.
    """

    def __init__(self, file: str, reason: str, mend: str) -> None:
        super().__init__(f"{file}: {reason}")
        self.file = file
        self.reason = reason
        self.mend = mend


class Unknown(BrokenFile):
    """The file can be read, but nothing in it is understood."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in one row: `fatal` keeps the row out, otherwise the row is in and this is a warning.

    `row` is the number a spreadsheet shows (headings of an ordinary file are row 1); 0 = the whole file.
    """

    file: str
    row: int
    column: str
    value: str
    reason: str
    mend: str
    fatal: bool = True

    def as_dict(self) -> dict[str, str | int]:
        """The shape of the CLI's JSON and of the downloadable report."""
        return {
            "file": self.file,
            "row": self.row,
            "column": self.column,
            "value": self.value,
            "reason": self.reason,
            "mend": self.mend,
        }


class BadValue(ValueError):
    """A cell cannot be read as what its column holds; carries the reason and the mend."""

    def __init__(self, reason: str, mend: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.mend = mend
