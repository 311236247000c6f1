"""Which target is worked towards now: of a person, of a team, of the company."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from leadline.accounts.models import User
from leadline.crm.models import Target

# The metrics that the needed numbers can be computed for, the more telling one first.
UNITS = {"booked_revenue": "money", "deals_won": "wins"}


@dataclass(frozen=True)
class Aim:
    """How much is to be won from one day to another; `shared` people's own targets add up to it (0: it is one)."""

    amount: Decimal
    unit: str
    start: dt.date
    end: dt.date
    shared: int = 0


def aim_for(
    user: User, today: dt.date, pipeline: int, *, person: int | None = None, team: int | None = None
) -> Aim | None:
    """The target of that person or team, or (neither) of the company, of which `today` is a day; None without one.

    One of this pipeline goes before one of all, money before wins. Where the company has none, those who lead work
    towards what its people's targets add up to.
    """
    current = Target.objects.visible_to(user).kept().within(today, today).filter(metric__in=UNITS)
    found = sorted(
        (row for row in current if row.pipeline_id in (None, pipeline)),
        key=lambda row: (row.pipeline_id is None, list(UNITS).index(row.metric), row.end_on, row.pk),
    )
    for row in found:
        if (row.user_id, row.team_id) == (person, team):
            return Aim(row.amount, UNITS[row.metric], row.start_on, row.end_on)
    return _of_people(found) if person is None and team is None and user.leads else None


def _of_people(targets: list[Target]) -> Aim | None:
    """The sum of people's targets of the same metric, pipeline and days: of the kind that most of them have."""
    alike: dict[tuple[object, ...], list[Target]] = defaultdict(list)
    for row in targets:
        if row.user_id is not None:
            alike[row.pipeline_id, row.metric, row.start_on, row.end_on].append(row)
    rows = max(alike.values(), key=len, default=[])
    if not rows:
        return None
    amount = sum((row.amount for row in rows), Decimal(0))
    return Aim(amount, UNITS[rows[0].metric], rows[0].start_on, rows[0].end_on, len(rows))
