"""Planned against kept, and conversations against the aim: of single blocks, and by week and person (R32)."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import attrgetter, or_

from django.db.models import Q

from leadline.activities.blocks.keeping import Span, is_kept, joined, kept_minutes, sat_spans
from leadline.activities.blocks.occurring import Occurrence, occurrences
from leadline.activities.models import Activity, CountsAs
from leadline.crm.working_days import DAY

HOUR = 60
MOST_WINDOWS = 120  # that are asked about one by one


@dataclass(frozen=True)
class Piece:
    """One activity done: whose, when, how long, which kind of work, and whether it was a conversation."""

    pk: int
    owner: int
    done_at: dt.datetime
    minutes: int
    work: str
    conversation: bool

    @property
    def span(self) -> Span:
        return self.done_at - dt.timedelta(minutes=self.minutes), self.done_at


@dataclass(frozen=True)
class Kept:
    """One time a block took place: how much of it was kept, and the numbers of the conversations held in it."""

    occurrence: Occurrence
    minutes: float
    conversations: tuple[int, ...]
    done: tuple[int, ...]
    over: bool

    @property
    def kept(self) -> bool:
        return is_kept(self.minutes, (self.occurrence.starts_at, self.occurrence.ends_at))


@dataclass(frozen=True)
class Week:
    """What somebody's blocks of one week come to; `monday` is its first day. Hours are of 60 minutes."""

    owner: int
    monday: dt.date
    blocks: list[Kept] = field(default_factory=list)

    @property
    def planned_hours(self) -> float:
        return sum(one.occurrence.block.minutes for one in self.blocks) / HOUR

    @property
    def kept_hours(self) -> float:
        return sum(one.minutes for one in self.blocks) / HOUR

    @property
    def kept(self) -> int:
        return sum(one.kept for one in self.blocks)

    @property
    def aim(self) -> int:
        return sum(one.occurrence.block.aim for one in self.blocks)

    @property
    def conversations(self) -> tuple[int, ...]:
        return tuple(pk for one in self.blocks for pk in one.conversations)


def kept_of(owners: Collection[int], start: dt.datetime, end: dt.datetime, now: dt.datetime) -> list[Kept]:
    """What is kept of the blocks that begin in the span; seven queries at most."""
    found = occurrences(owners, start, end)
    pieces = _pieces(found, now)
    return [judged(one, pieces.get(one.block.owner_id, ()), now) for one in found]


def kept_one(one: Occurrence, now: dt.datetime) -> Kept:
    """What is kept of a single one."""
    return judged(one, _pieces([one], now).get(one.block.owner_id, ()), now)


def judged(one: Occurrence, pieces: Sequence[Piece], now: dt.datetime) -> Kept:
    """How much was kept of it; `pieces` are in the order in which they were done.

    Conversations of any kind of work count where they were held in it, or while sitting.
    """
    sat: list[Span] = []
    if one.sitting:
        until = max(min(now, one.ends_at), one.sitting.began_at)
        sat = sat_spans(one.sitting.began_at, one.sitting.ended_at, one.sitting.pauses, until)
    planned = (one.starts_at, one.ends_at)
    about = (planned, *sat)
    first = bisect_left(pieces, min(begin for begin, _end in about), key=attrgetter("done_at"))
    last = bisect_right(pieces, max(end for _begin, end in about), key=attrgetter("done_at"))
    inside = [piece for piece in pieces[first:last] if any(begin <= piece.done_at <= end for begin, end in about)]
    worked = [piece.span for piece in inside if piece.work == one.block.work]
    return Kept(
        one,
        kept_minutes(planned, sat, worked),
        tuple(piece.pk for piece in inside if piece.conversation),
        tuple(piece.pk for piece in inside),
        now >= one.ends_at,
    )


def by_week(kept: Sequence[Kept], tz: dt.tzinfo, first_weekday: int = 0) -> list[Week]:
    """The same by person and week of the reader's days, the latest week first."""
    weeks: dict[tuple[dt.date, int], list[Kept]] = defaultdict(list)
    for one in kept:
        day = one.occurrence.starts_at.astimezone(tz).date()
        weeks[week_of(day, first_weekday), one.occurrence.block.owner_id].append(one)
    return [Week(owner, monday, found) for (monday, owner), found in sorted(weeks.items(), reverse=True)]


def week_of(day: dt.date, first_weekday: int = 0) -> dt.date:
    """The first day of its week."""
    return day - DAY * ((day.weekday() - first_weekday) % 7)


def _pieces(found: Sequence[Occurrence], now: dt.datetime) -> dict[int, list[Piece]]:
    """What the owners did about those times."""
    if not found:
        return {}
    windows = joined(_windows(found, now))
    if not windows:
        return {}
    then = Q(done_at__gte=windows[0][0], done_at__lte=windows[-1][1])
    if len(windows) <= MOST_WINDOWS:  # half a year of blocks; of all that is done, most is done outside of them
        then &= reduce(or_, (Q(done_at__gte=begin, done_at__lte=end) for begin, end in windows))
    rows = (
        Activity.objects.kept()
        .filter(then, owner__in={one.block.owner_id for one in found})
        .order_by("done_at")
        .values_list("pk", "owner_id", "done_at", "minutes", "type__minutes", "type__work", "counts_as")
    )
    pieces: dict[int, list[Piece]] = defaultdict(list)
    for pk, owner, done_at, minutes, usual, work, counts_as in rows:
        length = (usual or 0) if minutes is None else minutes
        pieces[owner].append(Piece(pk, owner, done_at, length, work, counts_as == CountsAs.CONVERSATION))
    return pieces


def _windows(found: Sequence[Occurrence], now: dt.datetime) -> Iterator[Span]:
    """When what was done may have been done in them: while they take place, and while somebody sits to them."""
    for one in found:
        if one.starts_at <= now:
            yield one.starts_at, one.ends_at
        if one.sitting:
            yield one.sitting.began_at, max(one.sitting.ended_at or one.ends_at, one.sitting.began_at)
