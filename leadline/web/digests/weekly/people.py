"""Whom a leader leads, with what stands still on each of their deals: asked once for the whole digest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from leadline.accounts.models import User
from leadline.web.digests.parts import Scope
from leadline.web.today.day import Day
from leadline.web.today.whose import led_by

MOST = 60  # people


@dataclass(frozen=True)
class Person:
    """Somebody who is led: how many deals are open, rotten, and without a next step."""

    user: User
    open: int
    rotten: int
    unplanned: int


def people(scope: Scope) -> Iterator[Person]:
    """In the order of their names."""
    for user in led_by(scope.user)[:MOST]:
        day = Day(user, scope.user, scope.now, scope.zone)
        if day.deals:
            stale = sum(1 for deal in day.deals if deal.rots_in is not None and deal.rots_in < 0)
            yield Person(user, len(day.deals), stale, len(day.unplanned))
