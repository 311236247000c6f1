"""Deals and leads as rows of the page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from leadline.web.frame.names import linked
from leadline.web.frame.places import record_url


@dataclass(frozen=True)
class RecordRow:
    """A deal or a lead: who it is with as far as the viewer sees that, and what is said of it."""

    record: Any
    party: Any
    said: str
    money: str = ""
    unplanned: bool = False
    since: Any = None

    @property
    def key(self) -> str:
        return f"{self.record.ENTITY}-{self.record.pk}"

    @property
    def href(self) -> str:
        return record_url(self.record)


def loaded(kind: str, pks: Iterable[int]) -> dict[int, Any]:
    """The records of a kind that the viewer sees, by id, with their parties read in one query a kind."""
    wanted = list(pks)
    linked().load(kind, wanted)
    found = {pk: linked().get(kind, pk) for pk in wanted}
    kept = {pk: record for pk, record in found.items() if record is not None and record.pk}
    linked().load("organization", [record.organization_id for record in kept.values()])
    linked().load("person", [record.person_id for record in kept.values()])
    return kept


def party_of(record: Any) -> Any:
    """The organization, else the contact; None where there is neither, or neither is to be seen."""
    for kind in ("organization", "person"):
        found = linked().get(kind, getattr(record, f"{kind}_id"))
        if found is not None and found.pk:
            return found
    return None
