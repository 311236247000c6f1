"""What lies in the trash, of the kinds that have one, as far as the reader may see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Q

from leadline.accounts.models import User
from leadline.accounts.permissions import may
from leadline.history.models import Change
from leadline.history.registry import recorded_models
from leadline.web.wording.kinds import kind_plural, kinds
from leadline.web.wording.naming import CALLED, Names, shortened

PAGE = 50
MOST = 1000  # rows of a kind that are counted one by one


@dataclass(frozen=True)
class Binned:
    """One deleted record: what it is called, who deleted it (from the log), what it was merged into."""

    row: Any
    name: str
    who: str
    into: str
    may_restore: bool


def binned(kind: str, reader: User) -> models.QuerySet[Any]:
    """The deleted records of a kind that the reader may see, latest first."""
    model = recorded_models()[kind]
    rows: models.QuerySet[Any] = model.objects.visible_to(reader).filter(deleted_at__isnull=False)
    return rows.order_by("-deleted_at", "-pk")


def counts(reader: User) -> list[tuple[str, str, int]]:
    """(kind, its word, how many; MOST + 1 is more than MOST) of the kinds that have something in the trash."""
    found = []
    for kind in kinds():
        if kind in recorded_models():
            count = len(binned(kind, reader).order_by().values_list("pk", flat=True)[: MOST + 1])
            if count:
                found.append((kind, kind_plural(kind), count))
    return found


def page(kind: str, reader: User, q: str, start: int) -> tuple[list[Binned], bool]:
    """A page of it from the row `start` on, and whether more follow."""
    rows = binned(kind, reader)
    if q:
        rows = rows.filter(_called(kind, q))
    some = list(rows[start : start + PAGE + 1])
    return _told(kind, some[:PAGE], reader), len(some) > PAGE


def _called(kind: str, text: str) -> Q:
    model = recorded_models()[kind]
    columns = CALLED.get(kind) or tuple(f.name for f in model._meta.fields if f.name in ("name", "title"))
    named = Q(pk__in=[])
    for column in columns:
        named |= Q(**{f"{column}__icontains": text})
    return named


def _told(kind: str, rows: list[Any], reader: User) -> list[Binned]:
    names = Names(reader)
    deleters = _deleters(kind, [row.pk for row in rows])
    names.want(kind, [row.pk for row in rows])
    names.want(kind, [getattr(row, "merged_into_id", None) for row in rows])
    names.want("user", deleters.values())
    return [
        Binned(
            row,
            shortened(names.of(kind, row.pk)),
            names.of("user", who) if (who := deleters.get(row.pk)) else "Leadline",
            names.of(kind, into) if (into := getattr(row, "merged_into_id", None)) else "",
            may(reader, "delete", row),
        )
        for row in rows
    ]


def _deleters(kind: str, ids: list[int]) -> dict[int, int | None]:
    """Who deleted each record last, by the log: a deletion is in `after`, whichever verb wrote it."""
    rows = Change.objects.filter(entity=kind, record_id__in=ids, verb=Change.DELETE).order_by("id")
    return dict(rows.values_list("record_id", "by_id"))
