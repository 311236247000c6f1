"""By when whoever is handed something is expected to answer."""

from __future__ import annotations

import datetime as dt

from leadline.accounts.models import User
from leadline.crm.assigning.away import away
from leadline.crm.models import Source
from leadline.crm.offered import Handed
from leadline.crm.wall_clock import at_clock, zone_of
from leadline.crm.working_time import company_time

MINUTE = dt.timedelta(minutes=1)


def due_at(record: Handed, taker: User, now: dt.datetime) -> dt.datetime:
    """As soon as its source promises to leads, in the taker's working time; else by the end of their next working day.

    Whoever is away all the same has until the end of the first working day after that.
    """
    time, zone = company_time(), zone_of(taker)
    source: Source | None = record.source
    absence = away([taker], now).get(taker.pk)
    if source is not None and source.answer_within is not None and absence is None:
        return time.after(now, source.answer_within, zone)
    today = now.astimezone(zone).date()
    day = time.days.day_after(max(today, absence.end_on) if absence else today)
    return at_clock(dt.datetime.combine(day, dt.time()) + time.ends * MINUTE, zone)
