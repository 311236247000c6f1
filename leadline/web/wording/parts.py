"""What changed in a record, field by field, as texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from leadline.history.models import Change
from leadline.web.wording.fields import field_of, field_word
from leadline.web.wording.naming import Names
from leadline.web.wording.values import own_written, written

# What follows from another field, or is told by the deed itself.
SILENT = frozenset({"value_base", "deleted_at"})
LONG = 60  # characters from which a text is better read by itself than in a sentence


@dataclass(frozen=True)
class Part:
    """One field: its name in the log, its word, what stood in it and what stands in it after."""

    name: str
    word: str
    old: str
    new: str

    @property
    def long(self) -> bool:
        return max(len(self.old), len(self.new)) > LONG


def parts_of(change: Change, before: Mapping[str, Any], after: Mapping[str, Any], names: Names) -> list[Part]:
    """The fields that a change changed; of a new record those that are filled."""
    kind = change.entity
    touched = after if change.verb == Change.CREATE else before
    was = {**after, **before} if change.verb != Change.CREATE else {}
    found: list[Part] = []
    for name in sorted(touched, key=lambda name: _place(kind, name)):
        if name == "custom":
            found += _own(before.get("custom") or {}, after.get("custom") or {}, names)
        elif name not in SILENT:
            old, new = (
                written(kind, name, values.get(name), whole, names) for values, whole in ((before, was), (after, after))
            )
            if old != new:
                found.append(Part(name, field_word(kind, name), old, new))
    return found


def _own(before: Mapping[str, Any], after: Mapping[str, Any], names: Names) -> list[Part]:
    fields = names.own_fields()
    changed = [key for key in {**before, **after} if before.get(key) != after.get(key)]
    return [
        Part(
            key,
            fields[key].name,
            own_written(fields[key], before.get(key), names),
            own_written(fields[key], after.get(key), names),
        )
        for key in changed
        if key in fields
    ]


def _place(kind: str, name: str) -> int:
    """In the order in which the model has its fields."""
    field = field_of(kind, name)
    return field.creation_counter if field is not None and field.creation_counter > 0 else 0
