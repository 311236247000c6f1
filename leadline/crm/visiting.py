"""The visits of one deal: from when to when it stood, open, in each stage, as its log has it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

import orjson
from django.db.models import Q

from leadline.crm.models.deal import Deal
from leadline.history.models import Change
from leadline.history.standing import standing


class Visit(NamedTuple):
    """A time in one stage; `ended` is None for the one that lasts, `began` where nobody knows."""

    stage_id: int
    began: dt.datetime | None
    ended: dt.datetime | None

    def days(self, now: dt.datetime) -> float | None:
        return ((self.ended or now) - self.began) / dt.timedelta(days=1) if self.began else None


def visits(deal: Deal, log: Iterable[Change] | None = None) -> list[Visit]:
    """In the order in which they were; without moves that were taken back. A closed deal visits no stage (R3).

    `log`: all of the deal's changes, in any order, where they have been read already.
    """
    found: list[Visit] = []
    changes = standing(log) if log is not None else standing(_moves(deal))
    for change in sorted(changes, key=lambda change: (change.occurred_at, change.id)):
        new = change.new
        at = deal.created_at if change.verb == Change.CREATE else change.occurred_at
        stage = new.get("stage_id") if new.get("status") == "open" and "deleted_at" not in new else None
        if found and found[-1].ended is None:
            if found[-1].stage_id == stage:
                continue
            found[-1] = found[-1]._replace(ended=at)
        if stage is not None:
            found.append(Visit(stage, at, None))
    return found


def days_in_stages(stays: Iterable[Visit], now: dt.datetime) -> dict[int, float]:
    """Days by stage, all visits to it together; a visit of unknown length counts nothing."""
    days: dict[int, float] = defaultdict(float)
    for visit in stays:
        days[visit.stage_id] += max(visit.days(now) or 0, 0)
    return dict(days)


class _Move(NamedTuple):
    """What `visits` needs of a change: a deal may have thousands."""

    id: int
    occurred_at: dt.datetime
    verb: str
    after: str
    undoes: int | None

    @property
    def new(self) -> dict[str, Any]:
        return orjson.loads(self.after)  # type: ignore[no-any-return]  # an object, as Change.new


def _moves(deal: Deal) -> list[Any]:
    """The changes that tell where it stood."""
    telling = Q(verb=Change.CREATE)
    for name in ("stage_id", "status", "deleted_at"):
        telling |= Q(before__contains=f'"{name}"')
    rows = Change.objects.filter(telling, entity="deal", record_id=deal.pk).order_by()
    return [_Move(*row) for row in rows.values_list(*_Move._fields)]
