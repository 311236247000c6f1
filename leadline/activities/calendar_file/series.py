"""A rule as calendars read it, held against the moments that Leadline itself says: what differs is written out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from itertools import takewhile
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from leadline.activities.calendar_file.entries import Begins, Series
from leadline.activities.zones import at_clock, clock_of


def series(rule: str, takes_place: dict[dt.datetime, dt.datetime], zone: ZoneInfo, *, days: bool) -> Series | None:
    """`takes_place` has the moment (UTC) of each slot (wall clock) that is to be. `days`: they have no time.

    None where there is nothing to repeat, or a slot is none of the rule's: a reader would make something else of it.
    """
    slots = sorted(takes_place)
    if len(slots) < 2:
        return None
    first = slots[0]
    named = list(takewhile(lambda clock: clock <= slots[-1], rrulestr(rule, dtstart=first)))
    if not named or named[0] != first or set(slots) - set(named):
        return None
    as_day = _day if days else _same
    return Series(
        zone.key,
        rule,
        as_day(first),
        as_day(slots[-1]),
        tuple(as_day(clock) for clock in named if clock not in takes_place),
        tuple(_moved(slots, takes_place, zone, days)),
    )


def _moved(
    slots: Iterable[dt.datetime], takes_place: dict[dt.datetime, dt.datetime], zone: ZoneInfo, days: bool
) -> Iterable[tuple[Begins, Begins]]:
    for clock in slots:
        at = takes_place[clock]
        if days:
            if (day := at.astimezone(zone).date()) != clock.date():
                yield clock.date(), day
        elif at != at_clock(clock, zone) or clock_of(at, zone) != clock:  # skipped by the clocks: readers differ there
            yield clock, at


def _day(clock: dt.datetime) -> Begins:
    return clock.date()


def _same(clock: dt.datetime) -> Begins:
    return clock
