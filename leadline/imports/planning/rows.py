"""Rows of a table become staged rows: every cell read, every fault named, nothing kept in memory."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from typing import Any, NamedTuple

import orjson
from django.utils.translation import gettext as _

from leadline.imports.faults import BadValue, Fault
from leadline.imports.kinds import Kind
from leadline.imports.planning import cells, checks
from leadline.imports.planning.table import CustomColumn, Table
from leadline.imports.reading import Row
from leadline.imports.recognition.columns import Column
from leadline.imports.values import blanks, dates, money_signs, outcome, spelling

# A cell of these that cannot be read is left empty with a warning; any other keeps its row out.
FORGIVEN = frozenset(
    {"emails", "email2", "phones", "phone2", "probability", "updated_at", "product_quantity", "position", "labels"}
    | {"product_price", "is_won", "is_closed", "is_lost", "domain", "seconds", "minutes"}
)
# The words of these make short lists: their spellings are counted, so that the commonest is shown.
LISTS = {
    "source": "source", "campaign": "campaign", "lost_reason": "lost_reason", "product": "product", "owner": "user",
    "originator": "user", "by": "user", "manager": "user", "stage": "stage", "from_stage": "stage", "stage.id": "stage",
    "pipeline": "pipeline", "organization": "organization", "type": "activity_type", "team": "team",
}  # fmt: skip


class Way(NamedTuple):
    """How one column's cells go into a body: read, counted among the words of a short list, renamed."""

    place: int
    field: str
    read: cells.Reader
    words: Counter[str] | None
    renames: Mapping[str, str]
    money: bool


