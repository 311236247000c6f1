"""The first rows of a table as the records they will be, and the first rows with problems, marked on the cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from leadline.imports.faults import Fault
from leadline.imports.importing import zone
from leadline.imports.planning.options import Options
from leadline.imports.planning.rows import Reading
from leadline.imports.planning.table import Table
from leadline.imports.reading import Row

FIRST, BAD = 5, 5
REACH = 50_000  # rows looked through for those with problems
LONGEST = 120
PLAIN = ("time", "day", "money", "number")

Json = dict[str, Any]


def preview(table: Table, options: Options, faults: Iterable[Fault] = ()) -> Json:
    """`columns` of the table, `rows` of {number, cells: [{text, plain, fault}], fault, in}."""
    by_row: dict[int, list[Fault]] = defaultdict(list)
    for fault in faults:
        if len(by_row) < BAD or fault.row in by_row:
            by_row[fault.row].append(fault)
    reading = Reading(table, zone(), options.values)
    used = [(column.index, column.heading, column.field, column.sort) for column in table.used()]
    used += [(custom.index, custom.heading, "custom", custom.sort) for custom in table.customs]
    wanted = {row for row in by_row if row}
    rows = []
    for count, row in enumerate(table.sheet.rows()):
        if count < FIRST or row.number in wanted:
            rows.append(row_shown(reading, row, used, by_row.get(row.number, [])))
            wanted.discard(row.number)
        if count >= REACH or (count >= FIRST and not wanted):
            break
    columns = [{"heading": heading, "field": field} for _index, heading, field, _sort in used]
    return {"label": table.label, "columns": columns, "rows": rows}


def row_shown(reading: Reading, row: Row, used: list[tuple[int, str, str, str]], known: list[Fault]) -> Json:
    """One row: its cells as they stand and, where they are times or amounts, as they are understood."""
    reading.faults.clear()
    body = reading.body(row)
    found = {(fault.column, fault.reason): fault for fault in [*reading.faults, *known]}
    faults = list(found.values())
    custom = (body or {}).get("custom", {})
    cells = []
    for index, heading, field, sort in used:
        plain = custom.get(heading) if field == "custom" else (body or {}).get(field)
        cells.append(
            {
                "text": row.cells[index].strip()[:LONGEST],
                "plain": plain if sort in PLAIN and isinstance(plain, str) else "",
                "sort": sort,
                "fault": said(fault for fault in faults if fault.column == heading),
            }
        )
    headings = {heading for _index, heading, _field, _sort in used}
    return {
        "number": row.number,
        "cells": cells,
        "fault": said(fault for fault in faults if fault.column not in headings),
        "in": body is not None and not any(fault.fatal for fault in faults),
    }


def said(faults: Iterable[Fault]) -> Json | None:
    """The first of them that matters most."""
    some = sorted(faults, key=lambda fault: not fault.fatal)
    return {"reason": some[0].reason, "mend": some[0].mend, "fatal": some[0].fatal} if some else None
