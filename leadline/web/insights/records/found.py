"""The records behind the number that an address names, of those that its reader may see, in the order asked for."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, cast

from django.db import connection
from django.db.models import Sum
from django.db.models.expressions import RawSQL
from django.http import HttpRequest

from leadline.accounts.models import User
from leadline.crm.fields import Field, FieldKind, Linked, fields_of
from leadline.crm.listing.sorting import Sort, ordered, sort_of
from leadline.history.registry import model_of
from leadline.web.insights.cells import Written, writing
from leadline.web.insights.declaring import Column, Held, Row
from leadline.web.insights.records import behind
from leadline.web.insights.records.kinds import Kind


@dataclass(frozen=True)
class Found:
    """Records of a kind: `rows` in no order."""

    kind: Kind
    rows: Any
    sort: Sort
    fields: list[Field]
    user: User
    held: Held | None = None

    @cached_property
    def has_status(self) -> bool:
        return any(field.name == "status" for field in self.fields)

    def ordered(self, names: Linked) -> Any:
        """In the order asked for, what holds nothing last."""
        return ordered(self.rows, self.sort, names)

    @cached_property
    def own(self) -> list[tuple[Column, Written]]:
        """The columns of what each holds of the number, and how they are written."""
        if self.held is None:
            return []
        rows = list(self.held.rows.values())
        return [(column, writing(column, rows)) for column in self.held.columns]

    def part(self, pk: int) -> Row:
        """What one holds of it."""
        return self.held.rows[pk] if self.held else {}

    @property
    def total(self) -> Any:
        """The number itself, where each holds a part of it; else what they are worth together, if anything."""
        if self.held:
            return sum((row[self.held.total] for row in self.held.rows.values()), Decimal(0))
        if not self.kind.valued:
            return None
        return self.rows.aggregate(total=Sum("value_base"))["total"]


def found(request: HttpRequest, kind: Kind) -> Found:
    """Raises BadRequest for a question that makes no sense."""
    assert isinstance(request.user, User)
    records = behind.records_of(request, kind)
    held = records if isinstance(records, Held) else None
    ids = list(held.rows) if held else cast(list[int], records)
    rows = model_of(kind.name).objects.visible_to(request.user).filter(pk__in=_among(ids)).order_by()
    known = fields_of(kind.name)
    fields = [known[name] for name in kind.columns if name in known]
    return Found(kind, rows, sort_of(request.GET.get("sort", kind.sort), known, kind.sort), fields, request.user, held)


def with_currency(fields: list[Field], entity: str) -> list[Field]:
    """For files: an amount without its currency says nothing."""
    known = fields_of(entity)
    return [
        one
        for field in fields
        for one in ((field, known["currency"]) if field.kind is FieldKind.MONEY and "currency" in known else (field,))
    ]


def _among(ids: list[int]) -> RawSQL:
    """Ids as one value: a list of thousands would be more values than SQLite takes in a statement."""
    if connection.vendor == "sqlite":
        return RawSQL("SELECT value FROM json_each(%s)", [str(ids)])
    return RawSQL("SELECT unnest(%s::bigint[])", [ids])
