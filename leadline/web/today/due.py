"""What somebody has to do by the end of the day: read slim, to be weighed; only what is shown is read whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from leadline.activities.being_due import due_by, due_for, overdue
from leadline.activities.models import Activity, Attendance, Work
from leadline.activities.ordering import Matter, ordered
from leadline.crm.models.deal_facts import IDLE_SINCE
from leadline.web.today.day import DAY, Day, Standing

MOST = 1000  # that are weighed, the latest due: what lies deeper is counted only
MEETINGS = frozenset({"users", "presentation", "users-round", "video"})  # icons of types that are held at an hour
COLUMNS = (
    "pk", "due_at", "due_on", "priority", "place", "colleague_ids", "type__icon", "type__work", "minutes",
    "lead__value", "lead__currency",
    "deal_id", "deal__value_base", "deal__stage_id", "deal__status", "deal__deleted_at", "since",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Due:
    """One thing to do: how it is weighed, and its deal as far as that counts."""

    matter: Matter
    deal: Standing | None


@dataclass(frozen=True)
class ToDo:
    """Everything due today or before, in order; `held` is the part that has its hour today."""

    due: dict[int, Due]
    order: tuple[int, ...]
    count: int
    overdue: int

    @property
    def held(self) -> list[int]:
        found = [one.matter for one in self.due.values() if one.matter.held_at]
        return [one.pk for one in sorted(found, key=lambda one: (one.due, one.pk))]

    @property
    def weighed(self) -> list[int]:
        return [pk for pk in self.order if self.due[pk].matter.held_at is None]


def planned(day: Day) -> QuerySet[Activity]:
    """What is due by the end of the day: their own, and what they take part in as far as the viewer sees it."""
    mine = Activity.objects.filter(owner=day.person)
    joined = list(
        Attendance.objects.filter(user=day.person, activity__done_at=None)
        .filter(due_by(day.date, day.zone, "activity__"))
        .exclude(activity__owner=day.person)
        .values_list("activity_id", flat=True)
    )
    if joined:
        seen = list(Activity.objects.visible_to(day.viewer).filter(pk__in=joined).values_list("pk", flat=True))
        mine |= Activity.objects.filter(pk__in=seen)
    rows: QuerySet[Activity] = mine.filter(due_by(day.date, day.zone), deleted_at=None, done_at=None)
    return rows


def to_do(day: Day) -> ToDo:
    """What is due, weighed by `activities.ordering`."""
    rows = planned(day).alias().annotate(since=Coalesce(*(f"deal__{name}" for name in IDLE_SINCE)))
    latest = list(rows.order_by("-due_at", "-pk").values_list(*COLUMNS)[: MOST + 1])
    found = [_due(day, dict(zip(COLUMNS, row, strict=True))) for row in latest[:MOST]]
    more = len(latest) > MOST
    order = ordered((one.matter for one in found), day.usual, day.now)
    late = (
        planned(day).filter(overdue(day.now, day.zone)).count()
        if more
        else sum(_late(one.matter, day.now) for one in found)
    )
    return ToDo(
        {one.matter.pk: one for one in found},
        tuple(one.pk for one in order),
        planned(day).count() if more else len(found),
        late,
    )


def whole(pks: Sequence[int]) -> dict[int, Activity]:
    """The activities themselves, by id."""
    rows: Any = Activity.objects.select_related("type", "owner")
    return {row.pk: row for row in rows.filter(pk__in=pks)}


def _late(matter: Matter, now: dt.datetime) -> bool:
    return matter.due < now


def _due(day: Day, row: dict[str, Any]) -> Due:
    is_open = row["deal_id"] is not None and row["deal__status"] == "open" and row["deal__deleted_at"] is None
    deal = (
        day.standing(row["deal_id"], row["deal__value_base"], row["deal__stage_id"], row["since"]) if is_open else None
    )
    due = due_for(row["due_at"], row["due_on"], day.zone)
    assert due is not None  # else it were not due by the end of the day
    matter = Matter(
        pk=row["pk"],
        due=due,
        expected=deal.expected if deal else _lead_value(day, row),
        overdue_days=max(0.0, (day.now - due) / DAY),
        rots_in=deal.rots_in if deal else None,
        priority=row["priority"],
        held_at=due if _held(day, row) else None,
    )
    return Due(matter, deal)


def _held(day: Day, row: dict[str, Any]) -> bool:
    """Whether it has its hour today, with others: a meeting, not a call that was put down for ten."""
    at_an_hour = row["due_on"] is None and row["due_at"] >= day.begins
    kept_free = bool(row["minutes"]) and row["type__work"] == Work.INTERNAL
    return at_an_hour and bool(kept_free or row["place"] or row["colleague_ids"] or row["type__icon"] in MEETINGS)


def _lead_value(day: Day, row: dict[str, Any]) -> float | None:
    """A lead's value counts where it is in the base currency: of leads nothing else is kept."""
    value = row["lead__value"]
    return float(value) if value is not None and row["lead__currency"] == day.currency else None
