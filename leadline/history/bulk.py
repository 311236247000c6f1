"""Changing many records by one deed: few statements, but the same checks, the same log, all or nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from django.db import models
from django.utils import timezone

from leadline.accounts.actors import Actor, By, actor
from leadline.history.models import Change
from leadline.history.moments import last_moments
from leadline.history.recorded import Done
from leadline.history.rows import save_rows, stored
from leadline.history.writing import Entry, append, entry, locked, writing

CHUNK = 1000  # records read and written at a time


def change_each(rows: models.QuerySet[Any], change: Callable[[Any], None], *, by: By) -> int:
    """Let `change` set attributes of each record; what differs then is saved and logged. Returns how many did.

    All or nothing, in one act, a thousand records at a time. Permission is asked by the caller, about what the deed is
    done to (deleting a stage moves its deals, whoever owns them); these changes are therefore no touches.
    """
    doer = actor(by).together()
    changed = 0
    with writing():
        ids = list(rows.order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(ids), CHUNK):
            records = list(locked(rows.model._base_manager.filter(pk__in=ids[start : start + CHUNK]).order_by("pk")))
            changed += _change(records, change, doer)
    return changed


def _change(records: list[Any], change: Callable[[Any], None], doer: Actor) -> int:
    columns, moments = [stored(record) for record in records], moments_of(records)
    done, entries = [], []
    for record in records:
        before, when = record.snapshot(), moments[record.pk]
        change(record)
        record.checked(before, when, doer)
        if old := record.difference(before):
            record.touched(old, when, doer)
            entries.append(entry(record, Change.CHANGE, when, old))
            done.append(Done(record, old, when, by_human=False, act=doer.act))
    finish(records, columns, entries, done, doer)
    return len(done)


def finish(
    records: Sequence[Any], columns: Sequence[dict[str, Any]], entries: list[Entry], done: list[Done], doer: Actor
) -> None:
    """Rows, log and what follows from them, for records of one model."""
    if done:
        save_rows(records, columns)
        append(entries, doer)
        type(records[0]).followed(done)


def moments_of(records: Sequence[Any]) -> dict[int, dt.datetime]:
    """The moment to write down for each record: now, or its last change where that lies ahead."""
    now = timezone.now()
    last = last_moments(records[0].ENTITY, [record.pk for record in records]) if records else {}
    return {record.pk: max(now, last.get(record.pk, now)) for record in records}
