"""One table of the plan: a sheet, what it was taken for, and how its cells are read."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from leadline.imports.kinds import Kind
from leadline.imports.reading import Sheet
from leadline.imports.recognition.columns import CUSTOM, Column, Recognised
from leadline.imports.values.date_order import Decision


@dataclass(frozen=True)
class CustomColumn:
    """A column that becomes a custom field; `sort` is text, number, money, date or choice."""

    index: int
    heading: str
    sort: str
    words: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Question:
    """What must be answered before anything is written."""

    file: str
    column: str
    text: str
    answers: tuple[str, ...]
    examples: tuple[str, ...] = ()


@dataclass
class Table:
    """A recognised sheet with its columns' decisions."""

    sheet: Sheet
    recognised: Recognised
    rows: int = 0
    dates: Mapping[str, Decision] = field(default_factory=dict)
    offsets: Mapping[str, str] = field(default_factory=dict)
    marks: Mapping[str, str] = field(default_factory=dict)
    customs: tuple[CustomColumn, ...] = ()
    currency: str = ""
    zero_is_blank: bool = False
    questions: list[Question] = field(default_factory=list)

    @property
    def kind(self) -> Kind:
        return self.recognised.kind

    @property
    def label(self) -> str:
        return self.sheet.label

    def used(self) -> list[Column]:
        """The columns that fill fields of the kind."""
        return [column for column in self.recognised.columns if column.field not in ("", CUSTOM)]

    def left_out(self) -> list[str]:
        """Headings of columns that are not imported."""
        taken = {custom.heading for custom in self.customs} | {column.heading for column in self.used()}
        return [column.heading for column in self.recognised.columns if column.heading not in taken]
