"""What stands where: events in the columns of days, side by side where they overlap."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from operator import itemgetter

from leadline.activities.models import ActivityType
from leadline.web.calendar.asked import Asked
from leadline.web.calendar.axis import Axis, axis_of, bounds
from leadline.web.calendar.bands import Band, bands
from leadline.web.calendar.lanes import SHORTEST, Lane, More, lanes
from leadline.web.calendar.people import Choices
from leadline.web.calendar.reading import Full, Slim, attending, full, slim
from leadline.web.calendar.spans import DAY_VIEW
from leadline.web.calendar.wording import clock
from leadline.web.pipeline.wording import initials

MOST_BESIDE, MOST_IN_A_DAY = 4, 10  # lanes of a column: in a week, in a day
MOST_ALL_DAY = 5  # above the hours, before the rest is "more"; a day alone shows them all
MOST_IN_A_CELL = 8  # of a month
QUARTER, HEAP = 15, 3  # minutes; how many logged in one of them stand as one


@dataclass(slots=True)
class Event:
    """An activity where it stands. `at` and `long` are minutes of the axis; `first`: it begins on this day.

    In a month it has no place, but its `clock`, so that it keeps it on another day.
    """

    what: Slim
    kind: ActivityType
    at: int = 0
    long: int = 0
    first: bool = True
    clock: str = ""
    lane: Lane = field(default_factory=lambda: Lane(0, 1))
    said: Full | None = None
    face: str = ""
    owner: str = ""

    @property
    def time(self) -> str:
        """When it begins; "" for a day alone."""
        return "" if self.what.on else clock(self.what.start)

    @property
    def due(self) -> str:
        """Seconds since 1970, as a script sends them back to say what it saw."""
        return f"{self.what.due_at.timestamp():.6f}".rstrip("0").rstrip(".") if self.what.due_at else ""

    @property
    def subject(self) -> str:
        return self.said.subject if self.said and self.said.subject else str(self.kind)

    @property
    def fixed(self) -> str:
        """Why it cannot be moved: "done", "may" (not by this reader), "ghost"; "" where it can."""
        if self.what.ghost:
            return "ghost"
        if self.said is None or not self.said.may:
            return "may"
        return "done" if self.what.done else ""


@dataclass(slots=True)
class Stripe:
    """A time block on the axis; `who` has it, where several people are shown. The same one of several stands once."""

    band: Band
    at: int
    long: int
    who: list[str]


@dataclass(slots=True)
class Heap:
    """Activities that were logged in the same quarter of an hour, as one."""

    at: int
    long: int
    count: int
    lane: Lane


@dataclass
class Column:
    """A day, or a day of one of several people. `rest` is how many there was no room for above the hours."""

    day: dt.date
    person: int | None
    name: str
    today: bool
    off: bool
    month: bool = True
    all_day: list[Event] = field(default_factory=list)
    timed: list[Event] = field(default_factory=list)
    mores: list[More] = field(default_factory=list)
    heaps: list[Heap] = field(default_factory=list)
    stripes: list[Stripe] = field(default_factory=list)
    no_times: list[tuple[int, int]] = field(default_factory=list)
    rest: int = 0

    @property
    def count(self) -> int:
        more = sum(one.count for one in self.mores) + sum(one.count for one in self.heaps)
        return len(self.all_day) + len(self.timed) + self.rest + more

    @property
    def by_clock(self) -> list[tuple[str, Event | More | Heap]]:
        """What stands among the hours, in the order of the clock: as it is read where each day is a list."""
        found: list[tuple[int, str, Event | More | Heap]] = [(one.at, "event", one) for one in self.timed]
        found += [(one.start, "more", one) for one in self.mores] + [(one.at, "heap", one) for one in self.heaps]
        return [(kind, one) for _at, kind, one in sorted(found, key=itemgetter(0))]


def columns(ask: Asked, axis: Axis, choices: Choices, types: dict[int, ActivityType]) -> list[Column]:
    """The columns of a day or week, the cells of a month, with all that is drawn in them."""
    found, made = slim(ask, types), _columns(ask, axis, choices)
    with_them = attending([one.pk for one in found], ask.who) if ask.apart else {}
    for column in made:
        mine = [one for one in found if column.person is None or _concerns(one, column.person, with_them)]
        (_cell if ask.is_month else _fill)(ask, axis, column, mine, types)
    if not ask.is_month:
        _stripe(ask, axis, made, choices)
    shown = [event for column in made for event in (*column.all_day, *column.timed)]
    said = full(ask, {event.what.pk for event in shown})
    for event in shown:
        event.said = said.get(event.what.pk)
        if len(ask.who) > 1 and not ask.apart:
            event.owner = choices.names.get(event.what.owner_id or 0, "")
            event.face = initials(event.owner)
    return made


def _columns(ask: Asked, axis: Axis, choices: Choices) -> list[Column]:
    people: Sequence[int | None] = ask.who if ask.apart else [None]
    return [
        Column(
            day,
            person,
            choices.names.get(person or 0, ""),
            day == ask.today,
            not ask.working.is_working_day(day),
            day.month == ask.day.month,
            no_times=axis.no_times(day),
        )
        for day in ask.days
        for person in people
    ]


def _concerns(one: Slim, person: int, with_them: dict[int, set[int]]) -> bool:
    return one.owner_id == person or person in with_them.get(one.pk, ())


def _fill(ask: Asked, axis: Axis, column: Column, found: Sequence[Slim], types: dict[int, ActivityType]) -> None:
    """A day of hours."""
    all_day = sorted((one for one in found if one.on == column.day), key=lambda one: (one.done, one.start, one.pk))
    most = len(all_day) if ask.view == DAY_VIEW or len(all_day) <= MOST_ALL_DAY else MOST_ALL_DAY - 1
    column.all_day, column.rest = [Event(one, types[one.type_id]) for one in all_day[:most]], len(all_day) - most
    start, end = bounds(column.day, axis.zone)
    there = [one for one in found if not one.on and _touches(one, start, end)]
    timed, heaps = (there, {}) if ask.each else _heaped(axis, there, start)
    spans = [_span(axis, one.start, one.end, start, end) for one in timed]
    spans += [(at, at) for at in heaps]
    beside, column.mores = lanes(spans, MOST_IN_A_DAY if ask.view == DAY_VIEW and not ask.apart else MOST_BESIDE)
    column.timed = [
        Event(one, types[one.type_id], span[0], span[1] - span[0], one.start >= start, lane=lane)
        for one, span, lane in zip(timed, spans, beside, strict=False)
        if lane.lane is not None
    ]
    for (at, count), lane in zip(heaps.items(), beside[len(timed) :], strict=True):
        if lane.lane is not None:
            column.heaps.append(Heap(at, SHORTEST, count, lane))
        else:  # there it stands for one; it is more
            column.mores = [
                replace(more, count=more.count + count - 1) if more.start <= at < more.end else more
                for more in column.mores
            ]


def _heaped(axis: Axis, found: Sequence[Slim], first: dt.datetime) -> tuple[list[Slim], dict[int, int]]:
    """What stands by itself; and how many were logged at which place, where there were several in a quarter hour."""
    quarters: dict[int, list[Slim]] = defaultdict(list)
    for one in found:
        if one.logged and one.start >= first:
            quarters[axis.place(one.start) // QUARTER].append(one)
    heaps = [ones for ones in quarters.values() if len(ones) >= HEAP]
    heaped = {one.pk for ones in heaps for one in ones}
    counts = {min(axis.place(one.start) for one in ones): len(ones) for ones in heaps}
    return [one for one in found if one.pk not in heaped], counts


def _cell(ask: Asked, axis: Axis, column: Column, found: Sequence[Slim], types: dict[int, ActivityType]) -> None:
    """A day of a month: those of the day first, then by the clock."""
    start, end = bounds(column.day, axis.zone)
    here = [one for one in found if one.on == column.day]
    here += [one for one in found if not one.on and _touches(one, start, end)]
    most = MOST_IN_A_CELL if len(here) > MOST_IN_A_CELL else len(here)
    for one in here[:most]:
        clock = "" if one.on else one.start.astimezone(axis.zone).strftime("%H:%M")
        column.all_day.append(Event(one, types[one.type_id], first=bool(one.on) or one.start >= start, clock=clock))
    column.rest = len(here) - most


def _stripe(ask: Asked, axis: Axis, made: Sequence[Column], choices: Choices) -> None:
    for band in bands(ask):
        for column in made:
            start, end = bounds(column.day, axis.zone)
            if column.person not in (None, band.owner_id) or band.start >= end or band.end <= start:
                continue
            who = choices.names.get(band.owner_id, "") if len(ask.who) > 1 and column.person is None else ""
            same = next((one for one in column.stripes if one.band.same(band)), None)
            if same is not None:
                same.who.append(who)
                continue
            top, foot = _span(axis, band.start, band.end, start, end)
            column.stripes.append(Stripe(band, top, foot - top, [who] if who else []))


def _touches(one: Slim, start: dt.datetime, end: dt.datetime) -> bool:
    """What takes no time at all stands where it is."""
    return one.start < end and (one.end > start or one.start >= start)


def _span(axis: Axis, start: dt.datetime, end: dt.datetime, first: dt.datetime, last: dt.datetime) -> tuple[int, int]:
    """The part of it on the day from `first` to `last`."""
    top = axis.place(start) if start >= first else 0
    foot = axis.length if end >= last else axis.place(end)
    return top, max(foot, top)


def axis_for(ask: Asked) -> Axis:
    return axis_of([] if ask.is_month else ask.days, ask.zone)
