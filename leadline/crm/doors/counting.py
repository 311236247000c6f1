"""How many came by each of several doors, and when the last one did."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Count, Max

from leadline.crm.intake.counting import Counts
from leadline.crm.models import Arrival, Door


def counts_of(doors: Iterable[Door]) -> dict[int, tuple[Counts, dt.datetime | None]]:
    """For each door, also one by which nobody came: its counts, which add up, and when the last came. One question."""
    states: dict[int, dict[str, int]] = {door.pk: {} for door in doors}
    last: dict[int, dt.datetime] = {}
    rows = Arrival.objects.filter(door__in=list(states)).order_by().values("door_id", "state")
    for row in rows.annotate(n=Count("pk"), newest=Max("came_at")):
        pk = row["door_id"]
        states[pk][row["state"]] = row["n"]
        last[pk] = max(last.get(pk, row["newest"]), row["newest"])
    return {pk: (_counts(found), last.get(pk)) for pk, found in states.items()}


def _counts(found: dict[str, int]) -> Counts:
    return Counts(sum(found.values()), **{name: found.get(name, 0) for name in Counts._fields[1:]})
