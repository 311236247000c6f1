"""How long new people take to sell as the tenured ones do (ramp)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

import numpy as np

from leadline.insights.metrics.kind import Column, Kind
from leadline.insights.metrics.selecting import Row, Tables, grouped, labelled, selection
from leadline.insights.numbers import survival
from leadline.insights.numbers.proportions import Floats
from leadline.insights.numbers.shown import shown
from leadline.insights.periods import months_later
from leadline.insights.question import Question

TENURED = 12  # months here
ENOUGH = 3  # tenured people that make a median
LONGEST = 60  # months watched
LONGEST_RECORD = 7305  # days: twenty years
PEOPLE = ("owner", "team")


@dataclass(frozen=True)
class Person:
    """Somebody's time here; `since` is the hire, else the first win."""

    hired_on: dt.date | None
    left_on: dt.date | None
    since: dt.date | None


class Everybody:
    """All people side by side, and what each had won up to each day of the record."""

    def __init__(self, rows: list[Row], today: dt.date) -> None:
        self.people = {row["member"]: _person(row) for row in rows}
        self.places = {member: place for place, member in enumerate(self.people)}
        each = self.people.values()
        self.since = np.array([(person.since or dt.date.max).toordinal() for person in each])
        self.until = np.array([(person.left_on or dt.date.max).toordinal() for person in each])
        won = [
            (place, day.toordinal(), amount)
            for place, row in enumerate(rows)
            for day, amount in zip(row["days"] or (), row["amounts"] or (), strict=True)
            if day <= today
        ]
        # A slip in a date must not take memory for a thousand years: what is older counts on the first day.
        last = max((day for _place, day, _amount in won), default=0)
        self.began = max(min(day for _place, day, _amount in won), last - LONGEST_RECORD) if won else None
        self._upto = np.zeros((len(rows), last - (self.began or 0) + 2))
        for place, day, amount in won:
            self._upto[place, max(day - (self.began or 0), 0) + 1] += amount
        np.cumsum(self._upto, axis=1, out=self._upto)

    def upto(self, day: int) -> Floats:
        """What each had won by the end of a day (ordinal)."""
        found: Floats = self._upto[:, min(max(day - (self.began or 0) + 1, 0), self._upto.shape[1] - 1)]
        return found


@dataclass(frozen=True)
class Reached:
    """Months to half and to all of the tenured median; None: not in the `watched` months."""

    half: int | None
    full: int | None
    watched: int


def ramp(tables: Tables, question: Question) -> list[Row]:
    """Rows with value = months to half of the tenured median, low, high; full with its interval; n, people, unreached.

    A person's months are counted from the hire; the trailing quarter is that of the three months up to each. Of several
    people it is the Kaplan-Meier median, those who are not there yet (`unreached`) or have left as censored.
    """
    everybody = people(tables, question)
    last = _today(question)
    members = (
        "list(DISTINCT member) AS members, count(*) FILTER (WHERE deal IS NOT NULL AND won_on >= hired_on)::BIGINT AS n"
    )
    found = grouped(tables, question, selection(question, extra="hired_on IS NOT NULL"), members)
    rows = labelled(question, found)
    known: dict[int, Reached | None] = {}
    for row, group in zip(rows, found.to_pylist(), strict=True):
        for member in group["members"] or ():
            if member not in known:
                known[member] = reached(member, everybody, last)
        told = [each for member in group["members"] or () if (each := known[member])]
        row |= {"value": None, "n": group["n"], "low": None, "high": None, "people": len(told)}
        row |= _middle(told, "half", ("value", "low", "high"))
        row |= _middle(told, "full", ("full", "full_low", "full_high"))
        row["unreached"] = sum(each.full is None for each in told)
    return rows


def _today(question: Question) -> dt.date:
    """The company's day at as_of."""
    if question.as_of >= dt.datetime(dt.MAXYEAR, 12, 31):  # noqa: DTZ001  naive UTC; beyond it no zone can go
        return dt.date.max
    return question.as_of.replace(tzinfo=dt.UTC).astimezone(ZoneInfo(question.zone)).date()


def people(tables: Tables, question: Question) -> Everybody:
    """All whose wins the question may see, whoever it is about: the tenured are the measure."""
    whole = replace(question, by=(), where=tuple(each for each in question.where if each[0].name not in PEOPLE))
    chosen = selection(whole, dated=False)
    found = tables.arrow(
        "SELECT member, min(hired_on) AS hired_on, min(left_on) AS left_on, "
        "list(won_on ORDER BY won_on, deal) FILTER (WHERE won_on IS NOT NULL) AS days, "
        "list(coalesce(amount, 0)::DOUBLE ORDER BY won_on, deal) FILTER (WHERE won_on IS NOT NULL) AS amounts "
        f"FROM ({chosen.sql}) GROUP BY member",
        chosen.values,
    )
    return Everybody(found.to_pylist(), _today(question))


def _person(row: Row) -> Person:
    since = row["hired_on"] or (row["days"][0] if row["days"] else None)
    return Person(row["hired_on"], row["left_on"], since)


def reached(member: int, everybody: Everybody, today: dt.date) -> Reached | None:
    """None where there is no hire, or one before the first booking on record, or too few people to compare with."""
    person, began = everybody.people[member], everybody.began
    if person.hired_on is None or began is None or person.hired_on.toordinal() < began:
        return None
    end, place = min(filter(None, (today, person.left_on))), everybody.places[member]
    half, watched, compared = None, 0, False
    for month in range(1, LONGEST + 1):
        day = months_later(person.hired_on, month)
        if day > end:
            break
        watched = month
        measure = _tenured(everybody, member, person.hired_on, month)
        if measure is None:
            continue
        compared = True
        start = _ordinal(person.hired_on, month - 3)
        own = float(everybody.upto(day.toordinal())[place] - everybody.upto(start)[place])
        if half is None and own >= measure / 2:
            half = month
        if own >= measure:
            return Reached(half, month, watched)
    return Reached(half, None, watched) if compared else None


def _tenured(everybody: Everybody, member: int, hired_on: dt.date, month: int) -> float | None:
    """The median of the same quarter's bookings of those who have been here a year and still are; None for too few."""
    start, end = _ordinal(hired_on, month - 3), _ordinal(hired_on, month)
    there = (everybody.since <= _ordinal(hired_on, month - TENURED)) & (everybody.until >= end)
    there[everybody.places[member]] = False
    if there.sum() < ENOUGH:
        return None
    middle = float(np.median(everybody.upto(end)[there] - everybody.upto(start)[there]))
    return middle if middle > 0 else None


def _ordinal(day: dt.date, months: int) -> int:
    return months_later(day, months).toordinal()


def _middle(told: list[Reached], which: str, keys: tuple[str, str, str]) -> Row:
    months = [getattr(each, which) for each in told]
    left = np.array([each.watched if month is None else month for each, month in zip(told, months, strict=True)], float)
    ended = np.array([month is not None for month in months], float)
    return dict(zip(keys, map(shown, survival.median(np.zeros_like(left), left, ended)), strict=True))


KINDS = {
    "ramp": Kind(
        ramp,
        {"": "deal IS NOT NULL AND hired_on IS NOT NULL AND won_on >= hired_on"},
        (Column("full", low="full_low", high="full_high"), Column("people", "people"), Column("unreached", "people")),
    )
}
