"""What an import would do or has done, in lines that a person reads before saying yes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from leadline.imports.kinds import Kind
from leadline.imports.models import Draft
from leadline.web.imports import words


@dataclass(frozen=True)
class Made:
    """What is made beside the rows' own records: how many, and the first of them by name."""

    word: str
    count: int
    names: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Outcome:
    """Counts by kind: `lines` of (kind, created, updated, unchanged); `failed` rows stay out, `warned` come in."""

    read: int
    created: int
    updated: int
    unchanged: int
    failed: int
    warned: int
    lines: list[tuple[str, int, int, int]]
    made: list[Made]
    notes: list[str]

    @property
    def goes_in(self) -> int:
        """Rows that change something."""
        return self.created + self.updated


def outcome(draft: Draft) -> Outcome | None:
    """Of a draft that was tried out."""
    found = draft.found
    if "trial" not in found:
        return None
    warned = sum(problem["count"] for problem in found["problems"] if not problem["fatal"])
    return of_counts(found["trial"], found["notes"], warned)


def of_counts(counts: dict[str, Any], notes: list[str], warned: int = 0) -> Outcome:
    """From the counts as they are kept with an import."""
    names = counts.get("names", {})
    made = [
        Made(str(words.MADE.get(entity, entity)), count, names.get(entity, []))
        for entity, count in counts.get("made", {}).items()
    ]
    by_kind = counts.get("by_kind", {})
    lines: list[tuple[str, int, int, int]] = []
    for kind in (kind for kind in Kind if kind in by_kind and any(by_kind[kind].values())):
        numbers = by_kind[kind]
        counts_of = (numbers.get("created", 0), numbers.get("updated", 0), numbers.get("unchanged", 0))
        lines.append((str(words.KINDS[kind]), *counts_of))
    read, created, updated, unchanged, failed = (
        counts.get(name, 0) for name in ("read", "created", "updated", "unchanged", "failed")
    )
    return Outcome(read, created, updated, unchanged, failed, warned, lines, made, notes)
