"""A table as words: each number as its reader writes it, with its interval, what it was, and the records behind it."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise

from leadline.crm.models import base_currency
from leadline.insights.dimensions import CALENDAR
from leadline.web.frame import formats
from leadline.web.insights.declaring import Behind, Column, Row, Table
from leadline.web.insights.labels import named
from leadline.web.insights.wording import between, share, verdict

Written = Callable[[Any], str]
Opens = Callable[[Behind, Mapping[str, str | None], str], str]  # what, labels, column -> address


@dataclass(frozen=True)
class Cell:
    """A number of a table. `range` is its interval in words, `flag` "above" or "below" of a verdict."""

    text: str
    href: str = ""
    range: str = ""
    flag: str = ""
    was: Cell | None = None


@dataclass(frozen=True)
class Line:
    """A row: its labels as they are shown, and a cell per column."""

    labels: tuple[str, ...]
    cells: tuple[Cell, ...]


def lines_of(table: Table, rows: Sequence[Row], opens: Opens, earlier: Opens | None = None) -> list[Line]:
    """These rows of it. `opens` gives addresses of records now, `earlier` of those in the time that is compared with.

    Amounts are written as suits all rows, so that showing the rest changes no number.
    """
    written = {column.key: writing(column, [*table.rows, *table.was]) for column in table.columns}
    was = {tuple(row[name] for name in table.by): row for row in table.was}
    return [
        _line(table, row, was.get(tuple(row.get(name) for name in table.by)), written, opens, earlier) for row in rows
    ]


def label_of(row: Row, dimension: str) -> str:
    """A row's label; of a month that is not over, or of which only a part was asked for, this is said."""
    label = named(row.get(dimension), dimension)
    part = row.get("part") if dimension in CALENDAR else ""
    return f"{label} ({part})" if part else label


def writing(column: Column, rows: list[Row]) -> Written:
    """How the numbers of a column are written; amounts that stand together all with their cents or all without."""
    if column.unit == "money":
        whole = formats.in_thousands(row.get(key) for row in rows for key in (column.key, column.low, column.high))
        currency = base_currency()
        return lambda value: formats.money(value, currency, whole=whole)
    return {"share": _percent, "days": formats.days, "text": _text, "day": formats.day}.get(column.unit, number)


def number(value: Any) -> str:
    """A count, or a number with one decimal where it is small and broken."""
    if value is None or isinstance(value, int):
        return formats.number(value)
    return formats.number(value, 0 if value == int(value) or abs(value) >= 100 else 1)


def said(row: Row, column: Column, written: Written) -> str:
    """The number in words; a share of few trials as "2 of 3". A face may say "unknown" in place of a number."""
    value = row.get(column.key)
    if isinstance(value, str | Promise):
        return str(value)
    if column.unit == "share" and column.successes and row.get(column.successes) is not None:
        counts = {"value": value, "numerator": row[column.successes], "n": row.get(column.trials) or 0}
        return share(counts) if value is not None else formats.UNKNOWN
    return written(value)


def _line(
    table: Table, row: Row, was: Row | None, written: Mapping[str, Written], opens: Opens, earlier: Opens | None
) -> Line:
    cells = []
    for column in table.columns:
        cell = _cell(table, row, column, written[column.key], opens)
        if was is not None and earlier and was.get(column.key) is not None and column.unit != "flag":
            before = {**was, **{name: was.get("was_label", was[name]) for name in table.by[:1]}}
            past = _cell(table, before, column, written[column.key], earlier)
            cell = Cell(cell.text, cell.href, cell.range, cell.flag, past)
        cells.append(cell)
    return Line(tuple(label_of(row, name) for name in table.by if name in row), tuple(cells))


def _cell(table: Table, row: Row, column: Column, written: Written, opens: Opens) -> Cell:
    if column.unit == "flag":
        trials = row.get(f"{table.columns[0].key}.n")
        return Cell(verdict({"flag": row.get(column.key)}) if trials else "", flag=row.get(column.key) or "")
    ends = {"low": row.get(column.low), "high": row.get(column.high), "n": row.get(column.trials, 1) or 1}
    known = row.get(column.key) is not None and not isinstance(row[column.key], Promise)
    interval = between(ends, written) if column.low and known else ""
    return Cell(said(row, column, written), href_of(table, row, column, opens), interval)


def href_of(table: Table, row: Row, column: Column, opens: Opens) -> str:
    """The address of the records behind a number; "" where there are none to show."""
    what = (row.get("opens") or {}).get(column.key, column.opens)
    if what is None or row.get(column.key) is None or isinstance(row[column.key], Promise):
        return ""
    return opens(what, {name: row[name] for name in table.by if name in row}, column.key)


def _percent(value: Any) -> str:
    return formats.percent(value)


def _text(value: Any) -> str:
    return formats.UNKNOWN if value in (None, "") else str(value)


def plain(value: Any) -> Any:
    """A value for a file or a chart: plain numbers with no more digits than say something; nothing for "unknown"."""
    if isinstance(value, Promise):
        return None
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(round(value, 2))
    if isinstance(value, float):
        return round(value, 6) if math.isfinite(value) else None
    return value.isoformat() if isinstance(value, dt.date) else value
