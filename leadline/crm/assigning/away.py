"""Who is out of the office, and who stands in for them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from leadline.accounts.models import User
from leadline.crm.models import Absence
from leadline.crm.wall_clock import zone_of

DAY = dt.timedelta(days=1)


def away(users: Iterable[User], now: dt.datetime) -> dict[int, Absence]:
    """The absence of each of these who is away now, by their own calendar; that which lasts longest."""
    wanted = {user.pk: now.astimezone(zone_of(user)).date() for user in users}
    if not wanted:
        return {}
    near = Absence.objects.kept().filter(
        owner__in=wanted, start_on__lte=max(wanted.values()), end_on__gte=min(wanted.values())
    )
    found: dict[int, Absence] = {}
    for absence in near.select_related("stand_in").order_by("end_on", "pk"):
        if absence.start_on <= wanted[absence.owner_id] <= absence.end_on:
            found[absence.owner_id] = absence
    return found
