"""Vanity is labelled: what has shown no relation to bookings in a team's own data (R15)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from leadline.insights.numbers.proportions import Floats
from leadline.insights.numbers.relation import Relation, relation

MOVES, NONE, UNSURE = "moves", "none", "unsure"
WORTH = 0.15  # a correlation below which nobody would steer by a number
WINS = 30  # below which bookings are too few to move with anything
LONGEST, SHORTEST = 104, 52  # weeks looked at
SETTLING = 4  # weeks at either end in which somebody must have done something to count as there all the time
FALSE = 0.05  # the share of false ones among those that are said to move (Benjamini and Hochberg 1995)


@dataclass(frozen=True)
class Label:
    """One number of work: whether it `moves` with bookings, shows `none`, or one is `unsure`; with the evidence.

    `n` are the person-weeks that were looked at, `count` how often it was done in all.
    """

    name: str | None
    verdict: str
    found: Relation | None
    n: int
    count: int = 0


def labels(
    work: Mapping[str | None, Sequence[Mapping[str, Any]]],
    bookings: Sequence[Mapping[str, Any]],
    weeks: Sequence[str],
    cycle: float | None,
) -> list[Label]:
    """One label per number of work, in their order.

    `work` and `bookings` are rows by owner and week; `weeks` all weeks in their order, `cycle` the median days to
    close. Who was not there throughout is left out: learning the trade moves everything at once.
    """
    if cycle is None:
        return [Label(name, UNSURE, None, 0, _count(rows)) for name, rows in work.items()]
    lags = min(int(cycle // 7), 26)
    people, chosen = _present(work, bookings, weeks)
    wins = sum(row["n"] for row in bookings if row["owner"] in people and row["week"] in chosen)
    result = _table(bookings, people, chosen)
    found = {name: relation(_table(rows, people, chosen), result, lags) for name, rows in work.items()}
    moving = _beyond_chance({name: each.chance for name, each in found.items() if each})
    return [
        Label(name, _verdict(each, name in moving, wins), each, each.n if each else 0, _count(work[name]))
        for name, each in found.items()
    ]


def _count(rows: Sequence[Mapping[str, Any]]) -> int:
    return sum(int(row["n"]) for row in rows)


def _verdict(found: Relation | None, moves: bool, wins: int) -> str:
    if found is None or wins < WINS:
        return UNSURE
    if moves:
        return MOVES
    return NONE if found.least <= WORTH else UNSURE


def _beyond_chance(chances: Mapping[str | None, float]) -> set[str | None]:
    order = sorted(chances, key=lambda name: chances[name])
    passing = [place for place, name in enumerate(order, 1) if chances[name] <= FALSE * place / len(order)]
    return set(order[: passing[-1]]) if passing else set()


def _present(
    work: Mapping[str | None, Sequence[Mapping[str, Any]]], bookings: Sequence[Mapping[str, Any]], weeks: Sequence[str]
) -> tuple[list[str], list[str]]:
    """The people and the last weeks with the most person-weeks in which these people were there throughout."""
    place = {week: number for number, week in enumerate(weeks)}
    active: dict[str, set[int]] = {}
    for rows in (*work.values(), bookings):
        for row in rows:
            if row["owner"] is not None and row["week"] in place and row["n"]:
                active.setdefault(row["owner"], set()).add(place[row["week"]])
    best: tuple[list[str], list[str]] = ([], [])
    for length in range(min(LONGEST, len(weeks)), SHORTEST - 1, -13):
        begin, end = len(weeks) - length, len(weeks)
        there = sorted(
            person
            for person, own in active.items()
            if any(begin <= week < begin + SETTLING for week in own) and any(week >= end - SETTLING for week in own)
        )
        if len(there) * length > len(best[0]) * len(best[1]):
            best = (there, list(weeks[begin:]))
    return best


def _table(rows: Sequence[Mapping[str, Any]], people: Sequence[str], weeks: Sequence[str]) -> Floats:
    table = np.zeros((len(people), len(weeks)))
    who = {person: number for number, person in enumerate(people)}
    when = {week: number for number, week in enumerate(weeks)}
    for row in rows:
        if row["owner"] in who and row["week"] in when:
            table[who[row["owner"]], when[row["week"]]] += float(row["value"])
    return table
