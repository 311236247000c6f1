"""Reading the log backwards, a page at a time, quick however long it is and however rare what is looked for.

The log is walked by its numbers in stretches that grow, until a page is full or the time for one answer is used up:
then the answer says how far it came, and the next one goes on from there. No index of its own is needed; whoever
writes the log would pay for each.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.db import models

from leadline.accounts.models import User
from leadline.history.models import Change
from leadline.history.recorded import Recorded
from leadline.web.settings.audit.asked import Asked
from leadline.web.settings.audit.naming import records_called
from leadline.web.settings.audit.periods import SLACK, first_since
from leadline.web.settings.reach import seen_ids
from leadline.web.wording.fields import model_of

PAGE = 50
STRETCH, LONGEST = 4_000, 100_000  # numbers of the log looked through at a time: at first, and at most
LONG_ENOUGH = 0.04  # seconds after which an answer is given, full or not


@dataclass
class Found:
    """Changes, newest first. `following`: the number before which to read on, None at the end of the log."""

    changes: list[Change] = field(default_factory=list)
    following: int | None = None


def read_page(asked: Asked, reader: User, before: int | None = None, size: int = PAGE) -> Found:
    """The newest changes that were asked for and that the reader may see, below a number."""
    newest = Change.objects.order_by("-id").values_list("id", flat=True).first() or 0
    top = min(newest + 1, before if before is not None else newest + 1)
    if asked.q or asked.record is not None:
        return _of_records(asked, reader, top, size)
    bottom = max(1, first_since(asked.since) - SLACK) if asked.since else 1
    top = min(top, first_since(asked.until) + SLACK) if asked.until else top
    return _walked(rows_of(asked), reader, bottom, top, size)


def _walked(rows: models.QuerySet[Change], reader: User, bottom: int, top: int, size: int) -> Found:
    found, span, begun = Found(), STRETCH, time.monotonic()
    room = size if reader.is_administrator else size * 4  # many of them may be closed to others
    while top > bottom:
        if time.monotonic() - begun > LONG_ENOUGH:
            return Found(found.changes, top)
        low = max(bottom, top - span)
        some = list(rows.filter(id__gte=low, id__lt=top)[:room])
        found.changes += seen(some, reader)
        if len(found.changes) >= size:
            changes = found.changes[:size]
            return Found(changes, changes[-1].id if changes[-1].id > bottom else None)
        top = some[-1].id if len(some) == room else low
        span = min(span * 4, LONGEST)
    return found


def _of_records(asked: Asked, reader: User, top: int, size: int) -> Found:
    """All the changes of some records: the index on records has them together."""
    records = records_called(asked.q, asked.kind, reader) if asked.q else {asked.kind: {asked.record or 0}}
    if asked.record is not None:
        records = {asked.kind: records.get(asked.kind, set()) & {asked.record}}
    ids: list[int] = []
    for kind, of in records.items():
        ids += rows_of(asked).filter(entity=kind, record_id__in=of, id__lt=top).order_by().values_list("id", flat=True)
    page = sorted(ids, reverse=True)[:size]
    changes = seen(list(Change.objects.filter(id__in=page).order_by("-id")), reader)
    return Found(changes, page[-1] if len(ids) > size else None)


def rows_of(asked: Asked) -> models.QuerySet[Change]:
    """The log under the conditions that stand in its columns, newest first."""
    wrapped, condition = asked.condition()
    return Change.objects.alias(**wrapped).filter(condition).order_by("-id")


def read_all(asked: Asked, reader: User) -> Iterator[list[Change]]:
    """Everything that was asked for, some at a time, for a file."""
    before: int | None = None
    while True:
        found = read_page(asked, reader, before, size=500)
        yield found.changes
        if found.following is None:
            return
        before = found.following


def seen(changes: Sequence[Change], reader: User) -> list[Change]:
    """Those of records that the reader may see, one question a kind."""
    if reader.is_administrator:
        return list(changes)
    wanted: dict[str, set[int]] = defaultdict(set)
    for change in changes:
        wanted[change.entity].add(change.record_id)
    open_to = {kind: _open(kind, ids, reader) for kind, ids in wanted.items()}
    return [change for change in changes if change.record_id in open_to[change.entity]]


def _open(kind: str, ids: set[int], reader: User) -> set[int]:
    model = model_of(kind)
    if model is None:
        return set()  # what only administrators read: erasures
    if not issubclass(model, Recorded):
        return ids  # colleagues, teams and the setting of rights are known to everybody
    return seen_ids(kind, ids, reader)