@dataclass
class Reading:
    """One table on its way into the staging file."""

    table: Table
    zone: tzinfo
    renames: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    words: dict[str, Counter[str]] = field(default_factory=dict)
    deleted: int = 0
    short: int = 0

    def __post_init__(self) -> None:
        table = self.table
        self.now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        self.words = {name: Counter() for name in set(LISTS.values())}
        self.plan = [self.way(column) for column in table.used()]
        self.customs = [(custom, self.custom_reader(custom)) for custom in table.customs]
        self.headings = {column.field: column.heading for column in table.used()}
        self.ranges = {custom.heading for custom in table.customs if holds_ranges(custom)}

    def way(self, column: Column) -> Way:
        """How the cells of one known column go into a body."""
        pairs = self.renames.get(column.field, {})
        return Way(
            column.index,
            column.field,
            cells.reader(self.table, column.heading, column.field, column.sort, self.zone),
            self.words.get(LISTS.get(column.field, "")),
            {spelling.key(written): meant for written, meant in pairs.items()},
            column.sort == "money",
        )

    def custom_reader(self, custom: CustomColumn) -> cells.Reader:
        """How a custom column's cells are read."""
        decision = self.table.dates.get(custom.heading)
        return cells.custom_reader(
            custom, decision.order if decision else "", self.table.marks.get(custom.heading, "."), self.zone
        )

    def bodies(self) -> Iterator[tuple[Row, dict[str, Any]]]:
        """The good rows with their fields; what is wrong with the others stands in `faults`."""
        for row in self.table.sheet.rows():
            body = self.body(row)
            if body is not None:
                yield row, body

    def body(self, row: Row) -> dict[str, Any] | None:
        """One row's fields as plain values, or None where it cannot come in."""
        if row.extra:
            self.fault(row, "", ", ".join(row.extra), *self.ragged(row), fatal=True)
            return None
        self.short += row.missing > 0
        before = len(self.faults)
        body: dict[str, Any] = {}
        self.fill(row, body)
        if body.pop("deleted", False):
            self.deleted += 1
            return None
        said = {fault.column for fault in self.faults[before:]}
        for name, value, reason, mend, fatal in checks.found(self.table.kind, body, self.now):
            if self.headings.get(name, name) not in said:  # a cell that cannot be read is not missing as well
                self.fault(row, name, value, reason, mend, fatal)
        if any(fault.fatal for fault in self.faults[before:]):
            return None
        if self.table.zero_is_blank and body.get("value") == "0.00" and not ended(body):
            del body["value"]
        if self.customs:
            self.add_customs(row, body)
        if self.table.kind is Kind.DEALS and "lead.id" in body:
            body.setdefault("external_id", body["lead.id"])  # one deal a lead: the lead's id will do for it
        return body

    def fill(self, row: Row, body: dict[str, Any]) -> None:
        """The cells of known columns."""
        cells_of = row.cells
        for place, name, read, words, renames, money in self.plan:
            text = cells_of[place]
            if not text:
                continue
            text = blanks.filled(text)
            if not text:
                continue
            if renames:
                text = renames.get(spelling.key(text), text)
                if not text:  # told to mean nobody, or nothing
                    continue
            if words is not None:
                words[text] += 1
            try:
                body[name] = read(text)
            except BadValue as bad:
                self.fault(row, name, text, bad.reason, bad.mend, fatal=name not in FORGIVEN)
            if money and not (text[0].isdigit() and text[-1].isdigit()):
                add_sign(body, text)

    def add_customs(self, row: Row, body: dict[str, Any]) -> None:
        """Custom columns; what cannot be read is left empty with a warning."""
        custom: dict[str, Any] = {}
        for column, read in self.customs:
            text = blanks.filled(row.cells[column.index])
            if not text:
                continue
            if column.heading in self.ranges and dates.mangled(text):
                self.fault(row, column.heading, text, *mangled(), fatal=False)
            try:
                custom[column.heading] = read(text)
            except BadValue as bad:
                self.fault(row, column.heading, text, bad.reason, bad.mend, fatal=False)
        if custom:
            body["custom"] = custom

    def fault(self, row: Row, name: str, value: str, reason: str, mend: str, fatal: bool) -> None:
        """Write down what is wrong."""
        heading = self.headings.get(name, name)
        self.faults.append(Fault(self.table.label, row.number, heading, value, reason, mend, fatal))

    def ragged(self, row: Row) -> tuple[str, str]:
        """Reason and mend of a row with too many cells."""
        reason = _("the row has %(cells)s cells under %(headings)s headings") % {
            "cells": len(row.cells) + len(row.extra),
            "headings": len(row.cells),
        }
        return reason, _("Put quotation marks around the cell that holds the delimiter.")


def add_sign(body: dict[str, Any], text: str) -> None:
    """The currency that an amount is written with."""
    sign = money_signs.found(text)
    if sign:
        body["sign"] = sign


def ended(body: dict[str, Any]) -> bool:
    """Whether a deal's row says that it was won or lost."""
    return any(outcome.ending(str(body.get(name, ""))) for name in ("status", "stage"))


def holds_ranges(custom: CustomColumn) -> bool:
    """Whether a choice column holds ranges ("20-50"): there "May-20" is what a spreadsheet made of "5-20"."""
    return custom.sort == "choice" and any(word[:1].isdigit() and "-" in word for word, _times in custom.words)


def mangled() -> tuple[str, str]:
    """Reason and mend of a range that became a date."""
    return (
        _("a spreadsheet seems to have turned a range into a date"),
        _("Look up the value in the source (May-20 was 5-20). The row is in with the value as it stands."),
    )


def stamp(body: dict[str, Any]) -> str:
    """When the row was last changed at its source, to choose between two rows with one id."""
    return str(body.get("updated_at", ""))


def text_of(body: dict[str, Any]) -> str:
    """The body as JSON, keys in order, so that equal rows read equal."""
    return orjson.dumps(body, option=orjson.OPT_SORT_KEYS).decode()


def deal_key(body: dict[str, Any]) -> str:
    """The key by which a stage change or a line names its deal."""
    if body.get("deal.id"):
        return "x:" + str(body["deal.id"])
    return "n:" + spelling.key(str(body.get("deal", "")))
