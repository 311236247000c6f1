"""The needed numbers, each with its 90 % interval."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

import numpy as np

from leadline.insights.needed.plan import Step, Work
from leadline.insights.needed.share import TAIL
from leadline.insights.numbers.proportions import Floats

CRUMB = 1e-9  # 8 / 0.05 is 160.00000000000003 to a computer, and nobody needs a 161st deal for that


@dataclass(frozen=True)
class Estimate:
    """A number and what it may be; None for what cannot be said."""

    value: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def whole(self) -> int | None:
        """Rounded up: 7.2 deals are 8."""
        return whole(self.value)


@dataclass(frozen=True)
class Stage:
    """A stage: the deals needed in it, and those `missing`: less what stands there and further on should bring."""

    step: Step
    needed: Estimate
    missing: Estimate
    per_win: Estimate


@dataclass(frozen=True)
class Doing:
    """An activity type: how many a win takes, and how many are needed on each working day."""

    work: Work
    per_win: Estimate
    per_day: Estimate
    in_all: Estimate


@dataclass(frozen=True)
class Needed:
    """The answer to a plan.

    `expected` are the wins that what is open should bring. `to_add` deals have to enter the first stage by `last_day`,
    the last on which an added deal can still close in time as deals usually do; `per_week` is None when that is past
    (`too_late`) or unknown.
    """

    to_win: float | None
    stages: tuple[Stage, ...]
    expected: Estimate
    to_add: Estimate
    per_week: Estimate
    last_day: dt.date | None
    weeks: float | None
    work: tuple[Doing, ...]

    @property
    def too_late(self) -> bool:
        """Whether deals still have to be added, and would usually not close in time."""
        return bool(self.to_add.value) and self.weeks is not None and self.weeks <= 0


def whole(value: float | None) -> int | None:
    """The number rounded up, but for what computers add to it."""
    return None if value is None else math.ceil(value - CRUMB * max(1.0, abs(value)))


def estimate(value: float | None, draws: Floats) -> Estimate:
    """The value with the 90 % interval of its draws, stretched to hold the value itself; nothing of what is unknown."""
    if value is None or not math.isfinite(value):
        return Estimate()
    if not np.isfinite(draws).all():
        return Estimate(value)
    low, high = np.quantile(draws, (TAIL, 1 - TAIL))
    return Estimate(value, min(float(low), value), max(float(high), value))
