"""The one exception to "only ever added": a person's data taken out of the log, and a row that says so."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from leadline.accounts.actors import Actor
from leadline.history.models import Change
from leadline.history.values import dumps
from leadline.history.writing import Entry, append


def erase(entity: str, record_id: int, fields: Iterable[str], by: Actor) -> int:
    """Take these fields out of every change of one record; returns how many changes were rewritten.

    Their names stay (that something was changed is no secret), their values become null. Must stand in the
    transaction that rewrites the row.
    """
    names, rewritten = set(fields), []
    for change in Change.objects.filter(entity=entity, record_id=record_id):
        change.before = dumps({k: None if k in names else v for k, v in change.old.items()})
        change.after = dumps({k: v for k, v in change.new.items() if k not in names})
        rewritten.append(change)
    Change.objects.bulk_update(rewritten, ["before", "after"], batch_size=500)
    note = {"entity": entity, "fields": sorted(names), "changes": len(rewritten)}
    append([Entry("erasure", record_id, Change.CREATE, timezone.now(), note)], by)
    return len(rewritten)
