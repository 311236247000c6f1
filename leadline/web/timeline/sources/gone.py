"""What hung here and is in the trash: said, so that it can be brought back from where it was."""

from __future__ import annotations

from typing import Any

from leadline.activities.models import Activity
from leadline.crm.models import File, Note
from leadline.history.models import Change
from leadline.web.timeline.entries import Entry
from leadline.web.timeline.paging import Mark, older
from leadline.web.timeline.sources.about import About

GONE = {7: Note, 8: File, 9: Activity}  # by rank


def gone(about: About, before: Mark | None, limit: int) -> list[Entry]:
    """By when they were thrown away."""
    if not about.bears:
        return []
    found: list[Entry] = []
    for rank, model in GONE.items():
        rows: Any = model._base_manager.filter(about.hanging(), deleted_at__isnull=False)
        page = list(older(rows, "deleted_at", rank, before)[:limit])
        deaths = _deaths(model.ENTITY, [row.pk for row in page])
        for row in page:
            if death := deaths.get(row.pk):
                found.append(Entry("gone", Mark(row.deleted_at, rank, row.pk), row, changes=[death]))
    return found


def _deaths(entity: str, ids: list[int]) -> dict[int, Change]:
    """The change that threw each away, latest; what an undo took away is not told."""
    if not ids:
        return {}
    rows = Change.objects.filter(entity=entity, record_id__in=ids, verb=Change.DELETE, undoes=None)
    return {change.record_id: change for change in rows.order_by("id")}
