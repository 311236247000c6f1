"""Which days are worked, and how many lie between two: pure functions of what a company has said about its days."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from leadline.crm.public_holidays import public_holidays

LONGEST_REST = 60  # days; a company that never works has no working day to wait for
MONDAY_TO_FRIDAY = frozenset(range(5))
DAY = dt.timedelta(days=1)


def months_after(day: dt.date, count: int) -> dt.date:
    """The same day of a later month; its last day where the month is too short for it."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@dataclass(frozen=True)
class WorkingDays:
    """A company's days. `weekdays` are 0 (Monday) to 6; `own` holds single days: worked (True) or off (False).

    A day of one's own outweighs a public holiday, which outweighs the weekday.
    """

    weekdays: frozenset[int] = MONDAY_TO_FRIDAY
    country: str = ""
    region: str = ""
    own: Mapping[dt.date, bool] = field(default_factory=dict)

    def is_working_day(self, day: dt.date) -> bool:
        """Whether people work on this day."""
        if day in self.own:
            return self.own[day]
        return self._by_rule(day)

    def working_days_between(self, after: dt.date, until: dt.date) -> int:
        """How many days are worked after one day and up to the other, which counts itself.

        From Friday to Monday it is 1; from a day to itself 0; backwards it is negative. Counts of neighbouring spans
        add up. Takes about as long for ten years as for a week.
        """
        if until < after:
            return -self.working_days_between(until, after)
        own = sum(worked - self._by_rule(day) for day, worked in self.own.items() if after < day <= until)
        return self._weekdays_between(after, until) - self._holidays_between(after, until) + own

    def day_after(self, day: dt.date, count: int = 1) -> dt.date:
        """The working day that is `count` (1 or more) working days after this one."""
        if count < 1:
            raise ValueError(f"count is {count}; it must be 1 or more.")
        while count:
            day += DAY
            count -= self.is_working_day(day)
        return day

    def from_day(self, day: dt.date) -> dt.date:
        """This day where it is worked, else the next one that is; the day itself where none follows."""
        ahead = (day + n * DAY for n in range(LONGEST_REST))
        return next((one for one in ahead if self.is_working_day(one)), day)

    def _by_rule(self, day: dt.date) -> bool:
        return day.weekday() in self.weekdays and day not in public_holidays(self.country, self.region, day.year)

    def _weekdays_between(self, after: dt.date, until: dt.date) -> int:
        weeks, rest = divmod((until - after).days, 7)
        first = after.weekday() + 1
        return weeks * len(self.weekdays) + sum((first + n) % 7 in self.weekdays for n in range(rest))

    def _holidays_between(self, after: dt.date, until: dt.date) -> int:
        """Public holidays that fall on a day otherwise worked."""
        if not self.country:
            return 0
        return sum(
            after < day <= until and day.weekday() in self.weekdays
            for year in range(after.year, until.year + 1)
            for day in public_holidays(self.country, self.region, year)
        )
