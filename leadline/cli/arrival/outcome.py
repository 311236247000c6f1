"""What an import did, for the eyes: counts, what the file left open, and what is wrong with which rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from rich.table import Table

from leadline.cli.arrival import gaps
from leadline.cli.console import out
from leadline.imports.faults import Fault
from leadline.imports.models import Import
from leadline.imports.result import Result

FEW = 12
ROWS = 5


def show(result: Result, number: int | None) -> None:
    """Counts, notes, and what is wrong. `number` is the import's; None after a dry run."""
    grid = Table("", "created", "updated", "unchanged")
    for kind, counts in result.by_kind.items():
        grid.add_row(kind, *(str(counts.get(name, 0)) for name in ("created", "updated", "unchanged")))
    if result.by_kind:
        out.print(grid)
    arrival = Import.objects.filter(pk=number).first() if number is not None else None
    for note in [*result.notes, *(gaps.of(arrival) if arrival else ())]:
        out.print(note, markup=False)
    _faults(result.warnings, _("Warnings (the rows are in)"))
    _faults(result.failures, _("Rows that are not in"))
    words = f"{result.read} rows read: {result.created} created, {result.updated} updated, "
    out.print(words + f"{result.unchanged} unchanged, {result.failed} failed.")
    for line in _ending(result, number):
        out.print(line, markup=False)


def _ending(result: Result, number: int | None) -> Iterator[str]:
    if number is None:
        yield _("This was a dry run: nothing was written.")
    elif result.created or result.updated or result.made:
        yield _("This is import %(number)s; `%(command)s import --undo %(number)s` takes it back.") % {
            "number": number,
            "command": settings.COMMAND,
        }
    else:
        yield _("Nothing has changed.")


def _faults(found: list[Fault], title: str) -> None:
    """Each reason once, with its mend and the first rows it is about."""
    if not found:
        return
    out.print(f"{title}: {len(found)}", markup=False)
    groups = grouped(found)
    for some in groups[:FEW]:
        first = some[0]
        place = f"{first.file}, {first.column}" if first.column else first.file
        out.print(f"  {len(some)} x {first.reason} ({place})", markup=False)
        out.print(f"      {_rows(some)}", markup=False)
        out.print(f"      {first.mend}", markup=False)
    if len(groups) > FEW:
        rest = sum(len(some) for some in groups[FEW:])
        out.print("  " + _("… and %(count)s of other kinds") % {"count": rest}, markup=False)
    if len(groups) > FEW or any(len(some) > ROWS for some in groups):
        out.print("  " + _("All of them: --json. Rows that are not in, to mend: --bad-rows FILE."), markup=False)


def grouped(found: Iterable[Fault]) -> list[list[Fault]]:
    """The faults by file, column, reason and mend, the most frequent first."""

    def key(fault: Fault) -> tuple[str, str, str, str]:
        return fault.file, fault.column, fault.reason, fault.mend

    ordered = sorted(found, key=lambda fault: (*key(fault), fault.row))
    groups = [list(some) for _key, some in groupby(ordered, key)]
    return sorted(groups, key=len, reverse=True)


def _rows(some: list[Fault]) -> str:
    """ "rows 3 (-10), 7 and 31 more"."""
    named = [f"{fault.row} ({fault.value[:40]})" if fault.value else str(fault.row) for fault in some[:ROWS]]
    more = len(some) - len(named)
    words = ngettext("row", "rows", len(some)) + " " + ", ".join(named)
    return words + (" " + _("and %(count)s more") % {"count": more} if more else "")
