"""A draft's files looked through: what each table is, what its columns become, as plain JSON for the page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from leadline.imports.drafts import folder
from leadline.imports.drafts.decisions import Decisions, about_table
from leadline.imports.faults import BrokenFile, Unknown
from leadline.imports.kinds import Kind
from leadline.imports.models import Draft
from leadline.imports.planning.options import Options
from leadline.imports.planning.table import Table
from leadline.imports.planning.understanding import tables
from leadline.imports.reading import Row, Sheet, sheets
from leadline.imports.recognition.columns import CUSTOM, Column, read
from leadline.imports.sources import sources

LOOKED_AT = 300  # rows, for samples of cells
SAMPLES = 3
WIDEST = 200  # columns shown
LONGEST = 80  # characters of a cell

Json = dict[str, Any]


@dataclass
class Seen:
    """What became of the files: tables that are understood, sheets that are not, files that cannot be read."""

    tables: list[Table] = field(default_factory=list)
    strange: list[Sheet] = field(default_factory=list)
    broken: list[BrokenFile] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def all_sheets(draft: Draft) -> tuple[list[Sheet], list[BrokenFile]]:
    """Every table of every file, and the files that cannot be read at all."""
    found: list[Sheet] = []
    broken = []
    for path in folder.paths(draft):
        try:
            found += sheets(path)
        except BrokenFile as fault:
            broken.append(fault)
    return found, broken


def look(draft: Draft, options: Options) -> Seen:
    """Understand every file, each for itself: what is wrong with one says nothing of the others."""
    seen = Seen()
    everything, seen.broken = all_sheets(draft)
    bad = {fault.file for fault in seen.broken}
    for path in folder.paths(draft):
        if path.name in bad:
            continue
        try:
            some, said = tables(path, options.of(path))
        except Unknown:
            continue
        except BrokenFile as fault:
            seen.broken.append(fault)
            continue
        seen.tables += some
        seen.notes += said
    known = {table.label for table in seen.tables}
    seen.strange = [sheet for sheet in everything if sheet.label not in known]
    order = list(Kind)
    seen.tables.sort(key=lambda table: order.index(table.kind))
    return seen


def shown(seen: Seen, decisions: Decisions) -> Json:
    """All of it as plain JSON."""
    return {
        "tables": [table_shown(table, decisions) for table in seen.tables],
        "strange": [strange_shown(sheet, decisions) for sheet in seen.strange],
        "notes": seen.notes,
        "questions": [
            {"label": one.file, "column": one.column, "answers": list(one.answers), "examples": list(one.examples)}
            for table in seen.tables
            for one in table.questions
        ],
    }


def table_shown(table: Table, decisions: Decisions) -> Json:
    """One table that is understood."""
    first = list(islice(table.sheet.rows(), LOOKED_AT))
    own = {custom.heading: custom.sort for custom in table.customs}
    told = decisions.get("columns", {}).get(table.label, {})
    return {
        "label": table.label,
        "kind": table.kind.value,
        "told": bool(decisions.get("kinds", {}).get(table.label)),
        "as_in": decisions.get("as_in", {}).get(table.label),
        "source": table.recognised.source,
        "rows": table.rows,
        "columns": [
            {**column_shown(column, first), **meant(table, column, own), "told": column.heading in told}
            for column in table.recognised.columns[:WIDEST]
        ],
        "dates": sorted({d.order for d in table.dates.values() if d.order}),
        "dates_told": decisions.get("dates", {}).get(table.label, ""),
        "marks": sorted(set(table.marks.values())),
        "decimal_told": decisions.get("decimal", {}).get(table.label, ""),
        "money": any(column.sort == "money" for column in table.used()),
        "currency": table.currency,
        "names_currency": any(column.field == "currency" for column in table.used()),
        "names_pipeline": any(column.field in ("pipeline", "pipeline.id") for column in table.used()),
    }


def column_shown(column: Column, rows: list[Row]) -> Json:
    """A column's heading and some of its cells, each once."""
    cells = dict.fromkeys(row.cells[column.index].strip()[:LONGEST] for row in rows if row.cells[column.index].strip())
    return {"heading": column.heading, "samples": list(cells)[:SAMPLES]}


def meant(table: Table, column: Column, own: dict[str, str]) -> Json:
    """What a column becomes, and how its cells are read where there was something to decide."""
    decision = table.dates.get(column.heading)
    order = {"order": decision.order, "how": decision.how} if decision and decision.order else {}
    if column.field == CUSTOM:
        becomes = f"custom:{own[column.heading]}" if column.heading in own else "empty"
    else:
        becomes = column.field or "-"
    return {"order": "", "becomes": becomes, **order, "mark": table.marks.get(column.heading, "")}


def strange_shown(sheet: Sheet, decisions: Decisions) -> Json:
    """A sheet that is not understood, or is left out: its columns, under the kind that was told if one was."""
    told = about_table(decisions, sheet.label)
    first = list(islice(rows_of(sheet), LOOKED_AT))
    if told.kind:
        columns = read(sheet.headings, sources()[-1], told.kind, {})
    else:
        columns = [Column(index, heading, "", "text") for index, heading in enumerate(sheet.headings)]
    chosen = dict(told.columns)
    return {
        "label": sheet.label,
        "kind": told.kind.value if told.kind else "",
        "left_out": told.left_out,
        "columns": [
            {**column_shown(column, first), **unread(chosen.get(column.heading, column.field or "-"))}
            for column in columns[:WIDEST]
        ],
    }


def unread(becomes: str) -> Json:
    """A column's meaning where no cell was read for it."""
    return {"becomes": becomes, "told": False, "order": "", "mark": ""}


def rows_of(sheet: Sheet) -> Iterator[Row]:
    """The rows, as far as they can be read."""
    try:
        yield from sheet.rows()
    except BrokenFile:
        return
