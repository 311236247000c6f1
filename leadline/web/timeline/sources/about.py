"""What a stream is about: a record that somebody looks at, and where things that concern it hang."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.functional import cached_property

from leadline.accounts.models import User
from leadline.crm.models import Deal, Person
from leadline.crm.visiting import Visit, visits
from leadline.history.models import Change
from leadline.history.recorded import Recorded

BEARING = ("deal", "lead", "person", "organization")
MOST = 500  # deals and people whose things stand on the page of a person or an organization, the newest


@dataclass
class About:
    """A record that the person has been allowed to see."""

    record: Recorded
    user: User
    log: list[Change] | None = None  # all of the record's own changes, where a page of them has held them all

    @property
    def kind(self) -> str:
        return self.record.ENTITY

    @property
    def bears(self) -> bool:
        """Whether notes, files and activities hang on such records."""
        return self.kind in BEARING

    @cached_property
    def deal_ids(self) -> list[int]:
        """The deals of a person or an organization that may be seen."""
        if self.kind not in ("person", "organization"):
            return []
        rows = Deal.objects.visible_to(self.user).kept().filter(**{self.kind: self.record.pk})
        return list(rows.order_by("-pk").values_list("pk", flat=True)[:MOST])

    @cached_property
    def hanging(self) -> Q:
        """The condition for what hangs here, or on a deal or a person of it.

        Ids, not joins: a database finds each by its index, where it would read the whole table for a join.
        """
        condition = Q(**{self.kind: self.record.pk}) if self.bears else Q(pk__in=[])
        if self.deal_ids:
            condition |= Q(deal__in=self.deal_ids)
        if self.kind == "organization":
            people = Person.objects.visible_to(self.user).kept().filter(organization=self.record.pk)
            if ids := list(people.order_by("-pk").values_list("pk", flat=True)[:MOST]):
                condition |= Q(person__in=ids)
        return condition

    @cached_property
    def stays(self) -> list[Visit]:
        """A deal's visits to its stages."""
        return visits(self.record, self.log) if isinstance(self.record, Deal) else []

    def place(self) -> dict[str, Any]:
        """The field by which something new hangs on the record."""
        return {self.kind: self.record}
