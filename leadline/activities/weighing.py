"""Activities weighed as on Today, where one has them in hand: by what their deals are worth, and by when these rot."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models.functions import Coalesce

from leadline.activities.being_due import due_for
from leadline.activities.models import Activity
from leadline.activities.ordering import Matter, ordered, usual
from leadline.crm.models import Deal, Lead, Stage, base_currency
from leadline.crm.models.deal_facts import IDLE_SINCE

DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Worth:
    """What a deal or a lead is expected to bring, and in how many days a deal rots."""

    expected: float | None
    rots_in: float | None = None


def weighed(activities: Iterable[Activity], owner_id: int | None, now: dt.datetime, zone: dt.tzinfo) -> list[int]:
    """Ids of activities of one owner, what matters most first; nothing of them is held at its hour any more."""
    rows = list(activities)
    deals = _deals(Deal.objects.open().filter(pk__in={row.deal_id for row in rows if row.deal_id}), now)
    leads = _leads({row.lead_id for row in rows if row.lead_id})
    own = _deals(Deal.objects.open().filter(owner=owner_id), now) if owner_id else {}
    usual_value = usual(deal.expected for deal in own.values())
    matters = [
        _matter(
            row,
            due_for(row.due_at, row.due_on, zone) or now,
            deals.get(row.deal_id or 0) or leads.get(row.lead_id or 0),
            now,
        )
        for row in rows
    ]
    return [matter.pk for matter in ordered(matters, usual_value, now)]


def _matter(row: Activity, due: dt.datetime, on: _Worth | None, now: dt.datetime) -> Matter:
    return Matter(
        pk=row.pk,
        due=due,
        expected=on.expected if on else None,
        overdue_days=max(0.0, (now - due) / DAY),
        rots_in=on.rots_in if on else None,
        priority=row.priority,
    )


def _deals(deals: Any, now: dt.datetime) -> dict[int, _Worth]:
    stages = Stage.objects.in_bulk()
    found = deals.order_by().annotate(idle_since=Coalesce(*IDLE_SINCE))
    return {
        pk: _standing(value, stages.get(stage or 0), since, now)
        for pk, value, stage, since in found.values_list("pk", "value_base", "stage_id", "idle_since")
    }


def _standing(value: Any, stage: Stage | None, since: dt.datetime | None, now: dt.datetime) -> _Worth:
    chance = stage.probability if stage else None
    amount = None if value is None else float(value)
    limit = stage.rot_days if stage else None
    return _Worth(
        amount if amount is None or chance is None else amount * chance / 100,
        None if since is None or limit is None else limit - (now - since) / DAY,
    )


def _leads(pks: set[int]) -> dict[int, _Worth]:
    """A lead's value counts where it is in the base currency: of leads nothing else is kept."""
    rows = Lead.objects.filter(pk__in=pks, currency=base_currency()).order_by()
    return {pk: _Worth(None if value is None else float(value)) for pk, value in rows.values_list("pk", "value")}
