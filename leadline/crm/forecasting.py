"""Saying how much will be booked: set, changed and taken back by whose it is."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from leadline.accounts.actors import By
from leadline.accounts.models import User
from leadline.crm.models.own_forecast import OwnForecast
from leadline.history.writing import writing


@dataclass(frozen=True)
class Of:
    """Whose bookings (a Whose, with the team where it is a team's) over which days, both included."""

    whose: str
    start_on: dt.date
    end_on: dt.date
    team_id: int | None = None


def own_forecast_of(person: User, of: Of) -> OwnForecast | None:
    """What this person says of it; None where nothing was said."""
    found: OwnForecast | None = (
        OwnForecast.objects.kept()
        .filter(owner=person, whose=of.whose, team=of.team_id, start_on=of.start_on, end_on=of.end_on)
        .first()
    )
    return found


def say(person: User, of: Of, amount: Decimal | None, *, by: By) -> OwnForecast | None:
    """Set, change or (None) take back what a person says. Raises ValidationError, PermissionDenied."""
    with writing():
        row = own_forecast_of(person, of)
        if amount is None:
            return row.trash(by=by) if row else None
        if row:
            return row.edit(by=by, amount=amount)
        return OwnForecast(
            owner=person, whose=of.whose, team_id=of.team_id, start_on=of.start_on, end_on=of.end_on, amount=amount
        ).add(by=by)
