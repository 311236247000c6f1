"""The rows that did not come in, kept with the reasons, and given back as files that can be mended and tried again."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from leadline.imports.faults import Fault
from leadline.imports.models import Import, ImportFailure
from leadline.imports.planning.plan import Plan

ADDED = ("Leadline: column", "Leadline: reason", "Leadline: mend")
BATCH = 500


def keep(arrival: Import, plan: Plan) -> None:
    """Store failures and warnings; failed rows with their cells, read again from their files."""
    for fatal in (True, False):
        faults = plan.staging.faults(fatal)
        while some := list(islice(faults, BATCH)):
            cells = {(f.file, f.row): list[str]() for f in some} if fatal else {}
            ImportFailure.objects.bulk_create(failure(arrival, fault, cells) for fault in some)
    fill_cells(arrival, plan)


def failure(arrival: Import, fault: Fault, cells: dict[tuple[str, int], list[str]]) -> ImportFailure:
    """One fault as a row."""
    return ImportFailure(
        arrival=arrival,
        file=fault.file,
        row=fault.row,
        column=fault.column,
        value=fault.value,
        reason=fault.reason,
        mend=fault.mend,
        fatal=fault.fatal,
        cells=cells.get((fault.file, fault.row), []),
    )


def fill_cells(arrival: Import, plan: Plan) -> None:
    """The failed rows as they stand in their files."""
    for table in plan.tables:
        failures = arrival.failures.filter(file=table.label, fatal=True)
        wanted = set(failures.values_list("row", flat=True))
        if not wanted:
            continue
        cells = {row.number: [*row.cells, *row.extra] for row in table.sheet.rows() if row.number in wanted}
        rows = list(failures)
        for row in rows:
            row.cells = cells.get(row.row, [])
        ImportFailure.objects.bulk_update(rows, ["cells"], batch_size=BATCH)


def tables(arrival: Import) -> Iterator[tuple[str, list[list[str]]]]:
    """(file, rows) of what did not come in: the file's own headings and cells, and three columns of reasons.

    Each row stands once, with all its reasons.
    """
    headings = {table["label"]: table["headings"] for file in arrival.files for table in file["tables"]}
    found: dict[str, dict[int, list[ImportFailure]]] = defaultdict(lambda: defaultdict(list))
    for failure_ in arrival.failures.filter(fatal=True).order_by("file", "row", "pk"):
        found[failure_.file][failure_.row].append(failure_)
    for label, rows in found.items():
        yield (
            label,
            [
                [*headings.get(label, []), *ADDED],
                *(mended(some, len(headings.get(label, []))) for some in rows.values()),
            ],
        )


def mended(failures: Iterable[ImportFailure], width: int) -> list[str]:
    """One failed row with its reasons."""
    some = list(failures)
    cells: list[Any] = [*some[0].cells, *[""] * width][:width]
    columns = "; ".join(one.column for one in some if one.column)
    return [*cells, columns, "; ".join(one.reason for one in some), " ".join(one.mend for one in some)]


def write(arrival: Import, path: Path) -> list[Path]:
    """The bad rows as CSV: into `path`, or beside it by file where several files have some. Returns the paths."""
    found = list(tables(arrival))
    written = []
    for label, rows in found:
        target = (
            path
            if len(found) == 1
            else path.with_name(f"{path.stem}-{Path(label.partition('[')[0]).stem}{path.suffix}")
        )
        with target.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(rows)
        written.append(target)
    return written
