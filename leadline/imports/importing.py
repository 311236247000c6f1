"""One import from beginning to end: planned, tried, written, or taken back when it cannot be finished."""

import hashlib
import socket
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, tzinfo
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from leadline.accounts.actors import Actor
from leadline.accounts.models import User
from leadline.crm.fitting import again as look_at_fits
from leadline.imports import failing, permitting
from leadline.imports.calm import calm
from leadline.imports.locking import alone, folder, holding
from leadline.imports.models import Import, State
from leadline.imports.planning import plan as planning
from leadline.imports.planning.options import Options
from leadline.imports.planning.plan import Plan
from leadline.imports.planning.staging import Staging
from leadline.imports.planning.table import Table
from leadline.imports.result import Result, result_of
from leadline.imports.undoing import remove
from leadline.imports.writing.context import Context
from leadline.imports.writing.run import write

Progress = Callable[[str, int], None]


class Stopped(Exception):
    """The person asked to stop; nothing of the import is left."""


def zone() -> tzinfo:
    """The company's time zone: the one of dates without an offset."""
    return UTC if settings.LEADLINE_TIME_ZONE == "UTC" else ZoneInfo(settings.LEADLINE_TIME_ZONE)


def prepare(paths: Sequence[Path], options: Options, *, user: User | None, progress: Progress) -> tuple[Import, Plan]:
    """Read and check the files. Raises `BrokenFile`, PermissionDenied; then nothing was changed.

    The plan's questions must be answered (its `questions` empty) before it is written.
    """
    tables, notes = planning.understand(paths, options)
    return planned(paths, tables, notes, options, user=user, progress=progress)


def planned(
    paths: Sequence[Path], tables: list[Table], notes: list[str], options: Options, *, user: User | None,
    progress: Progress,
) -> tuple[Import, Plan]:  # fmt: skip
    """Read and check every row of tables that are understood already. Raises as `prepare` does."""
    permitting.check(user, [table.kind for table in tables])
    arrival = Import.objects.create(by=user, files=[described(path, tables) for path in paths], options=asdict(options))
    staging = Staging(folder() / f"{arrival.pk}.staging")
    try:
        with calm():
            made = planning.make(tables, notes, options, staging, zone(), progress)
    except BaseException:
        staging.close()
        arrival.delete()
        raise
    arrival.total = sum(staging.count(table.kind) for table in {t.kind: t for t in tables}.values())
    arrival.save()
    return arrival, made


def described(path: Path, tables: Sequence[Any]) -> dict[str, Any]:
    """What is remembered of a file."""
    return {
        "name": path.name,
        "size": path.stat().st_size,
        "sha256": digest(path),
        "tables": [
            {
                "label": table.label,
                "kind": table.kind.value,
                "rows": table.rows,
                "headings": list(table.sheet.headings),
                "dates": only(decision.order for decision in table.dates.values()),
                "decimal": only(table.marks.values()),
            }
            for table in tables
            if table.sheet.path == path
        ],
    }


def only(words: Iterable[str]) -> str:
    """The one word among them, or ""."""
    found = set(filter(None, words))
    return found.pop() if len(found) == 1 else ""


def digest(path: Path) -> str:
    """The file's SHA-256."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def discard(arrival: Import, plan: Plan) -> None:
    """A plan that is not carried out leaves nothing."""
    plan.staging.close()
    arrival.delete()


def try_out(plan: Plan, user: User | None, progress: Progress, look: Callable[[Staging], None] | None = None) -> Result:
    """A dry run: what writing would do, without writing anything. `look` sees all faults before they are forgotten."""
    last = plan.staging.last_fault()
    context = Context(plan, Actor(user, "import"), zone(), dry=True)
    with calm():
        for count in write(context):
            progress("", count)
    result = result_of(context)
    if look is not None:
        look(plan.staging)
    plan.staging.forget_faults(last)
    return result


def carry_out(arrival: Import, plan: Plan, *, user: User | None, progress: Progress) -> Result:
    """Write the plan. Whatever interrupts it takes all of it back; what a dying process leaves, the next one does."""
    context = Context(plan, Actor(user, "import", arrival.act), zone())
    with alone(), holding(arrival), calm():
        arrival.state, arrival.started_at = State.WRITING, timezone.now()
        arrival.save(update_fields=["state", "started_at"])
        beat(arrival)
        try:
            for count in write(context):
                advance(arrival, count, progress)
            result = result_of(context)
            failing.keep(arrival, plan)
        except BaseException as error:
            stopped = isinstance(error, (KeyboardInterrupt, Stopped))
            remove(arrival, State.CANCELLED if stopped else State.FAILED)
            arrival.error = "" if stopped else f"{type(error).__name__}: {error}"
            arrival.save(update_fields=["error"])
            raise
        finally:
            plan.staging.close()
        finish(arrival, result)
    return result


def advance(arrival: Import, count: int, progress: Progress) -> None:
    """Say how far it is, and hear whether to stop."""
    arrival.written += count
    beat(arrival)
    if Import.objects.filter(pk=arrival.pk, stop=True).exists():
        raise Stopped
    progress("", count)


def beat(arrival: Import) -> None:
    """Say that it is alive, where, and how far it has come."""
    Import.objects.filter(pk=arrival.pk).update(
        written=arrival.written, host=socket.gethostname(), heartbeat_at=timezone.now()
    )


def finish(arrival: Import, result: Result) -> None:
    """It is done."""
    arrival.state, arrival.finished_at = State.DONE, timezone.now()
    arrival.counts, arrival.notes = result.counts(), result.notes
    arrival.save(update_fields=["state", "finished_at", "counts", "notes"])
    look_at_fits()
