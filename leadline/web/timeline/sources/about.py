"""What a stream is about: a record that somebody looks at, and where things that concern it hang."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.functional import cached_property

from leadline.accounts.models import User
from leadline.crm.models import Deal
from leadline.crm.visiting import Visit, visits
from leadline.history.recorded import Recorded

# On the page of a person or an organization stands also what hangs on their deals and on their people.
REACH = {
    "deal": ("deal",),
    "lead": ("lead",),
    "person": ("person", "deal__person"),
    "organization": ("organization", "deal__organization", "person__organization"),
}


@dataclass
class About:
    """A record that the person has been allowed to see."""

    record: Recorded
    user: User

    @property
    def kind(self) -> str:
        return self.record.ENTITY

    @property
    def bears(self) -> bool:
        """Whether notes, files and activities hang on such records."""
        return self.kind in REACH

    def hanging(self) -> Q:
        """The condition for what hangs here."""
        condition = Q(pk__in=[])
        for path in REACH.get(self.kind, ()):
            condition |= Q(**{path: self.record.pk})
        return condition

    @cached_property
    def stays(self) -> list[Visit]:
        """A deal's visits to its stages."""
        return visits(self.record) if isinstance(self.record, Deal) else []

    def place(self) -> dict[str, Any]:
        """The field by which something new hangs on the record."""
        return {self.kind: self.record}
