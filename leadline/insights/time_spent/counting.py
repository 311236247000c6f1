"""The definitions of time spent (R37)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

UNKNOWN = ""  # the kind of work of types that say none


@dataclass(frozen=True)
class Kind:
    """What a type of activity says of itself: its kind of work, and its usual minutes (None: not said)."""

    work: str
    minutes: int | None


@dataclass(frozen=True)
class Counted:
    """Activities of one type that one person did, or took part in, in one period: how many, how many of them said
    their minutes, and how many minutes those are."""

    person: int
    type: int
    start: dt.date
    count: int
    said: int
    minutes: int


@dataclass(frozen=True)
class Sat:
    """Minutes that one person sat to blocks of one kind of work in one period."""

    person: int
    work: str
    start: dt.date
    minutes: float


@dataclass(slots=True)
class Spent:
    """Minutes of one person, kind of work and period: `assumed` of them are the usual minutes of types, `sat` those
    of blocks. `unknown` activities say no minutes, and neither do their types: they count as none."""

    minutes: float = 0
    assumed: float = 0
    sat: float = 0
    count: int = 0
    unknown: int = 0

    def __iadd__(self, other: Spent) -> Spent:
        self.minutes += other.minutes
        self.assumed += other.assumed
        self.sat += other.sat
        self.count += other.count
        self.unknown += other.unknown
        return self


Key = tuple[int, str, dt.date]  # person, kind of work, first day of the period


def spent(counted: Iterable[Counted], sat: Iterable[Sat], kinds: Mapping[int, Kind]) -> dict[Key, Spent]:
    """Time by person, kind of work and period (R37).

    An activity done takes its minutes, else the usual ones of its type. A colleague who takes part spends the same time
    once more. Of a sitting to a block the minutes sat count, as the kind of work of the block, and the activities its
    owner did in it count no further: `counted` must leave them out. So no minute of anybody counts twice, but for
    activities that were logged with more minutes than there was time between them.
    """
    found: dict[Key, Spent] = defaultdict(Spent)
    for row in counted:
        kind = kinds.get(row.type, Kind(UNKNOWN, None))
        silent = row.count - row.said
        assumed = silent * (kind.minutes or 0)
        unknown = silent if kind.minutes is None else 0
        found[row.person, kind.work, row.start] += Spent(row.minutes + assumed, assumed, 0, row.count, unknown)
    for one in sat:
        found[one.person, one.work, one.start] += Spent(one.minutes, 0, one.minutes, 0, 0)
    return dict(found)


@dataclass
class Cost:
    """What meetings of one type cost in one period: how many there were, and the time of all who were there.

    `amount` is of the hours that have a rate; `unrated` are the hours of people without one.
    """

    meetings: int = 0
    hours: float = 0
    amount: float = 0
    unrated: float = 0


def costs(
    held: Iterable[Counted],
    attended: Iterable[Counted],
    kinds: Mapping[int, Kind],
    rates: Mapping[tuple[int, dt.date], float | None],
) -> dict[tuple[int, dt.date], Cost]:
    """What meetings cost, by type and period: people x rate x length (R37).

    `held` are those of their owners, each a meeting; `attended` the same ones for every colleague who took part. Their
    length is that of `spent`; sitting to a block while meeting makes it no cheaper. `rates` are per hour in the base
    currency, by person and period; None where there is none.
    """
    found: dict[tuple[int, dt.date], Cost] = defaultdict(Cost)
    for rows, owners in ((held, True), (attended, False)):
        for row in rows:
            kind = kinds.get(row.type, Kind(UNKNOWN, None))
            hours = (row.minutes + (row.count - row.said) * (kind.minutes or 0)) / 60
            rate = rates.get((row.person, row.start))
            cost = found[row.type, row.start]
            cost.meetings += row.count if owners else 0
            cost.hours += hours
            cost.amount += hours * (rate or 0)
            cost.unrated += hours if rate is None else 0
    return dict(found)
