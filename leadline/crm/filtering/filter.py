"""A filter: conditions that all hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from django.db.models import Q

from leadline.crm.filtering.meaning import PLAIN, Meaning, Write

SAFE = ".,:!-_~"  # stand in an address as they are, so that people can read it


@dataclass(frozen=True)
class Condition:
    """One condition: its name in the address, the word for it, what it means."""

    name: str
    word: str
    meaning: Meaning

    @property
    def text(self) -> str:
        return self.meaning.text

    def told(self, write: Write = PLAIN) -> str:
        return self.meaning.told(write)


@dataclass(frozen=True)
class Filter:
    """What an address asks of one kind of record. `problems` says what of it could not be understood."""

    kind: str
    conditions: tuple[Condition, ...] = ()
    problems: tuple[str, ...] = field(default=())

    def __bool__(self) -> bool:
        return bool(self.conditions)

    def __getitem__(self, name: str) -> str:
        """The text of a condition; "" where there is none."""
        return next((condition.text for condition in self.conditions if condition.name == name), "")

    def apply(self, rows: Any) -> Any:
        """The rows for which every condition holds. What is in the trash is there only when `trashed` asks for it."""
        wanted = Q() if self["trashed"] else Q(deleted_at=None)
        for condition in self.conditions:
            wanted &= condition.meaning.q
        return rows.filter(wanted)

    def words(self, write: Write = PLAIN) -> list[str]:
        """Each condition as people read it: "Owner: Ada or Bob"."""
        return [f"{condition.word}: {condition.told(write)}" for condition in self.conditions]

    def query(self, *, without: Sequence[str] = ()) -> str:
        """The one way of writing it in an address; "" when empty."""
        return joined((c.name, c.text) for c in self.conditions if c.name not in without)


def joined(pairs: Any) -> str:
    """Names and values as an address has them."""
    return "&".join(f"{quote(str(name))}={quote(str(value), safe=SAFE)}" for name, value in pairs if value != "")
