"""When something is due for who reads it: a day alone is that day wherever one is, an hour is a moment.

`due_at` of a day alone is the end of that day on its owner's clock: good for an order, but east of it that lies in the
reader's next day already. Whatever asks "due today" or "overdue" asks here.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Q

from leadline.activities.zones import at_clock, end_of_day

DAY = dt.timedelta(days=1)
APART = dt.timedelta(hours=26)  # between the clocks that are furthest apart


def due_for(due_at: dt.datetime | None, due_on: dt.date | None, zone: dt.tzinfo) -> dt.datetime | None:
    """The moment after which it is overdue in this zone."""
    return end_of_day(due_on, zone) if due_on else due_at


def is_late(activity: Any, now: dt.datetime, zone: dt.tzinfo) -> bool:
    """Planned, and for a reader in this zone its time has passed."""
    due = due_for(activity.due_at, activity.due_on, zone)
    return activity.done_at is None and due is not None and due < now


def due_between(first: dt.date | None, last: dt.date | None, zone: dt.tzinfo, path: str = "") -> Q:
    """Due on one of these days of the zone; None leaves a side open. `path` leads to the activity, "activity__".

    What `due_at` must be in any case is said first: an index knows that.
    """
    at, on = f"{path}due_at", f"{path}due_on"
    near, moments, days = Q(), Q(**{on: None}), Q(**{f"{on}__isnull": False})
    if first is not None:
        begins = at_clock(dt.datetime.combine(first, dt.time()), zone)
        near &= Q(**{f"{at}__gte": begins - APART})
        moments, days = moments & Q(**{f"{at}__gte": begins}), days & Q(**{f"{on}__gte": first})
    if last is not None:
        ends = end_of_day(last, zone) + dt.timedelta(seconds=1)
        near &= Q(**{f"{at}__lt": ends + APART})
        moments, days = moments & Q(**{f"{at}__lt": ends}), days & Q(**{f"{on}__lte": last})
    return near & (moments | days)


def due_by(day: dt.date, zone: dt.tzinfo, path: str = "") -> Q:
    """Due on this day of the zone or before."""
    return due_between(None, day, zone, path)


def overdue(now: dt.datetime, zone: dt.tzinfo) -> Q:
    """Whose time has passed, done or not: as `is_late` says of one."""
    hour = Q(due_on=None, due_at__lt=now)
    return Q(due_at__lt=now + APART) & (hour | Q(due_on__lt=now.astimezone(zone).date()))
