"""What happened to the record, from the change log; and to what belongs to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.db.models import Q

from leadline.crm.models import Deal, DealProduct, Participant
from leadline.history.models import Change
from leadline.web.timeline.entries import Entry
from leadline.web.timeline.paging import Mark, older
from leadline.web.timeline.sources.about import About

CHANGES, PARTS, DEALS = 6, 5, 4  # ranks
MOST_DEALS = 200
MAIN = Q(verb=Change.CREATE) | Q(before__contains='"status"')


def own(about: About, before: Mark | None, limit: int) -> list[Entry]:
    """The record's own changes."""
    return _entries(Change.objects.filter(entity=about.kind, record_id=about.record.pk), CHANGES, before, limit)


def parts(about: About, before: Mark | None, limit: int) -> list[Entry]:
    """Products and people of a deal, put on and taken off."""
    if about.kind != "deal":
        return []
    condition = Q(pk__in=[])
    for model in (DealProduct, Participant):
        rows: models.QuerySet[Any] = model._base_manager.filter(deal=about.record.pk)
        if ids := list(rows.values_list("pk", flat=True)[:500]):
            condition |= Q(entity=model.ENTITY, record_id__in=ids)
    return _entries(Change.objects.filter(condition), PARTS, before, limit) if condition != Q(pk__in=[]) else []


def deals(about: About, before: Mark | None, limit: int) -> list[Entry]:
    """On the page of a person or an organization: their deals, added, won, lost, parked."""
    if about.kind not in ("person", "organization"):
        return []
    rows = Deal.objects.visible_to(about.user).filter(**{about.kind: about.record.pk}).kept()
    seen = {deal.pk: deal for deal in rows.order_by("-pk")[:MOST_DEALS]}
    if not seen:
        return []
    found = _entries(Change.objects.filter(MAIN, entity="deal", record_id__in=list(seen)), DEALS, before, limit)
    for entry in found:
        entry.on = seen[entry.row.record_id]
    return found


def undone_among(changes: Sequence[Change]) -> set[int]:
    """The ids of those that have been taken back since, and stay so."""
    ids = {change.id for change in changes}
    if not ids:
        return set()
    records: dict[str, set[int]] = {}
    for change in changes:
        records.setdefault(change.entity, set()).add(change.record_id)
    condition = Q(pk__in=[])
    for entity, record_ids in records.items():
        condition |= Q(entity=entity, record_id__in=record_ids)
    since = min(change.occurred_at for change in changes)
    rows = Change.objects.filter(condition, occurred_at__gte=since, undoes__isnull=False)
    gone: set[int] = set()
    for pk, undoes in rows.order_by("-id").values_list("pk", "undoes"):
        if pk not in gone:
            gone.add(undoes)
    return gone & ids


def _entries(rows: models.QuerySet[Change], rank: int, before: Mark | None, limit: int) -> list[Entry]:
    page = older(rows, "occurred_at", rank, before)[:limit]
    return [Entry("change", Mark(change.occurred_at, rank, change.pk), change, changes=[change]) for change in page]
