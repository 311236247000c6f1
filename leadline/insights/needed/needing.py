"""From a plan to what it needs. Pure: no database, no clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np

from leadline.insights.needed.answer import Doing, Estimate, Needed, Stage, estimate
from leadline.insights.needed.plan import Plan, Step, Work
from leadline.insights.needed.share import DRAWS, Share
from leadline.insights.numbers.proportions import Floats

OF_WORK = 1_000  # the streams of draws of activities begin here; those of stages at 0
DAYS_A_WEEK = 7


def needed(plan: Plan) -> Needed:
    """Deals needed in every stage, deals to add and activities a day for the plan's goal (R7, R8).

    Needed in stage k is the wins to come over the product of conversions from k on; to add per week is what the first
    stage needs, less what the open deals stand for, over the weeks until deadline - median time to close. Intervals
    are those of the measured conversions alone: 90 % of 2,000 draws of their Jeffreys posteriors, with a fixed seed.
    """
    steps, to_win = plan.steps, plan.goal.to_win
    chances = _chances([step.share.value for step in steps])
    drawn = _drawn_chances(steps)
    stages = tuple(_stage(steps[k:], chances[k:], drawn[k:], to_win) for k in range(len(steps)))
    adding = stages[0].missing if stages else Estimate()
    last_day, weeks = _last_day(plan)
    return Needed(
        to_win=to_win,
        stages=stages,
        expected=estimate(_expected(steps, chances), _expected_drawn(steps, drawn)),
        to_add=adding,
        per_week=_shared_out(adding, weeks),
        last_day=last_day,
        weeks=weeks,
        work=tuple(_doing(work, to_win, plan.working_days, OF_WORK + n) for n, work in enumerate(plan.work)),
    )


def _drawn_chances(steps: Sequence[Step]) -> Floats:
    """One row per step, a draw per column."""
    drawn = [step.share.draws(stream) for stream, step in enumerate(steps)]
    found = np.empty((len(steps), DRAWS))
    found[:] = np.cumprod(drawn[::-1], axis=0)[::-1] if drawn else 0.0
    return found


def _chances(shares: Sequence[float | None]) -> list[float | None]:
    """The chance to be won from each stage: the product of the shares from there on."""
    found: list[float | None] = []
    chance: float | None = 1.0
    for share in reversed(shares):
        chance = None if chance is None or share is None else chance * share
        found.append(chance)
    return found[::-1]


def _stage(steps: Sequence[Step], chances: Sequence[float | None], drawn: Floats, to_win: float | None) -> Stage:
    """Of the first of these steps; the others are those that follow it."""
    wins, chance = _of(to_win), chances[0]
    rest_drawn = np.maximum(wins - _expected_drawn(steps, drawn), 0)
    return Stage(
        steps[0],
        needed=estimate(_deals(to_win, chance), _over(wins, drawn[0])),
        missing=estimate(_deals(_rest(to_win, _expected(steps, chances)), chance), _over(rest_drawn, drawn[0])),
        per_win=estimate(_deals(1.0, chance), _over(_of(1.0), drawn[0])),
    )


def _deals(wins: float | None, chance: float | None) -> float | None:
    """How many deals bring these wins; None where nobody knows, or no number does."""
    if wins == 0:
        return 0.0
    return wins / chance if wins and chance else None


def _rest(to_win: float | None, expected: float | None) -> float | None:
    return None if to_win is None or expected is None else max(to_win - expected, 0.0)


def _expected(steps: Sequence[Step], chances: Sequence[float | None]) -> float | None:
    """The wins that the open deals should bring; None where deals stand at a stage whose chance is unknown."""
    parts = [0.0 if not step.there else chance for step, chance in zip(steps, chances, strict=True)]
    if any(part is None for part in parts):
        return None
    return sum(step.there * (part or 0.0) for step, part in zip(steps, parts, strict=True))


def _expected_drawn(steps: Sequence[Step], chances: Floats) -> Floats:
    """The expected wins of each draw; a stage where no deal stands adds nothing, whatever its chance."""
    there = np.array([step.there for step in steps], dtype=np.float64)
    filled = there > 0
    if not filled.any():
        return np.zeros(DRAWS)
    found: Floats = there[filled] @ chances[filled]
    return found


def _last_day(plan: Plan) -> tuple[dt.date | None, float | None]:
    """The last day on which an added deal usually still closes in time, and the weeks until then."""
    if plan.days_to_close is None:
        return None, None
    left = (plan.goal.deadline - plan.goal.today).days - plan.days_to_close
    try:
        last = plan.goal.deadline - dt.timedelta(days=int(np.ceil(plan.days_to_close)))
    except OverflowError:
        return None, None
    return last, left / DAYS_A_WEEK


def _doing(work: Work, to_win: float | None, days: int, stream: int) -> Doing:
    """A win takes the activities per closed deal over the share that is won; of these two only the share is drawn."""
    per_win, draws = _per_win(work, stream)
    return Doing(
        work,
        estimate(per_win, draws),
        estimate(_times(per_win, to_win, days), draws * _of(to_win) / days if days > 0 else draws),
        estimate(_times(per_win, to_win, 1), draws * _of(to_win)),
    )


def _per_win(work: Work, stream: int) -> tuple[float | None, Floats]:
    closed = work.won + work.lost
    won = Share(work.won, closed).draws(stream)
    if work.typed is None and work.measured is not None:
        return work.measured, work.done / closed / won
    value = work.typed if work.typed is not None else work.guess
    return value, _of(value)


def _times(per_win: float | None, to_win: float | None, days: int) -> float | None:
    return None if per_win is None or to_win is None or days <= 0 else per_win * to_win / days


def _shared_out(whole: Estimate, weeks: float | None) -> Estimate:
    if weeks is None or weeks <= 0 or whole.value is None:
        return Estimate(0.0 if whole.value == 0 else None)
    low, high = (None if end is None else end / weeks for end in (whole.low, whole.high))
    return Estimate(whole.value / weeks, low, high)


def _of(value: float | None) -> Floats:
    return np.full(DRAWS, np.nan if value is None else value, dtype=np.float64)


def _over(numbers: Floats, chances: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        found: Floats = numbers / chances
    return found
