"""The board of goals: how often those who want to be on it reached theirs lately."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from leadline.accounts.models import User
from leadline.activities.models import Goal
from leadline.insights.ask_goals import company_day, reckoning, rounds_within
from leadline.insights.looking import one_look

LATELY = dt.timedelta(days=90)
PODIUM = 3


@dataclass(frozen=True)
class Place:
    """Of somebody's spans that ended lately, how many were reached; their longest row that goes on."""

    person: User
    reached: int
    spans: int
    row: int
    every: str
    me: bool

    @property
    def share(self) -> float:
        return self.reached / self.spans if self.spans else 0.0


@dataclass(frozen=True)
class Board:
    """The first three, who reached the largest shares; the others by name, because nobody needs to be the last."""

    first: list[Place]
    others: list[Place]


def board(viewer: User, on: dt.date | None = None) -> Board:
    """Of people who work here and are on the board, over the spans that ended in the last 90 days.

    It shows shares and rows, no numbers: so it asks of everybody's records, whoever looks.
    """
    today = on or company_day()
    people = {one.pk: one for one in User.objects.filter(is_active=True, habits__on_leader_board=True).order_by("name")}
    goals = list(Goal.objects.running(today).filter(owner__in=people).select_related("owner", "stage", "pipeline"))
    company = reckoning()
    told: dict[int, list[tuple[str, int, int, int]]] = defaultdict(list)
    with one_look():
        for goal, rounds in zip(goals, rounds_within(goals, today - LATELY, today, company), strict=True):
            row = next((n for n, one in enumerate(reversed(rounds)) if not one.hit), len(rounds))
            told[goal.owner_id].append((goal.every, sum(one.hit for one in rounds), len(rounds), row))
    places = [_place(people[pk], told[pk], viewer) for pk in people]
    able = sorted((one for one in places if one.reached), key=lambda one: (-one.share, -one.row, str(one.person)))
    best = able[:PODIUM]
    return Board(best, [one for one in places if one not in best])


def _place(person: User, goals: list[tuple[str, int, int, int]], viewer: User) -> Place:
    every, row = max(((one[0], one[3]) for one in goals), key=lambda one: one[1], default=("week", 0))
    reached, spans = sum(one[1] for one in goals), sum(one[2] for one in goals)
    return Place(person, reached, spans, row, every, person.pk == viewer.pk)
