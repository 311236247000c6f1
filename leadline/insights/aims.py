"""Which target is worked towards now: of a person, of a team, of the company."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from leadline.accounts.models import User
from leadline.crm.models import Target
from leadline.insights.sight import COMPANY, Whose, sight_of

# The metrics that the needed numbers can be computed for, the more telling one first.
UNITS = {"booked_revenue": "money", "deals_won": "wins"}


@dataclass(frozen=True)
class Aim:
    """How much is to be won from one day to another; `shared` people's own targets add up to it (0: it is one).

    It is of one `pipeline`, or (None) of all of them together, and of a person, a team or (neither) the company.
    """

    amount: Decimal
    unit: str
    start: dt.date
    end: dt.date
    shared: int = 0
    pipeline: int | None = None
    person: int | None = None
    team: int | None = None


def aim_for(
    user: User, today: dt.date, pipeline: int, *, person: int | None = None, team: int | None = None
) -> Aim | None:
    """The target of that person or team, or (neither) of the company, of which `today` is a day; None without one.

    One of this pipeline goes before one of all, money before wins. Where the company has none, those who lead work
    towards what its people's targets add up to. Nothing is held against a part of the deals: who does not see all of
    the company's is told their team's target if they see all of the team's, else their own; of others they are told
    none.
    """
    sight, asked = sight_of(user), (person, team)
    current = Target.objects.visible_to(user).kept().within(today, today).filter(metric__in=UNITS)
    found = sorted(
        (row for row in current if row.pipeline_id in (None, pipeline)),
        key=lambda row: (row.pipeline_id is None, list(UNITS).index(row.metric), row.end_on, row.pk),
    )
    if asked == COMPANY and sight.widest != COMPANY:
        return _of_one(found, sight.widest) or _of_one(found, (user.pk, None))
    if not sight.whole(*asked):
        return None
    return _of_one(found, asked) or (_of_people(found) if asked == COMPANY and user.leads else None)


def _of_one(targets: Sequence[Target], whose: Whose) -> Aim | None:
    for row in targets:
        if (row.user_id, row.team_id) == whose:
            return Aim(
                row.amount, UNITS[row.metric], row.start_on, row.end_on,
                pipeline=row.pipeline_id, person=row.user_id, team=row.team_id,
            )  # fmt: skip
    return None


def _of_people(targets: Sequence[Target]) -> Aim | None:
    """The sum of people's targets of the same metric, pipeline and days: of the kind that most of them have."""
    alike: dict[tuple[object, ...], list[Target]] = defaultdict(list)
    for row in targets:
        if row.user_id is not None:
            alike[row.pipeline_id, row.metric, row.start_on, row.end_on].append(row)
    rows = max(alike.values(), key=len, default=[])
    if not rows:
        return None
    amount, one = sum((row.amount for row in rows), Decimal(0)), rows[0]
    return Aim(amount, UNITS[one.metric], one.start_on, one.end_on, len(rows), one.pipeline_id)
