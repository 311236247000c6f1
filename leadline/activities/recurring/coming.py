"""When it comes again: the next slot of a rule, and those to come of an activity.

A slot is the place in its series that an occurrence was made for, by the clock on the owner's wall and without a zone:
"2026-11-24T10:00:00", or "2026-11-24" for a day alone. Steps are taken from slot to slot, so that neither an occurrence
that was moved nor an hour that clocks skip or repeat moves those that follow.
"""

from __future__ import annotations

import datetime as dt
from itertools import islice
from typing import TYPE_CHECKING

from leadline.activities.recurring.rule import Rule, clocks, parts
from leadline.activities.zones import at_clock, clock_of, end_of_day, zone_of

if TYPE_CHECKING:
    from leadline.activities.models import Activity

MOST = 400  # occurrences told of in one answer


def slot_of(due_at: dt.datetime, due_on: dt.date | None, zone: dt.tzinfo) -> str:
    """The slot at this moment of the zone's clocks, or on this day."""
    return due_on.isoformat() if due_on else clock_of(due_at, zone).isoformat(timespec="seconds")


def next_slot(rule: str, slot: str, occurrence: int) -> str:
    """The slot after this one, which is that of the occurrence with this number (1 the first); "" after the last."""
    found = parts(rule)
    if occurrence >= int(found.get("COUNT", occurrence + 1)):
        return ""
    clock = next(clocks(found, dt.datetime.fromisoformat(slot)), None)
    return _written(clock, slot) if clock else ""


def due_in(slot: str, zone: dt.tzinfo) -> tuple[dt.datetime, dt.date | None]:
    """(due_at, due_on) of a slot."""
    clock = dt.datetime.fromisoformat(slot)
    return (at_clock(clock, zone), None) if "T" in slot else (end_of_day(clock.date(), zone), clock.date())


def following(rule: str, after: dt.datetime, zone: dt.tzinfo) -> dt.datetime | None:
    """When (UTC) a rule comes next after one of its own moments, by the zone's clocks; None where it ends.

    A number of times cannot be told from here: `next_slot` knows it.
    """
    clock = next(clocks(parts(rule), clock_of(after, zone)), None)
    return at_clock(clock, zone) if clock else None


def between(activity: Activity, start: dt.datetime, end: dt.datetime) -> list[dt.datetime]:
    """When (UTC) the occurrences that are still to be made of an activity are due, from `start` up to before `end`.

    Itself not among them. A day alone is due at its end, as the activity will be. At most MOST.
    """
    if not activity.repeats or not activity.slot or activity.is_done or activity.deleted_at:
        return []
    zone, found = zone_of(activity.owner), parts(activity.repeats)
    moments = (due_in(_written(clock, activity.slot), zone)[0] for clock in _left(found, activity))
    wanted: list[dt.datetime] = []
    for moment in moments:
        if moment >= end or len(wanted) >= MOST:
            break
        if moment >= start:
            wanted.append(moment)
    return wanted


def _left(found: Rule, activity: Activity) -> islice[dt.datetime]:
    left = int(found["COUNT"]) - activity.occurrence if "COUNT" in found else None
    return islice(clocks(found, dt.datetime.fromisoformat(activity.slot)), None if left is None else max(left, 0))


def _written(clock: dt.datetime, like: str) -> str:
    return clock.isoformat(timespec="seconds") if "T" in like else clock.date().isoformat()
