"""What stands at the head of each column, from one grouped question to the database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce

from leadline.crm.models import Stage
from leadline.crm.models.deal_facts import IDLE_SINCE
from leadline.crm.sums import LEFT_OUT
from leadline.web.pipeline.lanes import Lane, lane_key
from leadline.web.pipeline.sorting import Deals


@dataclass
class Head:
    """Figures of a column, or of all of them: money in the base currency.

    `weighted` is each deal's value times the probability of its stage; None where no stage here has one.
    `without_value` and `without_rate` deals (see `crm.sums`) are in no sum, `without_probability` ones in no weighted
    one.
    """

    count: int = 0
    total: Decimal = Decimal(0)
    weighted: Decimal | None = None
    rotten: int = 0
    without_value: int = 0
    without_rate: int = 0
    without_probability: int = 0

    def take(self, other: Head) -> None:
        """Add another head's figures to this one's."""
        self.count += other.count
        self.total += other.total
        self.rotten += other.rotten
        self.without_value += other.without_value
        self.without_rate += other.without_rate
        self.without_probability += other.without_probability
        if other.weighted is not None:
            self.weighted = (self.weighted or Decimal(0)) + other.weighted


def heads(deals: Deals, lanes: Sequence[Lane], stages: Sequence[Stage], now: dt.datetime) -> dict[str, Head]:
    """The head of every lane by its key."""
    found = {lane.key: Head() for lane in lanes}
    probabilities = {stage.pk: stage.probability for stage in stages}
    figures = {"number": Count("pk"), "money": Sum("value_base"), **LEFT_OUT}
    rows = deals.order_by().alias(idle_since=Coalesce(*IDLE_SINCE)).annotate(lane=lane_key(lanes))
    rotten = rotten_condition(stages, now)
    for row in rows.values("lane", "stage_id").annotate(rotten=Count("pk", filter=rotten), **figures):
        key = str(row["lane"])
        if key in found:
            found[key].take(_head(row, probabilities.get(row["stage_id"])))
    return found


def whole(parts: Iterable[Head]) -> Head:
    """All columns together."""
    total = Head()
    for part in parts:
        total.take(part)
    return total


def rotten_condition(stages: Sequence[Stage], now: dt.datetime) -> Q:
    """R3 for deals annotated with `idle_since`: untouched for longer than their stage allows."""
    rotten = Q(pk__in=[])
    for stage in stages:
        if stage.rot_days is not None:
            rotten |= Q(stage_id=stage.pk, idle_since__lt=now - dt.timedelta(days=stage.rot_days))
    return rotten


def _head(row: dict[str, Any], probability: int | None) -> Head:
    money = row["money"] or Decimal(0)
    return Head(
        count=row["number"],
        total=money,
        weighted=None if probability is None else money * probability / 100,
        rotten=row["rotten"],
        without_value=row["without_value"],
        without_rate=row["without_rate"],
        without_probability=row["number"] if probability is None else 0,
    )
