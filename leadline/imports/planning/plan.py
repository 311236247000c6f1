"""The plan of an import: all its tables understood, all rows read and checked, ready to be written."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from itertools import islice
from pathlib import Path

from django.utils.translation import gettext as _

from leadline.imports.faults import BrokenFile, Unknown
from leadline.imports.kinds import Kind
from leadline.imports.planning import doubles
from leadline.imports.planning.options import Options
from leadline.imports.planning.rows import Reading, deal_key, stamp, text_of
from leadline.imports.planning.staging import Staging
from leadline.imports.planning.table import Question, Table
from leadline.imports.planning.understanding import tables

BATCH = 2000
WORDS = 50_000
Progress = Callable[[str, int], None]


@dataclass
class Plan:
    """What will be imported. `read` counts rows below headings; `left` those marked as deleted at their source."""

    options: Options
    tables: list[Table]
    staging: Staging
    notes: list[str] = field(default_factory=list)
    read: int = 0
    deleted: int = 0
    copies: int = 0

    @property
    def questions(self) -> list[Question]:
        return [question for table in self.tables for question in table.questions]

    def of(self, kind: Kind) -> list[Table]:
        """The tables of one kind."""
        return [table for table in self.tables if table.kind is kind]


def understand(paths: Sequence[Path], options: Options) -> tuple[list[Table], list[str]]:
    """All tables of all files, in the order in which they are written; notes on what was left out.

    A file that cannot be read at all, or that alone makes no sense, raises `BrokenFile`; beside others that make
    sense, a file of an unknown kind is left out with a note.
    """
    found: list[Table] = []
    notes: list[str] = []
    strange: BrokenFile | None = None
    for path in paths:
        try:
            some, said = tables(path, options.of(path))
        except Unknown as error:
            strange = strange or error
            notes.append(_("%(file)s was left out: %(why)s.") % {"file": error.file, "why": error.reason})
            continue
        found += some
        notes += said
    if not found and strange:
        raise strange
    order = list(Kind)
    return sorted(found, key=lambda table: order.index(table.kind)), notes


def make(
    found: list[Table], notes: list[str], options: Options, staging: Staging, zone: tzinfo, progress: Progress
) -> Plan:
    """Read every row of every table into the staging file."""
    plan = Plan(options, found, staging, list(notes))
    for table in found:
        reading = Reading(table, zone, options.values)
        stage(plan, reading, progress)
        plan.deleted += reading.deleted
        tell(plan, reading)
    staging.finish()
    plan.copies = doubles.set_aside(staging)
    return plan


def stage(plan: Plan, reading: Reading, progress: Progress) -> None:
    """One table's rows, a batch at a time."""
    kind = reading.table.kind
    found = reading.bodies()
    while batch := list(islice(found, BATCH)):
        label = reading.table.label
        if kind is Kind.STAGE_CHANGES:
            plan.staging.add_events(
                (deal_key(body), body["changed_at"], label, row.number, str(body.get("external_id", "")), text_of(body))
                for row, body in batch
                if concerns_stage(body)
            )
        else:
            plan.staging.add(
                (kind, label, row.number, str(body.get("external_id", "")), stamp(body), text_of(body))
                for row, body in batch
            )
        plan.staging.add_faults(reading.faults)
        reading.faults.clear()
        if sum(map(len, reading.words.values())) > WORDS:
            put_words(plan.staging, reading)
        progress(label, len(batch))
    plan.staging.add_faults(reading.faults)
    plan.read += reading.table.rows
    put_words(plan.staging, reading)


def put_words(staging: Staging, reading: Reading) -> None:
    """Counted spellings go to the staging file, so that a million names need no memory."""
    for name, counts in reading.words.items():
        staging.count_words(name, counts.items())
        counts.clear()


def concerns_stage(body: dict[str, object]) -> bool:
    """A property history tells of all properties; only changes of the stage are history here."""
    name = str(body.get("property", "")).lower().replace("_", "")
    return name in ("", "dealstage", "stage", "stagename", "stageid", "pipelinestage")


def tell(plan: Plan, reading: Reading) -> None:
    """Notes on what was done with a table as a whole."""
    label = reading.table.label
    if reading.table.zero_is_blank:
        plan.notes.append(
            _("%(file)s: every open deal is worth 0 in it; those amounts were taken as unknown.") % {"file": label}
        )
    if reading.deleted:
        plan.notes.append(
            _("%(file)s: %(count)s rows are marked as deleted and were left out.")
            % {"file": label, "count": reading.deleted}
        )
    if reading.short:
        plan.notes.append(
            _("%(file)s: %(count)s rows have fewer cells than headings; the rest was taken as empty.")
            % {"file": label, "count": reading.short}
        )
