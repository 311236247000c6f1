"""What of the log has come to stand: what was taken back does not, unless that was taken back in its turn."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import Q

from leadline.history.models import Change


def standing(changes: Iterable[Change]) -> list[Change]:
    """What has come to stand of one record's changes: without those taken back, and without the takings back."""
    ordered = sorted(changes, key=lambda change: change.id, reverse=True)
    gone = _gone((change.id, change.undoes) for change in ordered)
    return [change for change in reversed(ordered) if change.undoes is None and change.id not in gone]


def undone_among(changes: Sequence[Change]) -> set[int]:
    """The ids of those that have been taken back since, and stay so; in one query."""
    ids = {change.id for change in changes}
    if not ids:
        return set()
    records: dict[str, set[int]] = defaultdict(set)
    for change in changes:
        records[change.entity].add(change.record_id)
    condition = Q(pk__in=[])
    for entity, record_ids in records.items():
        condition |= Q(entity=entity, record_id__in=record_ids)
    since = min(change.occurred_at for change in changes)
    rows = Change.objects.filter(condition, occurred_at__gte=since, undoes__isnull=False)
    return _gone(rows.order_by("-id").values_list("pk", "undoes")) & ids


def _gone(takings_back: Iterable[tuple[int, int | None]]) -> set[int]:
    """Of (id, the id of what it takes back), latest first: what does not stand."""
    gone: set[int] = set()
    for pk, undoes in takings_back:
        if pk not in gone and undoes is not None:
            gone.add(undoes)
    return gone
