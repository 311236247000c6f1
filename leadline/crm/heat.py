"""Which open leads want somebody first: the late ones, then by when they are due, then those that nobody answered.

The order of the inbox (R39). Who is late follows from working time by the owner's clocks, which no database knows: for
each promise and each zone the moment is worked out before which a lead must have come to be late by now, and with these
few moments the database finds and sorts the leads itself.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from leadline.accounts.models import User
from leadline.crm.models import Source
from leadline.crm.wall_clock import zone_of
from leadline.crm.working_minutes import WorkingTime
from leadline.crm.working_time import company_time

SOON = 500  # leads that are due later and are sorted to the minute
DAY, SECOND = dt.timedelta(days=1), dt.timedelta(seconds=1)
LONGEST = dt.timedelta(days=800)  # no promise reaches further
Rows = Any  # a query set of leads


class Heat(StrEnum):
    """What a lead waits for, the hottest first."""

    LATE = "late"
    DUE = "due"
    UNANSWERED = "unanswered"
    AT_WORK = "at_work"


@dataclass(frozen=True)
class Heats:
    """The heat of open leads at a moment. Keep it for as long as one answer takes."""

    now: dt.datetime

    def hottest(self, rows: Rows, start: int, size: int, only: Heat | None = None) -> list[tuple[int, Heat]]:
        """Ids of open leads from place `start` on, at most `size`, with their heat.

        Late ones by when they came, the newest first: they are the likeliest to answer still. Then by when they are
        due, then those without a promise, then those that were answered, both by their fit.
        """
        found: list[tuple[int, Heat]] = []
        for heat in Heat if only is None else (only,):
            if len(found) < start + size:
                found += [(pk, heat) for pk in self._first(rows, heat, start + size - len(found))]
        return found[start:]

    def of(self, rows: Rows, heat: Heat) -> Rows:
        """Those of open leads with this heat; `since` is when their clock began."""
        if heat is Heat.AT_WORK:
            return rows.exclude(answered_at=None)
        waiting = rows.filter(answered_at=None).annotate(since=Coalesce("owned_since", "created_at"))
        if heat is Heat.UNANSWERED:
            return waiting.filter(Q(source=None) | ~Q(source__in=self._within) | Q(since=None))
        found, moments = Q(pk__in=[]), [moment for _sources, _whose, moment in self._moments]
        for sources, whose, moment in self._moments:
            since = Q(since__lt=moment) if heat is Heat.LATE else Q(since__gte=moment)
            found |= Q(source__in=sources) & whose & since
        if moments:  # all of them lie on this side: an index begins there
            found &= Q(since__lt=max(moments)) if heat is Heat.LATE else Q(since__gte=min(moments))
        return waiting.filter(found)

    def _first(self, rows: Rows, heat: Heat, n: int) -> Any:
        best, part = Coalesce("fit", 0).desc(), self.of(rows, heat)
        if heat is Heat.DUE:
            return self._by_due(part, n)
        if heat is Heat.LATE:
            ordered = part.order_by("-since", "-pk")
        elif heat is Heat.UNANSWERED:
            ordered = part.order_by(best, F("since").desc(nulls_last=True), "-pk")
        else:
            ordered = part.order_by(best, F("last_touch_at").asc(nulls_first=True), "pk")
        return ordered.values_list("pk", flat=True)[:n]

    def _by_due(self, rows: Rows, n: int) -> list[int]:
        """What is due next, to the minute; among equals the better fit."""
        columns = ("pk", "since", "source_id", "owner_id", "fit")
        found = list(rows.order_by("since", "pk").values_list(*columns)[: max(n, SOON)])

        def place(row: tuple[Any, ...]) -> tuple[dt.datetime, int, int]:
            pk, since, source, owner, fit = row
            zone = self._zones.get(owner) or zone_of(None)
            return self._time.after(since, self._within[source], zone), -(fit or 0), pk

        return [row[0] for row in sorted(found, key=place)[:n]]

    @cached_property
    def _time(self) -> WorkingTime:
        return company_time()

    @cached_property
    def _within(self) -> dict[int, int]:
        """The minutes within which leads of a source are to be answered, by its id."""
        return dict(Source.objects.exclude(answer_within=None).values_list("pk", "answer_within"))

    @cached_property
    def _zones(self) -> dict[int, dt.tzinfo]:
        return {user.pk: zone_of(user) for user in User.objects.only("pk", "time_zone")}

    @cached_property
    def _moments(self) -> list[tuple[set[int], Q, dt.datetime]]:
        """(sources, whose leads, came before this and is late by now)."""
        return list(self._worked_out())

    def _worked_out(self) -> Iterator[tuple[set[int], Q, dt.datetime]]:
        promised: dict[int, set[int]] = defaultdict(set)
        for source, minutes in self._within.items():
            promised[minutes].add(source)
        elsewhere: dict[dt.tzinfo, set[int]] = defaultdict(set)
        usual = zone_of(None)
        for user, zone in self._zones.items():
            if zone != usual:
                elsewhere[zone].add(user)
        away = {user for users in elsewhere.values() for user in users}
        here = Q(owner=None) | ~Q(owner__in=away) if away else Q()
        for minutes, sources in promised.items():
            yield sources, here, late_since(self._time, minutes, usual, self.now)
            for zone, users in elsewhere.items():
                yield sources, Q(owner__in=users), late_since(self._time, minutes, zone, self.now)


def late_since(time: WorkingTime, minutes: int, zone: dt.tzinfo, now: dt.datetime) -> dt.datetime:
    """The first moment since which somebody can have waited without being late by `now`, to the second."""
    step = DAY
    while time.after(now - step, minutes, zone) >= now and step < LONGEST:
        step *= 2
    late, fine = now - step, now
    while fine - late > SECOND:
        middle = late + (fine - late) / 2
        if time.after(middle, minutes, zone) < now:
            late = middle
        else:
            fine = middle
    return fine
