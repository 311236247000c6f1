"""What happened to the record, from the change log; and to what belongs to it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from leadline.crm.models import Answer, Deal, DealProduct, HandOff, Participant
from leadline.history.models import Change
from leadline.history.recorded import Recorded
from leadline.web.timeline.entries import Entry
from leadline.web.timeline.paging import Mark, older
from leadline.web.timeline.sources.about import About

CHANGES, PARTS, DEALS = 6, 5, 4  # ranks
OF: dict[str, tuple[type[Recorded], ...]] = {
    "deal": (DealProduct, Participant, Answer, HandOff),
    "lead": (HandOff,),
}
MAIN = Q(verb=Change.CREATE) | Q(before__contains='"status"')


def own(about: About, before: Mark | None, limit: int) -> list[Entry]:
    """The record's own changes."""
    found = _entries(Change.objects.filter(entity=about.kind, record_id=about.record.pk), CHANGES, before, limit)
    if before is None and len(found) < limit:
        about.log = [entry.row for entry in found]
    return found


def parts(about: About, before: Mark | None, limit: int) -> list[Entry]:
    """Products and people of a deal, put on and taken off; what was answered to its playbooks; hand-offs."""
    if about.kind not in OF:
        return []
    condition = Q(pk__in=[])
    for model in OF[about.kind]:
        rows: models.QuerySet[Any] = model._base_manager.filter(**{about.kind: about.record.pk}).order_by()
        condition |= Q(entity=model.ENTITY, record_id__in=rows.values("pk"))
    return _entries(Change.objects.filter(condition), PARTS, before, limit)


def deals(about: About, before: Mark | None, limit: int) -> list[Entry]:
    """On the page of a person or an organization: their deals, added, won, lost, parked."""
    if not about.deal_ids:
        return []
    rows = Change.objects.filter(MAIN, entity="deal", record_id__in=about.deal_ids)
    found = _entries(rows, DEALS, before, limit)
    named = Deal.objects.visible_to(about.user).in_bulk({entry.row.record_id for entry in found})
    for entry in found:
        entry.on = named.get(entry.row.record_id)
    return found


def _entries(rows: models.QuerySet[Change], rank: int, before: Mark | None, limit: int) -> list[Entry]:
    page = older(rows, "occurred_at", rank, before)[:limit]
    return [Entry("change", Mark(change.occurred_at, rank, change.pk), change, changes=[change]) for change in page]
