"""Where a reader is in a stream: keyset paging over several tables at once, newest first."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

from django.db import models
from django.db.models import Q

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
MICROSECOND = dt.timedelta(microseconds=1)


class Mark(NamedTuple):
    """The place of an entry: its moment, then its source (`rank`), then its id."""

    at: dt.datetime
    rank: int
    id: int

    def __str__(self) -> str:
        return f"{(self.at - EPOCH) // MICROSECOND}.{self.rank}.{self.id}"


def read(text: str) -> Mark | None:
    """A mark as an address carries it; None for what is none."""
    parts = text.split(".")
    try:
        micros, rank, pk = (int(part) for part in parts)
        return Mark(EPOCH + micros * MICROSECOND, rank, pk)
    except (ValueError, OverflowError):
        return None


def older(rows: models.QuerySet[Any], field: str, rank: int, before: Mark | None) -> models.QuerySet[Any]:
    """The rows of one source that lie behind the mark, by the time in `field`, newest first."""
    if before is not None:
        rows = rows.filter(**{f"{field}__lte": before.at})  # said apart, so that an index on the time is walked
        if rank > before.rank:
            rows = rows.filter(**{f"{field}__lt": before.at})
        elif rank == before.rank:
            rows = rows.filter(Q(**{f"{field}__lt": before.at}) | Q(pk__lt=before.id))
    return rows.order_by(f"-{field}", "-pk")
