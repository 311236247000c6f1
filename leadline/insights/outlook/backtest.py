"""What forecasts of past days would have said, and what came, in plain numbers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from leadline.insights.outlook.outlook import Cannot


@dataclass(frozen=True)
class Stand:
    """A forecast as it would have stood on a past day, for so many weeks from then on, and what came."""

    day: dt.date
    weeks: int
    low: float
    middle: float
    high: float
    weighted: float
    last_year: float
    sellers: float
    came: float


@dataclass(frozen=True)
class Bin:
    """Past chances of about the same size, and the share of those deals that was won in time, with 90 % interval."""

    said: float
    came: float
    low: float
    high: float
    deals: int
    won: int


@dataclass(frozen=True)
class Backtest:
    """`brier` is the mean squared error of the chances, `plain` that of saying the same of every deal (NaN: none)."""

    weeks: int
    stands: tuple[Stand, ...]
    bins: tuple[Bin, ...]
    brier: float
    plain: float
    cannot: Cannot | None = None
