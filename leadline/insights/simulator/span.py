"""The time a company is simulated for; inside the engine a time is days since its start, as a float."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import numpy as np

from leadline.insights.simulator.company import DAY, NEVER, Days, Flags, Floats, Moments

EPOCH = dt.date(1970, 1, 1)
MONTH = 30.44  # days
OPENS, HOURS = 7.0, 10.5  # when work begins (UTC), and for how long
NOT_YET = np.inf


@dataclass(frozen=True)
class Span:
    """From the start (day 0) to the end, which is nobody's day any more; records begin on the day `shown`.

    What is before it fills the pipeline and makes customers, so that the records are of a company at work.
    """

    first: dt.date
    until: dt.date
    shown: int

    @property
    def days(self) -> int:
        return (self.until - self.first).days

    @property
    def start(self) -> int:
        """The moment of day 0."""
        return (self.first - EPOCH).days * DAY

    @property
    def recorded(self) -> int:
        """How many days of records there are."""
        return self.days - self.shown

    def day_of(self, date: dt.date) -> float:
        return float((date - self.first).days)

    def moments(self, days: Floats) -> Moments:
        """Seconds since 1970; NEVER for what is at the end or later."""
        there = days < self.days
        seconds = np.where(there, days, 0.0) * DAY
        return np.where(there, self.start + np.floor(seconds).astype(np.int64), NEVER)

    def dates(self, days: Floats) -> Days:
        """Days since 1970, the future included; NEVER for NOT_YET."""
        known = np.isfinite(days)
        found = self.start // DAY + np.floor(np.where(known, days, 0.0)).astype(np.int64)
        return np.where(known, found, NEVER).astype(np.int32)

    def weekday(self, days: Any) -> Any:
        """0 is Monday."""
        return (np.floor(days).astype(np.int64) + self.first.weekday()) % 7

    def weeks(self, days: Floats) -> Any:
        """Whole weeks since the start; what is beyond the end counts as in the last one."""
        return (np.clip(days, 0, self.days - 1) // 7).astype(np.int64)

    def in_office(self, days: Floats, chance: Floats) -> Floats:
        """The same day, or the Monday after it, at some time of the working hours (`chance` in [0, 1))."""
        known = np.isfinite(days)
        day = np.floor(np.where(known, days, 0.0))
        weekday = self.weekday(day)
        moved = day + np.where(weekday >= 5, 7 - weekday, 0) + (OPENS + HOURS * chance) / 24
        return np.where(known, moved, days)

    def off_hours(self, days: Floats) -> Flags:
        """Whether nobody works then."""
        hour = (days % 1) * 24
        found: Flags = (hour < OPENS) | (hour > OPENS + HOURS) | (self.weekday(days) >= 5)
        return found


def months_before(date: dt.date, months: int) -> dt.date:
    """The same day of the month, or the last one the month has."""
    year, month = divmod(date.year * 12 + date.month - 1 - months, 12)
    following = dt.date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return dt.date(year, month + 1, min(date.day, (following - dt.timedelta(days=1)).day))
