"""What was reached on each day of what goals count: the metric's own report by day, one question for goals alike."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, partial
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from leadline.accounts.models import User
from leadline.activities.models import Goal
from leadline.insights import remembering
from leadline.insights.ask import asking
from leadline.insights.catalogue import METRICS
from leadline.insights.looking import once
from leadline.insights.measuring import ids
from leadline.insights.remembering import remembered
from leadline.insights.sight import Whose

if TYPE_CHECKING:
    from leadline.insights.metrics.selecting import Tables
    from leadline.insights.question import Question

NARROWED = {"activity_type": "type_ids", "stage": "stage_id"}  # dimensions, and the fields of goals that narrow them
Told = Mapping[str | None, Mapping[dt.date, Decimal]]  # by label of what narrows, then by day


@dataclass(frozen=True)
class Days:
    """What was reached on each day; sums over spans in no time."""

    by_day: Mapping[dt.date, Decimal]

    @cached_property
    def first(self) -> dt.date | None:
        """The first day on which there was anything."""
        return min(self.by_day, default=None)

    def between(self, start: dt.date, end: dt.date) -> Decimal:
        """The sum from one day to another, both included."""
        order, sums = self._sums
        return sums[bisect_right(order, end)] - sums[bisect_left(order, start)]

    @cached_property
    def _sums(self) -> tuple[list[dt.date], list[Decimal]]:
        order = sorted(self.by_day)
        return order, list(accumulate((self.by_day[day] for day in order), initial=Decimal(0)))


def whose(goal: Goal) -> Whose:
    """The person, the team or (neither) the company."""
    return goal.owner_id, goal.team_id


def question_of(goal: Goal, of: Whose | None = None) -> dict[str, Any] | None:
    """What a goal asks of its metric: for `ask.report` and `ask.records_behind`; None where nobody knows its names.

    `of` asks the same of somebody else.
    """
    person, team = whose(goal) if of is None else of
    wanted: dict[str, list[int | None]] = {"owner": [person], "team": [team]}
    wanted |= {"stage": [goal.stage_id], "activity_type": list(goal.type_ids)}
    where: dict[str, object] = {}
    for dimension, numbers in wanted.items():
        numbers = [number for number in numbers if number is not None]
        if not numbers:
            continue
        known = once(("goals", dimension), partial(ids, dimension))
        labels = tuple(name for name, number in known.items() if number in numbers)
        if not labels:
            return None
        where[dimension] = labels[0] if len(labels) == 1 else tuple(sorted(labels))
    return {"where": where, "pipeline": goal.pipeline_id}


def measured(
    goals: Sequence[Goal], user: User | None, first: dt.date, last: dt.date, of: Whose | None = None
) -> list[Days]:
    """What was reached of each goal on each day from the first to the last.

    One question for all goals of somebody on a metric; `of` asks the same of somebody else.
    """
    groups: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for place, goal in enumerate(goals):
        groups[goal.metric, whose(goal) if of is None else of, goal.pipeline_id].append(place)
    found: dict[int, Days] = {}
    for places in groups.values():
        found |= zip(places, _alike([goals[place] for place in places], user, first, last, of), strict=True)
    return [found[place] for place in range(len(goals))]


def _alike(goals: Sequence[Goal], user: User | None, first: dt.date, last: dt.date, of: Whose | None) -> list[Days]:
    narrowing = next((name for name, field in NARROWED.items() if any(getattr(goal, field) for goal in goals)), "")
    asked = [question_of(goal, of) for goal in goals]
    known = next((one for one in asked if one is not None), None)
    if known is None or goals[0].metric not in METRICS:
        return [Days({}) for _goal in goals]
    where = {name: label for name, label in known["where"].items() if name != narrowing}
    period: dict[str, Any] = {"start": first, "end": last}
    by = ["day", *filter(None, [narrowing])]
    with asking(
        goals[0].metric, by=by, where=where, pipeline=known["pipeline"], user=user, **period
    ) as (tables, question):  # fmt: skip
        key = ("goals", remembering.asked(question, timeless=True))
        told = remembered.answer(tables, key, lambda: _by_day(tables, question), _weight)
    return [Days(_narrowed(told, one["where"].get(narrowing)) if one is not None else {}) for one in asked]


def measured_of_people(goals: Sequence[Goal], first: dt.date, last: dt.date) -> list[Days]:
    """As `measured`, of goals of many people, whoever asks: one question for all of them on a metric."""
    groups: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for place, goal in enumerate(goals):
        groups[goal.metric, goal.pipeline_id, tuple(goal.type_ids), goal.stage_id].append(place)
    names = {number: name for name, number in ids("owner").items()}
    found: dict[int, Days] = {}
    for places in groups.values():
        goal = goals[places[0]]
        asked = question_of(goal, (None, None))
        told: Told = {}
        if asked is not None:
            with asking(goal.metric, by=["day", "owner"], start=first, end=last, **asked) as (tables, question):
                key = ("goals", remembering.asked(question, timeless=True))
                told = remembered.answer(tables, key, partial(_by_day, tables, question), _weight)
        for place in places:
            found[place] = Days(told.get(names.get(goals[place].owner_id or 0), {}))
    return [found[place] for place in range(len(goals))]


def _by_day(tables: Tables, question: Question) -> Told:
    from leadline.insights.metrics.answering import answer  # noqa: PLC0415  Arrow stays off the start-up path

    found: dict[str | None, dict[dt.date, Decimal]] = defaultdict(dict)
    other = question.by[1].name if len(question.by) > 1 else ""
    for row in answer(tables, question):
        if row["day"] is not None:
            found[row.get(other)][dt.date.fromisoformat(row["day"])] = Decimal(row["value"])
    return found


def _weight(told: Told) -> int:
    return sum(map(len, told.values()))


def _narrowed(told: Told, label: object) -> Mapping[dt.date, Decimal]:
    """The days of one label, of several, or (None) of all together."""
    if isinstance(label, str):
        return told.get(label, {})
    chosen = told.values() if label is None else [told[one] for one in told if one in label]  # type: ignore[operator]
    found: dict[dt.date, Decimal] = defaultdict(Decimal)
    for days in chosen:
        for day, value in days.items():
            found[day] += value
    return found
