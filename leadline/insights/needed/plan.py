"""What is known and wanted, before anything is computed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from leadline.insights.needed.share import Share

MONEY, WINS = "money", "wins"


@dataclass(frozen=True)
class Goal:
    """How much is to be won between `today` and the `deadline`, which counts itself: money or a number of wins.

    `reached` of it is won already. `mean_won` is what a won deal brings on average; without it money cannot be turned
    into wins.
    """

    amount: Decimal
    unit: str
    today: dt.date
    deadline: dt.date
    reached: Decimal = Decimal(0)
    mean_won: Decimal | None = None

    def __post_init__(self) -> None:
        if self.unit not in (MONEY, WINS):
            raise ValueError(f"A target is of money or wins, not of {self.unit!r}.")
        if self.amount < 0 or self.reached < 0:
            raise ValueError("A target and what is reached of it are not below 0.")

    @property
    def to_win(self) -> float | None:
        """The wins that are still to come, not rounded; None where a win's value is unknown."""
        rest = max(self.amount - self.reached, Decimal(0))
        if self.unit == WINS or not rest:
            return float(rest)
        return float(rest / self.mean_won) if self.mean_won and self.mean_won > 0 else None


@dataclass(frozen=True)
class Step:
    """A stage in its order: the share that goes on from it (of the last one: that is won), and how many stand there."""

    stage: int
    name: str
    share: Share
    there: int = 0


@dataclass(frozen=True)
class Work:
    """One type of activity: `done` on deals that were closed, `won` and `lost`; or how many a win takes, typed over."""

    activity_type: int
    name: str
    done: int = 0
    won: int = 0
    lost: int = 0
    typed: float | None = None
    guess: float | None = None

    @property
    def measured(self) -> float | None:
        """How many a win took; None where nothing was won, or none of the type was ever done on what was closed."""
        return self.done / self.won if self.done and self.won else None


@dataclass(frozen=True)
class Plan:
    """All that the needed numbers follow from.

    `days_to_close` is the median from adding a deal to winning it (None: unknown); `working_days` are those left,
    today among them if it is worked.
    """

    goal: Goal
    steps: tuple[Step, ...]
    days_to_close: float | None = None
    working_days: int = 0
    work: tuple[Work, ...] = ()
