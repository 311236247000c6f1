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
from leadline.imports.reading import Row
from leadline.imports.reading.sheet import GIVEN_BACK

ADDED = ("Leadline: column", GIVEN_BACK, "Leadline: mend")
BATCH = 500
WARNINGS = 100_000


def keep(arrival: Import, plan: Plan) -> None:
    """Store failures with their rows' cells, read again from their files, and the first hundred thousand warnings."""
    store(with_cells(arrival, plan))
    store(failure(arrival, fault, []) for fault in islice(plan.staging.faults(fatal=False), WARNINGS))


def store(rows: Iterator[ImportFailure]) -> None:
    """A batch at a time."""
    while some := list(islice(rows, BATCH)):
        ImportFailure.objects.bulk_create(some)


def with_cells(arrival: Import, plan: Plan) -> Iterator[ImportFailure]:
    """Every failure beside its row: both come in the order of files and rows, so neither needs memory."""
    sheets = {table.label: table.sheet for table in plan.tables}
    rows: Iterator[Row] = iter(())
    file, row = "", None
    for fault in plan.staging.faults(fatal=True):
        if fault.file != file:
            file, row, rows = fault.file, None, sheets[fault.file].rows()
        while row is None or row.number < fault.row:
            row = next(rows)
        yield failure(arrival, fault, [*row.cells, *row.extra] if row.number == fault.row else [])


def failure(arrival: Import, fault: Fault, cells: list[str]) -> ImportFailure:
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
        cells=cells,
    )


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
