"""What all steps of writing share: the plan, the people's decisions, the moment, the counts."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Any

from django.utils import timezone

from leadline.accounts.actors import Actor
from leadline.history.values import plain
from leadline.history.writing import writing
from leadline.imports.faults import Fault
from leadline.imports.kinds import Kind
from leadline.imports.permitting import require_change
from leadline.imports.planning.plan import Plan
from leadline.imports.planning.staging import Event, Staged, Staging
from leadline.imports.writing.batch import Batch, State, difference
from leadline.imports.writing.ids import Ids

NAMED = 50


@dataclass
class Context:
    """One import on its way into the database, or a dry run of it, which writes nothing."""

    plan: Plan
    by: Actor
    zone: tzinfo
    dry: bool = False
    now: datetime = field(default_factory=timezone.now)
    counts: dict[Kind, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    made: Counter[str] = field(default_factory=Counter)
    made_names: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    merged: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    notes: Counter[str] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.stamp: str = plain(self.now)
        self.batch = Batch(Ids(self.dry))
        self.headings = {
            table.label: {column.field: column.heading for column in table.used()} for table in self.plan.tables
        }

    @property
    def staging(self) -> Staging:
        return self.plan.staging

    @property
    def duplicates(self) -> str:
        return self.plan.options.duplicates

    def has(self, kind: Kind) -> bool:
        """Whether a file of this kind is in the import."""
        return any(table.kind is kind for table in self.plan.tables)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """One short transaction; in a dry run none at all, and what was collected is thrown away."""
        if self.dry:
            yield
            self.batch.clear()
        else:
            with writing():
                self.batch.ids.forget()
                yield
                self.batch.flush(self.by)
        self.staging.add_faults(self.faults)
        self.faults.clear()

    def fault(self, row: Staged | Event, name: str, value: object, reason: str, mend: str, fatal: bool = False) -> None:
        """Something wrong in a row that only shows beside the other records."""
        heading = self.headings.get(row.file, {}).get(name, name)
        self.faults.append(Fault(row.file, row.row, heading, str(value), reason, mend, fatal))

    def count(self, kind: Kind, outcome: str, rows: int = 1) -> None:
        """created, updated or unchanged."""
        self.counts[kind][outcome] += rows

    def counted(self) -> tuple[dict[Kind, Counter[str]], Counter[str]]:
        """The counts as they stand, to be put back where a row is refused in the middle."""
        return defaultdict(Counter, {kind: Counter(counts) for kind, counts in self.counts.items()}), Counter(self.made)

    def note(self, model: Any, name: str) -> None:
        """A record that this import makes beside the rows' own: shown in the preview, the first ones by name."""
        self.made[model.ENTITY] += 1
        if self.made[model.ENTITY] <= NAMED:
            self.made_names[model.ENTITY].append(name)

    def settle(
        self, kind: Kind, model: Any, pk: int | None, old: State | None, wanted: State, at: str = "", **untracked: Any
    ) -> int:
        """Create the record, update it where it differs, or leave it; counts which. Returns its id."""
        if pk is None:
            self.count(kind, "created")
            return self.batch.create(model, wanted, at or self.stamp, untracked)
        changed = difference(old or {}, {k: v for k, v in wanted.items() if v not in (None, "")})
        if self.duplicates == "skip" or not changed or old is None:
            self.count(kind, "unchanged")
            return pk
        self.count(kind, "updated")
        self.update(model, pk, old, changed)
        return pk

    def update(self, model: Any, pk: int, old: State, changed: State, at: str = "") -> None:
        """Set these fields of a record that is there, with an entry in the log; `old` becomes the new state."""
        require_change(self.by, model, pk)
        before = {name: old.get(name) for name in changed}
        old.update(changed)
        self.batch.change(model, pk, before, old, at or self.stamp)
        self.batch.set(model, pk, changed)


def states(model: Any, ids: Iterable[int]) -> dict[int, State]:
    """The tracked fields of these records, as plain values."""
    wanted = [pk for pk in set(ids) if pk > 0]
    found: dict[int, State] = {}
    for start in range(0, len(wanted), 500):
        for row in model._base_manager.filter(pk__in=wanted[start : start + 500]).values("pk", *model.TRACKED):
            found[row.pop("pk")] = {name: plain(value) for name, value in row.items()}
    return found
