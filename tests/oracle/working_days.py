"""Working days counted one by one: slow, and hard to get wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping


def worked(day: dt.date, weekdays: set[int], holidays: set[dt.date], own: Mapping[dt.date, bool]) -> bool:
    if day in own:
        return own[day]
    return day.weekday() in weekdays and day not in holidays


def between(
    after: dt.date, until: dt.date, weekdays: set[int], holidays: set[dt.date], own: Mapping[dt.date, bool]
) -> int:
    count, day = 0, min(after, until)
    while day < max(after, until):
        day += dt.timedelta(days=1)
        count += worked(day, weekdays, holidays, own)
    return count if until >= after else -count
