"""Working time between two moments, by the clocks of whoever works: pure functions of days, hours and a time zone.

It is measured as clocks show it: an hour that clocks skip or show twice in the middle of somebody's working day counts
as they show it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from leadline.crm.wall_clock import at_clock, clock_of
from leadline.crm.working_days import DAY, LONGEST_REST, WorkingDays

MINUTE = dt.timedelta(minutes=1)
NONE = dt.timedelta()


@dataclass(frozen=True)
class WorkingTime:
    """The company's days, and when work begins and ends on them, in minutes since midnight."""

    days: WorkingDays = field(default_factory=WorkingDays)
    begins: int = 9 * 60
    ends: int = 17 * 60

    @property
    def a_day(self) -> dt.timedelta:
        return (self.ends - self.begins) * MINUTE

    def after(self, start: dt.datetime, minutes: int, zone: dt.tzinfo) -> dt.datetime:
        """The moment (UTC) by which so many minutes of work have passed since `start`.

        Where nobody works for two months on end, as long after the day on which that began as if they did.
        """
        now, left = clock_of(start, zone), minutes * MINUTE
        day, rest = now.date(), 0
        while True:
            first, last = self._hours(day)
            if rest >= LONGEST_REST or self.days.is_working_day(day):
                begin = max(now, first)
                if last - begin >= left and begin <= last:
                    return at_clock(begin + left, zone)
                left -= max(last - begin, NONE)
                rest = 0 if rest < LONGEST_REST else rest
            else:
                rest += 1
            day += DAY

    def between(self, start: dt.datetime, end: dt.datetime, zone: dt.tzinfo) -> dt.timedelta:
        """How much work lies between two moments; none where the second comes first."""
        begin, stop = clock_of(start, zone), clock_of(end, zone)
        if stop <= begin:
            return NONE
        if begin.date() == stop.date():
            return self._on(begin.date(), begin, stop)
        whole = self.days.working_days_between(begin.date(), stop.date() - DAY)
        first, last = self._on(begin.date(), begin, None), self._on(stop.date(), None, stop)
        return first + whole * self.a_day + last

    def _on(self, day: dt.date, begin: dt.datetime | None, stop: dt.datetime | None) -> dt.timedelta:
        if not self.days.is_working_day(day):
            return NONE
        first, last = self._hours(day)
        return max(min(last, stop or last) - max(first, begin or first), NONE)

    def _hours(self, day: dt.date) -> tuple[dt.datetime, dt.datetime]:
        midnight = dt.datetime.combine(day, dt.time())
        return midnight + self.begins * MINUTE, midnight + self.ends * MINUTE
