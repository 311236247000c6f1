"""What a file of users does not say of the simulated company's people: quotas and targets."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils import timezone

from leadline.accounts.actors import Actor
from leadline.accounts.models import Team, User
from leadline.crm.models import Target
from leadline.history import members
from leadline.insights.simulator.cast import cast_of
from leadline.insights.simulator.company import NOBODY, Company

EPOCH, DAY = dt.date(1970, 1, 1), dt.timedelta(days=1)


def appoint(company: Company, by: Actor) -> None:
    """Leaders, and those who develop leads for others, carry none."""
    cast = cast_of(company)
    without = {cast.email(place) for place, carries in enumerate(company.people.carries_quota) if not carries}
    for user in User.objects.filter(email__in=without, carries_quota=True).order_by("pk"):
        members.change(user, by=by, carries_quota=False)


def set_targets(company: Company, by: Actor) -> None:
    """Bookings wanted of people and of teams, and of the company what its teams add up to."""
    cast, wanted = cast_of(company), company.targets
    users = {user.email: user for user in User.objects.exclude(email=None)}
    teams = {team.name: team for team in Team.objects.all()}
    whole: dict[tuple[dt.date, dt.date], int] = {}
    for person, team, start, end, amount in zip(
        wanted.person, wanted.team, wanted.start_on, wanted.end_on, wanted.amount, strict=True
    ):
        days = (EPOCH + int(start) * DAY, EPOCH + int(end) * DAY)
        user = None if person == NOBODY else users[cast.email(person)]
        its_team = None if team == NOBODY else teams.get(cast.teams[team])
        if amount > 0 and (user or its_team):
            _target(days, int(amount), by, user=user, team=its_team)
        if team != NOBODY:
            whole[days] = whole.get(days, 0) + int(amount)
    for days, amount in whole.items():
        if amount > 0:
            _target(days, amount, by)


def _target(days: tuple[dt.date, dt.date], amount: int, by: Actor, **whose: Any) -> None:
    """Set on its first day, or today where that is still to come."""
    first = min(dt.datetime.combine(days[0], dt.time(), dt.UTC), timezone.now())
    Target(start_on=days[0], end_on=days[1], amount=Decimal(amount), **whose).add(by=by, at=first)
