"""One look at a whole table before anything is decided: dates' order, decimal marks, what unknown columns hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from leadline.imports.faults import BadValue
from leadline.imports.kinds import Kind
from leadline.imports.reading import Row
from leadline.imports.recognition.columns import CUSTOM, Column, Recognised
from leadline.imports.values import blanks, date_order, numbers, outcome

SAMPLES = 20_000
CHOICES = 40
STATES = ("status", "stage", "is_won", "is_closed")


@dataclass
class Unknown:
    """What the cells of an unknown column have in common."""

    cells: int = 0
    numeric: int = 0
    dated: int = 0
    longest: int = 0
    words: Counter[str] = field(default_factory=Counter)

    def add(self, text: str) -> None:
        """Take one filled cell into account."""
        self.cells += 1
        self.longest = max(self.longest, len(text))
        if len(self.words) <= CHOICES or text in self.words:
            self.words[text] += 1
        if text[0].isdigit() or text[0] in "-+($€£.,":
            if looks_numeric(text):
                self.numeric += 1
            elif looks_dated(text):
                self.dated += 1

    def sort(self) -> str:
        """number, day, choice, text; "" where there is nothing at all in the column."""
        if not self.cells:
            return ""
        if self.dated >= 0.95 * self.cells:
            return "day"
        if self.numeric >= 0.98 * self.cells:
            return "number"
        few = len(self.words) <= CHOICES and self.longest <= 100
        often = 2 if len(self.words) <= 5 else 3
        return "choice" if few and self.cells >= often * len(self.words) else "text"


def looks_numeric(text: str) -> bool:
    """A number; not an id with leading zeros, nor one too long to be an amount."""
    if text[0] == "0" and len(text) > 1 and text[1].isdigit():
        return False
    try:
        numbers.read(text, ".")
    except BadValue:
        return False
    return len(text) < 16


def looks_dated(text: str) -> bool:
    """A date in some order."""
    if not 6 <= len(text) <= 35:
        return False
    if date_order.orders_of(text):
        return True
    return date_order.read(text, "") is not None


@dataclass
class Profile:
    """What was seen of one table."""

    rows: int = 0
    dates: dict[str, date_order.Evidence] = field(default_factory=dict)
    numbers: dict[str, numbers.Evidence] = field(default_factory=dict)
    unknown: dict[str, Unknown] = field(default_factory=dict)
    samples: list[date_order.Sample] = field(default_factory=list)
    currencies: Counter[str] = field(default_factory=Counter)
    open_rows: int = 0
    open_worth: int = 0

    @property
    def zero_is_blank(self) -> bool:
        """Not one open deal of many is worth anything: the export writes 0 where it knows no amount."""
        return self.open_rows >= 20 and self.open_worth == 0


def profile(recognised: Recognised, rows: Iterable[Row]) -> Profile:
    """Read all rows once, keeping evidence only. Raises `BrokenFile` where the file breaks off."""
    seen = Profile()
    watched = [column for column in recognised.columns if column.sort in ("time", "day")]
    amounts = [column for column in recognised.columns if column.sort in ("number", "money")]
    unknown = [column for column in recognised.columns if column.field == CUSTOM]
    fields = recognised.fields()
    states = [fields[name].index for name in STATES if name in fields]
    currency = fields.get("currency")
    worth = fields["value"].index if recognised.kind is Kind.DEALS and "value" in fields else None
    seen.dates = {column.heading: date_order.Evidence() for column in watched}
    seen.numbers = {column.heading: numbers.Evidence() for column in amounts}
    seen.unknown = {column.heading: Unknown() for column in unknown}
    for row in rows:
        seen.rows += 1
        look(seen, row, watched, amounts, unknown)
        if currency is not None and row.cells[currency.index]:
            seen.currencies[blanks.filled(row.cells[currency.index])] += 1
        closed = any(outcome.ending(row.cells[index]) for index in states)
        if worth is not None and not closed:
            seen.open_rows += 1
            seen.open_worth += row.cells[worth].strip().strip("0.,") != "" or not row.cells[worth].strip()
        if len(seen.samples) < SAMPLES:
            cells = {column.heading: blanks.filled(row.cells[column.index]) for column in watched}
            seen.samples.append(date_order.Sample(cells, closed))
    return seen


def look(seen: Profile, row: Row, watched: list[Column], amounts: list[Column], unknown: list[Column]) -> None:
    """One row's evidence."""
    cells = row.cells
    for column in watched:
        text = blanks.filled(cells[column.index])
        if text:
            seen.dates[column.heading].add(text)
    for column in amounts:
        text = blanks.filled(cells[column.index])
        if text:
            seen.numbers[column.heading].add(text)
    for column in unknown:
        text = blanks.filled(cells[column.index])
        if text:
            seen.unknown[column.heading].add(text)


# What the fields' dates must obey: an end is not before a start, and nothing here lies in the future.
ROLES = {
    "created_at": "start", "close_date": "end", "closed_at": "end", "won_at": "end", "lost_at": "end",
    "changed_at": "past", "done_at": "past", "converted_at": "end", "updated_at": "past",
    "mql_at": "past", "sql_at": "past", "sal_at": "past",
}  # fmt: skip


def settle_dates(recognised: Recognised, seen: Profile, told: str = "") -> dict[str, date_order.Decision]:
    """The order of every date column; an open one is a question. `told` is a person's answer for all of them."""
    columns = dict(seen.dates)
    if told:
        return {name: date_order.Decision(told, "told") for name in columns}
    roles = {column.heading: ROLES.get(column.field, "") for column in recognised.columns}
    return date_order.settle(columns, seen.samples, roles)
