"""The hand-off of a record that waits for its answer, and what becomes of it when the record is no longer waiting."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.utils import timezone

from leadline.accounts.actors import Actor
from leadline.crm.models import Deal, HandOff, HandOffState, Lead, LeadStatus, Status
from leadline.history.bulk import change_each
from leadline.history.recorded import Done

Handed = Lead | Deal
HANDABLE = {Lead.ENTITY: LeadStatus.OPEN, Deal.ENTITY: Status.WON}


def waiting_of(record: Handed) -> HandOff | None:
    """The one that waits for its answer, with both people; there is never another."""
    rows = HandOff.objects.waiting().filter(**{record.ENTITY: record}).select_related("giver", "taker")
    found: HandOff | None = rows.first()
    return found


def may_be_handed(record: Handed) -> bool:
    """An open lead, or a won deal."""
    return record.deleted_at is None and record.status == HANDABLE[record.ENTITY]


def settle(rows: models.QuerySet[Any], state: HandOffState, by: Actor) -> int:
    """Let those of the hand-offs that wait come to an end, in the act of `by`; returns how many did."""

    def end(one: Any) -> None:
        one.state, one.answered_at = state, timezone.now()

    return change_each(rows.filter(state=HandOffState.WAITING, deleted_at=None), end, by=by)


def settle_converted(lead: Lead, by: Actor) -> None:
    """Its taker accepts it by making a deal of it; when anybody else does, it is taken back."""
    rows = HandOff.objects.filter(lead=lead)
    if by.user is not None:
        settle(rows.filter(taker=by.user), HandOffState.ACCEPTED, by)
    settle(rows, HandOffState.WITHDRAWN, by)


def let_go(done: Sequence[Done]) -> None:
    """What was discarded, parked, opened again, thrown away or given to another waits for nobody's answer."""
    for model in (Lead, Deal):
        gone = [part for part in done if isinstance(part.record, model) and _is_gone(part)]
        if gone:
            rows = HandOff.objects.filter(**{f"{model.ENTITY}__in": [part.record.pk for part in gone]})
            settle(rows, HandOffState.WITHDRAWN, Actor(None, "rule", gone[0].act))


def _is_gone(part: Done) -> bool:
    if isinstance(part.record, Lead) and "owner_id" in part.old and part.by_human and not part.undoing:
        return True  # not where the work of somebody who leaves is handed on: the answer is wanted still
    could = HANDABLE[part.record.ENTITY]
    return bool(part.old.get("status", could) == could and not may_be_handed(part.record))
