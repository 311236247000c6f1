"""What lies in the trash, of the kinds that have one, as far as the reader may see it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from leadline.accounts.models import User
from leadline.history.models import Change
from leadline.history.numbers import numbers_of
from leadline.history.registry import recorded_models
from leadline.web.frame.places import address_of
from leadline.web.settings.reach import HANGING, changeable, seen_rows
from leadline.web.wording.kinds import kind_plural, kinds
from leadline.web.wording.naming import Names, named_like, shortened

PAGE = 50
MOST = 1000  # rows of a kind that are counted one by one


@dataclass(frozen=True)
class Binned:
    """One deleted record: its name, who deleted it (by the log), what it was merged into, where its page is."""

    row: Any
    name: str
    who: str
    into: str
    href: str
    may_restore: bool


def chosen(kind: str, ids: Collection[str], reader: User) -> list[Any]:
    """Of some numbers as a form sends them, the deleted records that the reader may see."""
    return seen_rows(kind, list(_deleted(kind).filter(pk__in=numbers_of(ids))), reader)


def counts(reader: User) -> list[tuple[str, str, int]]:
    """(kind, its word, how many; MOST + 1 is more than MOST) of the kinds that have something in the trash."""
    counted = {kind: _count(kind, reader) for kind in kinds() if kind in recorded_models()}
    return [(kind, kind_plural(kind), count) for kind, count in counted.items() if count]


def page(kind: str, reader: User, q: str, start: int) -> tuple[list[Binned], bool]:
    """A page of it from the row `start` on, and whether more follow."""
    rows = _deleted(kind).filter(named_like(kind, q)) if q else _deleted(kind)
    if kind in HANGING:
        some = seen_rows(kind, list(rows[: MOST + 1]), reader)[start : start + PAGE + 1]
    else:
        some = list(rows.visible_to(reader)[start : start + PAGE + 1])
    return _told(kind, some[:PAGE], reader), len(some) > PAGE


def _count(kind: str, reader: User) -> int:
    if kind in HANGING and not reader.is_administrator:
        return len(seen_rows(kind, list(_deleted(kind)[: MOST + 1]), reader))
    rows = _deleted(kind) if reader.is_administrator else _deleted(kind).visible_to(reader)
    return len(rows.order_by().values_list("pk", flat=True)[: MOST + 1])


def _deleted(kind: str) -> Any:
    """All the deleted records of a kind, latest first."""
    return recorded_models()[kind].objects.filter(deleted_at__isnull=False).order_by("-deleted_at", "-pk")


def _told(kind: str, rows: list[Any], reader: User) -> list[Binned]:
    names, restorable = Names(reader), changeable(rows, reader)
    deleters = _deleters(kind, [row.pk for row in rows])
    names.want(kind, [row.pk for row in rows])
    names.want(kind, [getattr(row, "merged_into_id", None) for row in rows])
    names.want("user", deleters.values())
    return [
        Binned(
            row,
            shortened(names.of(kind, row.pk)),
            names.who(deleters.get(row.pk)),
            names.of(kind, into) if (into := getattr(row, "merged_into_id", None)) else "",
            address_of(kind, row.pk),
            (kind, row.pk) in restorable,
        )
        for row in rows
    ]


def _deleters(kind: str, ids: list[int]) -> dict[int, int | None]:
    """Who deleted each record last, by the log: a deletion is in `after`, whichever verb wrote it."""
    rows = Change.objects.filter(entity=kind, record_id__in=ids, verb=Change.DELETE).order_by("id")
    return dict(rows.values_list("record_id", "by_id"))
