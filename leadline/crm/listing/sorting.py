"""The order of a list, and the part of it that comes after a record.

Every order is total: records alike in the column follow their numbers. What holds nothing comes last, both up and down;
it is asked for by itself, so that a plain index serves either way on both databases.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q, functions, lookups

from leadline.crm.fields import Field, FieldKind, Linked
from leadline.crm.listing.keys import can_sort, filled, key, rank, ranked
from leadline.history.registry import model_of

BATCHES = (1, 3, 12)  # values of a short table that are asked for together; then all that are left
MANY = 20_000  # records from which it pays to walk through the names that they link to


@dataclass(frozen=True)
class Sort:
    """By a field, up or down."""

    field: Field
    down: bool = False

    @property
    def text(self) -> str:
        """As it stands in an address: "-value"."""
        return f"-{self.field.name}" if self.down else self.field.name

    @property
    def by_number(self) -> str:
        return "-pk" if self.down else "pk"

    def beyond(self, pk: int) -> Q:
        return Q(pk__lt=pk) if self.down else Q(pk__gt=pk)


def sort_of(text: str, fields: Mapping[str, Field], usual: str) -> Sort:
    """The order that an address asks for; the usual one where it asks for none that there is."""
    name = text.removeprefix("-")
    if name not in fields or not can_sort(fields[name]):
        text, name = usual, usual.removeprefix("-")
    return Sort(fields[name], text.startswith("-"))


def page(rows: Any, sort: Sort, linked: Linked, *, after: int | None = None, size: int, count: int = 0) -> list[Any]:
    """The first `size` rows, or those that follow the record `after`, which the reader must see.

    `count` is how many rows there are, as far as it is known: it decides the quicker way, never the answer.
    """
    rows = rows.order_by()
    values = ranked(sort.field, linked)
    if values is not None:
        found = _by_value(rows, sort, linked, values[::-1] if sort.down else values, after, size)
    else:
        found = _by_key(rows, sort, linked, after, size, count)
    return found


def ordered(rows: Any, sort: Sort, linked: Linked) -> Any:
    """All rows in the same order, as one question: for files."""
    values = ranked(sort.field, linked)
    by = rank(sort.field, values) if values is not None else _seen_key(sort.field, linked)
    empty = models.Case(models.When(filled(sort.field, linked), then=0), default=1)
    way = by.desc(nulls_last=True) if sort.down else by.asc(nulls_last=True)
    return rows.order_by(empty, way, sort.by_number)


def _seen_key(field: Field, linked: Linked) -> Any:
    """The key where there is one; hidden names would else put what is hidden in their order."""
    return models.Case(models.When(filled(field, linked), then=key(field)), default=None)


@dataclass(frozen=True)
class _Start:
    """Where a page begins: behind a record and what it holds (None: nothing)."""

    pk: int
    held: Any


def _start(rows: Any, sort: Sort, linked: Linked, after: int | None) -> _Start | None:
    if after is None:
        return None
    by = models.F(sort.field.attname) if ranked(sort.field, linked) is not None else key(sort.field)
    held = models.Case(models.When(filled(sort.field, linked), then=by), default=None)
    seen = rows.model.objects.visible_to(linked.user).filter(pk=after)
    found = list(seen.annotate(_held=held).values_list("_held", flat=True))
    return _Start(after, found[0]) if found else None


def _by_key(rows: Any, sort: Sort, linked: Linked, after: int | None, size: int, count: int) -> list[Any]:
    """Compared as they stand in the database."""
    start = _start(rows, sort, linked, after)
    by, found = key(sort.field), []
    if start is None or start.held is not None:
        held = rows.filter(filled(sort.field, linked))
        if start is not None:  # the bound is said twice so that an index is entered there
            further = lookups.LessThan if sort.down else lookups.GreaterThan
            held = held.filter(_from(by, sort, start)).filter(Q(further(by, start.held)) | sort.beyond(start.pk))
        held = held.order_by(by.desc() if sort.down else by.asc(), sort.by_number)
        by_link = count > MANY and sort.field.kind == FieldKind.LINK
        if by_link and (first := _first_linked(rows, sort, linked, start, size)):
            found = list(held.filter(**{f"{sort.field.attname}__in": first})[:size])
        if len(found) < size:
            found = list(held[:size])
    return found + _empty(rows, sort, linked, start, size - len(found))


def _from(by: Any, sort: Sort, start: _Start) -> Any:
    bound = lookups.LessThanOrEqual if sort.down else lookups.GreaterThanOrEqual
    return bound(by, start.held)


def _first_linked(rows: Any, sort: Sort, linked: Linked, start: _Start | None, size: int) -> list[int]:
    """The records linked to that fill a page, found along the index of their names without sorting everything.

    Empty where the page may need more than these.
    """
    link = sort.field.attname.removesuffix("_id")
    name = functions.Lower(sort.field.column.removeprefix(f"{link}__"))
    seen = model_of(sort.field.to).objects.visible_to(linked.user)
    named = seen.filter(Exists(rows.filter(**{link: OuterRef("pk")})))
    if start is not None:
        named = named.filter(_from(name, sort, start))
    in_order = named.order_by(name.desc() if sort.down else name.asc()).annotate(_name=name)
    found = list(in_order.values_list("pk", "_name")[: size + 2])
    last = found[-1][1] if len(found) == size + 2 else None  # of this name there may be more
    return [pk for pk, called in found if called != last] if last is not None else []


def _by_value(rows: Any, sort: Sort, linked: Linked, values: Sequence[Any], after: int | None, size: int) -> list[Any]:
    """One value after the other: the first few fill a page, and each is found by its index."""
    start = _start(rows, sort, linked, after)
    found: list[Any] = []
    if start is not None and start.held is not None:
        same = rows.filter(**{sort.field.attname: start.held}).filter(sort.beyond(start.pk))
        found = list(same.order_by(sort.by_number)[:size])
        values = values[values.index(start.held) + 1 :] if start.held in values else ()
    if start is None or start.held is not None:
        for batch in _batches(values):
            if len(found) >= size:
                break
            some = rows.filter(**{f"{sort.field.attname}__in": batch})
            order = (sort.by_number,) if len(batch) == 1 else (rank(sort.field, batch), sort.by_number)
            found += some.order_by(*order)[: size - len(found)]
    return found + _empty(rows, sort, linked, start, size - len(found))


def _batches(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    place = 0
    for size in (*BATCHES, len(values)):
        if place < len(values):
            yield values[place : place + size]
        place += size


def _empty(rows: Any, sort: Sort, linked: Linked, start: _Start | None, size: int) -> list[Any]:
    """Those that hold nothing, which come last."""
    if size <= 0:
        return []
    empty = rows.filter(~filled(sort.field, linked))
    if start is not None and start.held is None:
        empty = empty.filter(sort.beyond(start.pk))
    return list(empty.order_by(sort.by_number)[:size])
