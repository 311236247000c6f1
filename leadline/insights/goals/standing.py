"""How far a goal is reached in its span, whether that keeps pace, and how often it was reached in a row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

from leadline.activities.models import MEASURES, Goal
from leadline.insights.goals.measured import Days
from leadline.insights.goals.spans import CENT, DAY, Reckoning, Span

SHOWN = 12  # spans


@dataclass(frozen=True, slots=True)
class Round:
    """One span of a goal: what was reached, what was asked. `before`: the goal did not run yet."""

    start: dt.date
    end: dt.date
    reached: Decimal
    amount: Decimal
    before: bool = False

    @property
    def hit(self) -> bool:
        return self.reached >= self.amount

    @property
    def share(self) -> float:
        return float(self.reached / self.amount) if self.amount else 1.0


@dataclass(frozen=True)
class Standing:
    """A goal on a day. `reached` is what `ask.report` says of the same metric, filters and days.

    `expected` is what was to be reached when the day began, `streak` the spans in a row in which it was reached, the
    current one among them only once it is, `best_streak` the longest since it runs. `rounds` are the last spans, this
    one the last. `off`: nobody works in this span, so nothing is asked. `types` are the names of what is
    counted of activities; none: all.
    """

    goal: Goal
    start: dt.date
    end: dt.date
    reached: Decimal
    amount: Decimal
    expected: Decimal
    streak: int
    best_streak: int
    rounds: tuple[Round, ...]
    days_left: int
    off: bool = False
    seasonal: bool = False
    types: tuple[str, ...] = ()
    mend: str = ""
    href: str = ""

    @property
    def share(self) -> float:
        """Of the amount; above 1 where more was reached."""
        return float(self.reached / self.amount) if self.amount else 1.0

    @property
    def expected_by_now(self) -> Decimal:
        return self.expected

    @property
    def is_reached(self) -> bool:
        return self.reached >= self.amount

    @property
    def ahead(self) -> Decimal:
        """How much more than expected; below 0 where it is behind."""
        return self.reached - self.expected

    @property
    def to_go(self) -> Decimal:
        return max(self.amount - self.reached, Decimal(0))

    @property
    def money(self) -> bool:
        return MEASURES[self.goal.metric].money


def streaks(rounds: Sequence[Round], now: Round | None) -> tuple[int, int]:
    """How many rounds up to now were reached in a row, and the most ever. `now` counts once it is reached."""
    row = best = 0
    for one in rounds:
        row = row + 1 if one.hit else 0
        best = max(best, row)
    row += bool(now and now.hit)
    return row, max(best, row)


def rounds_of(goal: Goal, done: Days, spans: Sequence[Span], *, before: bool = False) -> list[Round]:
    money = MEASURES[goal.metric].money
    return [
        Round(span.start, span.end, done.between(span.start, span.end), span.asked(goal.amount, money=money), before)
        for span in spans
    ]


def expected(goal: Goal, span: Span, day: dt.date, company: Reckoning, share: float | None) -> Decimal:
    """What was to be reached when this day began: by working days, or by the `share` that seasons say."""
    money, amount = MEASURES[goal.metric].money, span.asked(goal.amount, money=MEASURES[goal.metric].money)
    if share is None:
        whole = company.worked(span.start, span.end)
        share = company.worked(span.start, min(day - DAY, span.end)) / whole if whole else 0.0
    due = amount * Decimal(str(share))
    # To the thousandth first: 12 x (3 / 12) is 3, whatever fractions make of it.
    due = due.quantize(Decimal("0.001"), ROUND_HALF_UP)
    return due.quantize(CENT, ROUND_HALF_UP) if money else due.to_integral_value(ROUND_FLOOR)
