"""How many came by a door, and what became of them: the parts always add up to all of them."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import Count

from leadline.crm.models import Arrival, ArrivalState, Door


class Counts(NamedTuple):
    """`came` is the sum of all the others."""

    came: int
    waiting: int
    taken: int
    joined: int
    spam: int
    failed: int
    refused: int


def counts(door: Door | None = None) -> Counts:
    """Of one door, or of all: one question, so that no arrival is counted in two states."""
    rows = Arrival.objects.order_by() if door is None else Arrival.objects.filter(door=door).order_by()
    by_state = dict(rows.values_list("state").annotate(n=Count("pk")))
    return Counts(sum(by_state.values()), *(by_state.get(state, 0) for state in _ORDER))


_ORDER = (
    ArrivalState.WAITING,
    ArrivalState.TAKEN,
    ArrivalState.JOINED,
    ArrivalState.SPAM,
    ArrivalState.FAILED,
    ArrivalState.REFUSED,
)
