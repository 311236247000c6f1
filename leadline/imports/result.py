"""What an import did, or would do: the counts and everything it made beside the rows' own records."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from leadline.imports.faults import Fault
from leadline.imports.writing.context import Context

SHOWN = 10_000
NAMED = 12


@dataclass
class Result:
    """Counts of rows, the failures and warnings (the first ten thousand of each), what was made, notes."""

    read: int
    created: int
    updated: int
    failed: int
    by_kind: dict[str, dict[str, int]]
    failures: list[Fault]
    warnings: list[Fault]
    made: dict[str, int]
    made_names: dict[str, list[str]]
    merged: dict[str, list[str]]
    notes: list[str] = field(default_factory=list)

    @property
    def unchanged(self) -> int:
        """Rows that are in already, repeat another row or are marked as deleted."""
        return self.read - self.created - self.updated - self.failed

    def counts(self) -> dict[str, Any]:
        """As they are kept with the import; `names` holds the first few of what was made besides."""
        names = ("read", "created", "updated", "unchanged", "failed")
        besides = {entity: some[:NAMED] for entity, some in self.made_names.items()}
        numbers = {name: getattr(self, name) for name in names}
        return {**numbers, "by_kind": self.by_kind, "made": self.made, "names": besides}


def result_of(context: Context) -> Result:
    """The result once all is written."""
    staging = context.staging
    by_kind = {kind.value: dict(counts) for kind, counts in context.counts.items()}
    return Result(
        read=context.plan.read,
        created=sum(counts["created"] for counts in context.counts.values()),
        updated=sum(counts["updated"] for counts in context.counts.values()),
        failed=staging.failed_rows(),
        by_kind=by_kind,
        failures=first(staging.faults(fatal=True)),
        warnings=first(staging.faults(fatal=False)),
        made=dict(context.made),
        made_names=dict(context.made_names),
        merged={entity: sorted(pairs) for entity, pairs in context.merged.items() if pairs},
        notes=[*context.plan.notes, *(f"{note} ({times(count)})" for note, count in context.notes.items())],
    )


def times(count: int) -> str:
    """How often, in words."""
    return _("once") if count == 1 else _("%(count)s times") % {"count": count}


def first(faults: Any) -> list[Fault]:
    """As many as anybody will read; the report holds them all."""
    return [fault for fault, _number in zip(faults, range(SHOWN), strict=False)]
