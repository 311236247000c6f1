"""Names from what a page has read of linked records already."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from leadline.accounts.models import User
from leadline.crm.fields.linked import HIDDEN, SHORT, Linked
from leadline.history.models import Change
from leadline.web.frame.names import linked
from leadline.web.wording.naming import Names, shortened

LONG = frozenset({"organization", "person"})
# What belongs to a deal is called by what it names.
PARTS = {"deal_product": "product", "participant": "person"}


class NamesAtHand(Names):
    """Short tables whole, organizations and people as `Linked` has them: no query for what is on the page anyway."""

    def __init__(self, reader: User, changes: Iterable[Change]) -> None:
        super().__init__(reader)
        self.of_parts: dict[tuple[str, int], Any] = {}
        for change in changes:
            if kind := PARTS.get(change.entity):
                self.of_parts[change.entity, change.record_id] = change.new.get(f"{kind}_id")

    def call(self, record: Any) -> None:
        """The reader sees this record, and it is at hand."""
        self.found[record.ENTITY, record.pk] = shortened(str(record), record.ENTITY)

    def _read(self, kind: str, ids: list[int]) -> None:
        names = _names()
        if kind in PARTS:
            self._read_parts(kind, ids)
        elif names is None or names.user != self.reader or kind not in SHORT | LONG:
            super()._read(kind, [pk for pk in ids if (kind, pk) not in self.found])
        else:
            names.load(kind, ids if kind in LONG else ())
            for pk in ids:
                row = names.get(kind, pk)
                if row is not None and row is not HIDDEN:
                    self.found[kind, pk] = shortened(str(row), kind)

    def _read_parts(self, kind: str, ids: list[int]) -> None:
        """They are seen with their deal; what they name, by itself."""
        named = {pk: self.of_parts.get((kind, pk)) for pk in ids}
        self._read(PARTS[kind], sorted({pk for pk in named.values() if pk is not None}))
        for pk, other in named.items():
            if name := self.found.get((PARTS[kind], other)) if other is not None else None:
                self.found[kind, pk] = name


def _names() -> Linked | None:
    """None where no page is being made."""
    try:
        return linked()
    except LookupError:
        return None
