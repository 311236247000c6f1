"""In which order to do what is due: what is worth most and nearest to rot comes first (R30, R3).

Every matter has a weight, and the heaviest stands first:

    weight = worth × urgency × priority

    worth    = 1 + log2(1 + expected / usual)    1 where no value is known, 2 for a usual deal, 3 for three times that
    urgency  = 1 + late + rot
    late     = 2 d / (d + 7)                     d days overdue: 0 on the day, 1 after a week, never more than 2
    rot      = 3 / (1 + r)                       r days until its deal rots: 3 where it has, 1.5 tomorrow; else 0
    priority = 0.75 low, 1 none, 1.25 medium, 1.75 high

`expected` is the deal's value times the chance of its stage, where one is known; `usual` is the middle one of the
person's own open deals, so that the order is the same in every currency. Logarithms and fractions keep a single whale,
or what is a year late, from standing above all else. What is held at an hour (a meeting) is not weighed: it stands at
its hour, and comes first from a quarter of an hour before.
"""

from __future__ import annotations

import datetime as dt
import math
import statistics
from collections.abc import Iterable
from dataclasses import dataclass

SOON = dt.timedelta(minutes=15)  # before a meeting, when one thinks of nothing else
MOST_LATE, HALF_LATE = 2.0, 7.0
ROTTEN = 3.0
PRIORITIES = {0: 1.0, 1: 0.75, 2: 1.25, 3: 1.75}  # by activities.models.Priority


@dataclass(frozen=True, slots=True)
class Matter:
    """What is to be done, as far as its order goes; all money in one currency.

    `rots_in` are the days until its deal rots, below 0 where it has; None where nothing can rot. `held_at` is the hour
    at which it takes place, for what does so with others.
    """

    pk: int
    due: dt.datetime
    expected: float | None = None
    overdue_days: float = 0
    rots_in: float | None = None
    priority: int = 0
    held_at: dt.datetime | None = None


def usual(values: Iterable[float | None]) -> float:
    """The middle one of the values that are known and above 0; 1 where there is none."""
    known = [value for value in values if value is not None and value > 0]
    return statistics.median(known) if known else 1.0


def worth(expected: float | None, usual_value: float) -> float:
    """How much a value counts beside the usual one: 1 for none, one more with every doubling of (1 + value)."""
    return 1.0 + math.log2(1.0 + max(expected or 0.0, 0.0) / usual_value)


def urgency(overdue_days: float, rots_in: float | None) -> float:
    """From 1 (nothing presses) to 6 (long overdue, on a deal that has rotted)."""
    late = max(overdue_days, 0.0)
    rot = 0.0 if rots_in is None else ROTTEN / (1.0 + max(rots_in, 0.0))
    return 1.0 + MOST_LATE * late / (late + HALF_LATE) + rot


def weight(matter: Matter, usual_value: float) -> float:
    """What decides the order; see above."""
    pressing = urgency(matter.overdue_days, matter.rots_in)
    return worth(matter.expected, usual_value) * pressing * PRIORITIES.get(matter.priority, 1.0)


def decay(expected: float | None, days_over: float, usual_value: float) -> float:
    """How bad it is that a deal has rotted for so many days: its worth, more with every doubling of the days."""
    return worth(expected, usual_value) * (1.0 + math.log2(1.0 + max(days_over, 0.0)))


def ordered(matters: Iterable[Matter], usual_value: float, now: dt.datetime) -> list[Matter]:
    """What is held now or soon, by its hour; then by weight, the heaviest first; then what is held later.

    Of equal weight comes first what was due first; the same matters give the same order, however they are given.
    """

    def place(matter: Matter) -> tuple[int, float, dt.datetime, int]:
        if matter.held_at is None:
            return (1, -weight(matter, usual_value), matter.due, matter.pk)
        return (0 if matter.held_at <= now + SOON else 2, 0.0, matter.held_at, matter.pk)

    return sorted(matters, key=place)


def line_of_day(matters: Iterable[Matter]) -> list[Matter]:
    """What is held at an hour, by that hour."""
    held = [(one.held_at, one.pk, one) for one in matters if one.held_at is not None]
    return [one for _at, _pk, one in sorted(held, key=lambda found: found[:2])]
