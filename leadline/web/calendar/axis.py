"""The hours down the side of a calendar, right also on the days on which the clocks change.

A place on the axis is a number of minutes below its top. Usually that is the time on the clock. Where an hour passes
twice on one of the days shown, the axis holds it twice: on the other days the second one is no time. An hour that is
left out on a day is no time on that day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

DAY = 24 * 60  # minutes
STEP = 15  # minutes: no clock has ever been changed between two of these in our times
Gap = tuple[int, int]


@dataclass(frozen=True)
class Axis:
    """`twice` are the minutes of the clock, from and up to, that pass twice on the day `fall`; `gaps`: left out."""

    zone: ZoneInfo
    twice: Gap | None = None
    fall: dt.date | None = None
    gaps: dict[dt.date, Gap] = field(default_factory=dict)

    @property
    def length(self) -> int:
        """Minutes from its top to its end."""
        return DAY + self._more

    @property
    def _more(self) -> int:
        return self.twice[1] - self.twice[0] if self.twice else 0

    def place(self, moment: dt.datetime) -> int:
        """Where a moment stands on its day."""
        local = moment.astimezone(self.zone)
        minute = local.hour * 60 + local.minute
        if self.twice and (minute >= self.twice[1] or (minute >= self.twice[0] and local.fold)):
            return minute + self._more
        return minute

    def no_times(self, day: dt.date) -> list[Gap]:
        """The places, from and up to, that are no time on this day."""
        found = [self.gaps[day]] if day in self.gaps else []
        if self.twice and day != self.fall:
            found.append((self.twice[1], self.twice[1] + self._more))
        return found

    def hours(self) -> list[tuple[int, int]]:
        """(place, hour of the clock) of every full hour."""
        found = [(hour * 60, hour) for hour in range(24)]
        if not self.twice:
            return found
        start, end = self.twice
        again = [(end + minute - start, hour) for minute, hour in found if start <= minute < end]
        later = [(place + self._more if place >= end else place, hour) for place, hour in found]
        return sorted([*later, *again])


def axis_of(days: Sequence[dt.date], zone: ZoneInfo) -> Axis:
    """The axis of these days. Of two days with a double hour (no zone has them within a month) the first counts."""
    twice, fall, gaps = None, None, {}
    for day in days:
        start, end = bounds(day, zone)
        if end - start == dt.timedelta(minutes=DAY):
            continue
        before, after = _change(start, end, zone)
        if before < after:
            gaps[day] = (before, after)
        elif twice is None:
            twice, fall = (after, before), day
    return Axis(zone, twice, fall, gaps)


def bounds(day: dt.date, zone: ZoneInfo) -> tuple[dt.datetime, dt.datetime]:
    """The moments (UTC) at which a day begins and ends in this zone: 23, 24 or 25 hours apart."""
    return midnight(day, zone), midnight(day + dt.timedelta(days=1), zone)


def midnight(day: dt.date, zone: ZoneInfo) -> dt.datetime:
    """When a day begins; where midnight itself is left out, with the first moment after it."""
    return dt.datetime.combine(day, dt.time(), zone).astimezone(dt.UTC)


def _change(start: dt.datetime, end: dt.datetime, zone: ZoneInfo) -> Gap:
    """What the clock would have shown at the moment at which it is changed, and what it shows: minutes of the day."""
    if start.astimezone(zone).time() != dt.time():  # midnight itself is left out
        local = start.astimezone(zone)
        return 0, local.hour * 60 + local.minute
    step = dt.timedelta(minutes=STEP)
    moment, offset = start, start.astimezone(zone).utcoffset()
    while moment < end:
        local = moment.astimezone(zone)
        if local.utcoffset() != offset:
            before = (moment - step).astimezone(zone)
            return before.hour * 60 + before.minute + STEP, local.hour * 60 + local.minute
        moment += step
    return DAY, DAY
