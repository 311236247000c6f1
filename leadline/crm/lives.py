"""The lives of a deal that was opened again: from when to when it was worked on, and how each of them ended (R4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import Q

from leadline.crm.models.deal import Deal
from leadline.history.models import Change
from leadline.history.standing import standing


class Life(NamedTuple):
    """From `began` until `ended`, None for the one that lasts; `end` is the record as it stood at its end."""

    began: dt.datetime
    ended: dt.datetime | None
    end: dict[str, Any]

    @property
    def status(self) -> str:
        return str(self.end.get("status", ""))


def lives(deal: Deal) -> list[Life]:
    """In the order in which they were, without what was taken back; one alone for a deal that was never opened again.

    Lost and then parked is one end: the last that was said of it.
    """
    telling = Q(verb=Change.CREATE) | Q(before__contains='"status"')
    log = Change.objects.filter(telling, entity="deal", record_id=deal.pk).order_by()
    return _lived(deal, sorted(standing(log), key=lambda change: (change.occurred_at, change.id)))


def _lived(deal: Deal, changes: Iterable[Change]) -> list[Life]:
    found: list[Life] = []
    for change in changes:
        new = change.new
        created = change.verb == Change.CREATE
        at = deal.created_at or change.occurred_at if created else change.occurred_at
        is_open = new.get("status") == "open"
        if not found or (is_open and found[-1].ended is not None):
            found.append(Life(at, None if is_open else _ended(new, at), new))
        else:
            found[-1] = Life(found[-1].began, None if is_open else _ended(new, at), new)
    return found


def _ended(new: dict[str, Any], at: dt.datetime) -> dt.datetime:
    return dt.datetime.fromisoformat(new["closed_at"]) if new.get("closed_at") else at
