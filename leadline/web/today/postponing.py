"""Putting an activity off to the next day, without losing its hour."""

from __future__ import annotations

import datetime as dt

from leadline.accounts.actors import By
from leadline.activities.models import Activity
from leadline.activities.zones import at_clock, clock_of
from leadline.web.today.day import DAY, Day


def to_tomorrow(activity: Activity, day: Day, *, by: By) -> Activity:
    """Tomorrow of the day's reader; a day alone stays one, an hour stays the same on the clock."""
    tomorrow = day.date + DAY
    if activity.due_on is not None or activity.due_at is None:
        return activity.edit(by=by, due_on=tomorrow)
    hour = clock_of(activity.due_at, day.zone).time()
    return activity.edit(by=by, due_at=at_clock(dt.datetime.combine(tomorrow, hour), day.zone))
