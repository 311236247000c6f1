"""The one exception to "only ever added": a person's data taken out of the log, and a row that says so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import timezone

from leadline.accounts.actors import Actor
from leadline.history.models import Change
from leadline.history.values import dumps
from leadline.history.writing import Entry, append

STRUCK = "[…]"


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
    return _rewrite(entity, record_id, names, rewritten, by)


def strike(entity: str, record_id: int, field: str, words: Sequence[str], by: Actor) -> int:
    """Strike words out of one text field in every change of a record; returns how many changes were rewritten.

    Must stand in the transaction that rewrites the row.
    """

    def without(values: dict[str, Any]) -> str:
        return dumps({k: struck(v, words) if k == field and v else v for k, v in values.items()})

    rewritten = []
    for change in Change.objects.filter(entity=entity, record_id=record_id):
        change.before, change.after = without(change.old), without(change.new)
        rewritten.append(change)
    return _rewrite(entity, record_id, {field}, rewritten, by)


def struck(text: str, words: Sequence[str]) -> str:
    """The text with a mark in place of each of these words, whatever their case."""
    return re.sub("|".join(map(re.escape, words)), STRUCK, text, flags=re.IGNORECASE) if words else text


def _rewrite(entity: str, record_id: int, fields: Iterable[str], rewritten: list[Change], by: Actor) -> int:
    Change.objects.bulk_update(rewritten, ["before", "after"], batch_size=500)
    note = {"entity": entity, "fields": sorted(fields), "changes": len(rewritten)}
    append([Entry("erasure", record_id, Change.CREATE, timezone.now(), note)], by)
    return len(rewritten)
