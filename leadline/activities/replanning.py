"""What was left undone gets new days: spread evenly over the next working days, the weightiest first."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from leadline.accounts.actors import Actor, By, actor
from leadline.activities.models import Activity
from leadline.activities.weighing import weighed
from leadline.activities.zones import at_clock, clock_of, zone_of
from leadline.crm.listing.changing import Outcome, change_all
from leadline.crm.working_days import WorkingDays
from leadline.crm.working_time import company_days

WORKING_WEEK = 5  # days over which is spread where nobody says how many a day
MOST_A_DAY = 100


@dataclass
class Spread:
    """On which day each activity is now, by id, and what became of each (`refused` says why)."""

    days: dict[int, dt.date]
    outcome: Outcome


def spread(
    activities: Iterable[Activity],
    *,
    by: By,
    start: dt.date | None = None,
    per_day: int | None = None,
    zone: dt.tzinfo | None = None,
) -> Spread:
    """Re-plan activities in one act: from `start` (today) on over five working days, or over more of them where
    otherwise a day would have more than `per_day`.

    Each stands at the time of day it had, by its owner's clock (`zone`: by this one), on its new day; where that is
    over today, on the day alone. Each is asked about by itself; what is done stays. Raises ValidationError for a
    `per_day` that is none.
    """
    doer, now = actor(by).together(), timezone.now()
    rows = list(activities)
    days = planned(rows, start=start, per_day=per_day, zone=zone)

    def deed(activity: Any, by: Actor) -> None:
        if activity.done_at is None:
            activity.edit(by=by, **due_on(activity, days[activity.pk], zone or zone_of(activity.owner), now))

    seen = Activity.objects.visible_to(doer.user) if doer.user else Activity.objects.all()
    return Spread(days, change_all(seen.kept(), list(days), deed, doer))


def planned(
    activities: Iterable[Activity],
    *,
    start: dt.date | None = None,
    per_day: int | None = None,
    zone: dt.tzinfo | None = None,
) -> dict[int, dt.date]:
    """The day that each would get, by id: for whoever wants to see it first. Each owner's are spread by themselves."""
    if per_day is not None and not 1 <= per_day <= MOST_A_DAY:
        raise ValidationError({"per_day": _("Choose 1 to %(most)d a day.") % {"most": MOST_A_DAY}})
    of_owner: dict[int | None, list[Activity]] = defaultdict(list)
    for activity in activities:
        of_owner[activity.owner_id].append(activity)
    calendar, now = company_days(), timezone.now()
    found: dict[int, dt.date] = {}
    for owner_id, theirs in of_owner.items():
        clock = zone or zone_of(theirs[0].owner)
        first = start or now.astimezone(clock).date()
        found |= dict(_dealt(weighed(theirs, owner_id, now, clock), calendar, first, per_day))
    return found


def _dealt(ids: list[int], calendar: WorkingDays, start: dt.date, per_day: int | None) -> Iterable[tuple[int, dt.date]]:
    """Ids in their order with their days: none has more than one activity more than another."""
    count = max(min(WORKING_WEEK, len(ids)), -(-len(ids) // per_day) if per_day else 0)
    size, more = divmod(len(ids), count)
    day, given = calendar.from_day(start), 0
    for n in range(count):
        end = given + size + (n < more)
        yield from ((pk, day) for pk in ids[given:end])
        day, given = (calendar.day_after(day) if end < len(ids) else day), end


def due_on(activity: Any, day: dt.date, zone: dt.tzinfo, now: dt.datetime) -> dict[str, Any]:
    """What to edit so that it is due on this day, at the time of day it had as far as that is to come."""
    if activity.due_on or activity.due_at is None:
        return {"due_on": day}
    at = at_clock(dt.datetime.combine(day, clock_of(activity.due_at, zone).time()), zone)
    return {"due_at": at} if at > now else {"due_on": day}
