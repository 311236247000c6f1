"""What stands in somebody's calendar, as plain values: equal entries make equal files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Max
from django.utils.crypto import salted_hmac

from leadline.history.models import Change

AT_ONCE = 500
WHOLE_DAY = dt.timedelta(days=1)
Begins = dt.datetime | dt.date  # aware UTC; a day without a time


@dataclass(frozen=True)
class Series:
    """`slots` are wall-clock times (or days) of `zone`, the first of them the master's, by which `rule` repeats.

    Of those that the rule names up to the last, `left_out` do not take place; `moved` take place at another moment.
    """

    zone: str
    rule: str
    first: Begins
    last: Begins
    left_out: tuple[Begins, ...] = ()
    moved: tuple[tuple[Begins, Begins], ...] = ()


@dataclass(frozen=True)
class Entry:
    """One event. `changed_at` and `revision` (from 0) are of its record in the log; `busy` keeps others from asking."""

    uid: str
    begins: Begins
    minutes: int
    summary: str
    changed_at: dt.datetime
    revision: int
    place: str = ""
    text: str = ""
    href: str = ""
    category: str = ""
    busy: bool = True
    series: Series | None = None

    @property
    def length(self) -> dt.timedelta:
        return dt.timedelta(minutes=self.minutes) if isinstance(self.begins, dt.datetime) else WHOLE_DAY


@dataclass(frozen=True)
class Window:
    """From one moment up to another, both where a month begins: a file stays the same while nothing changes."""

    start: dt.datetime
    end: dt.datetime

    @classmethod
    def around(cls, now: dt.datetime, zone: dt.tzinfo, back: int = 90, ahead: int = 365) -> Window:
        """At least so many days back and ahead, by this zone's clocks."""
        first = (now - dt.timedelta(days=back)).astimezone(zone).date().replace(day=1)
        last = (now + dt.timedelta(days=ahead)).astimezone(zone).date()
        after = (last.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
        return cls(*(dt.datetime.combine(day, dt.time(), zone).astimezone(dt.UTC) for day in (first, after)))


def uid(kind: str, pk: int, slot: str = "") -> str:
    """The same at each reading, and no other company's."""
    here = salted_hmac("leadline.calendar_file", "company").hexdigest()[:12]
    return f"{kind}-{pk}{'-' * bool(slot)}{slot}@{here}.leadline"


def revisions(entity: str, ids: Iterable[int]) -> dict[int, tuple[dt.datetime, int]]:
    """(when last changed, how many times since it was made) of records, by id."""
    known, found = list(ids), {}
    for start in range(0, len(known), AT_ONCE):
        rows = Change.objects.filter(entity=entity, record_id__in=known[start : start + AT_ONCE]).order_by()
        for pk, last, count in rows.values_list("record_id").annotate(Max("recorded_at"), Count("id")):
            found[pk] = (last, count - 1)
    return found
