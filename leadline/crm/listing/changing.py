"""One deed done to many records: each by its own verb, with its own permission and its own answer.

The verbs are those of the single record. Here they run inside a batch: rows are read together under one lock,
permission is asked once for all, rows and log are written together. What one record refuses holds no other back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from leadline.accounts.actors import Actor, By
from leadline.accounts.permissions import changeable, require, require_place
from leadline.crm.models.qualifying import MissingItems
from leadline.history.bulk import finish, moments_of
from leadline.history.expecting import expect_unchanged
from leadline.history.models import Change
from leadline.history.recorded import Done, Recorded
from leadline.history.rows import stored
from leadline.history.writing import Entry, entry, locked, writing

CHUNK = 500  # records that are locked together: others wait for no longer than these take

Deed = Callable[[Any, Actor], Any]


@dataclass
class Outcome:
    """What became of each record: changed, left as it was because it was so already, or refused and why.

    `lacking` are those that were refused because a playbook asks for something first (R2).
    """

    changed: list[int] = field(default_factory=list)
    same: list[int] = field(default_factory=list)
    refused: dict[int, str] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    lacking: dict[int, MissingItems] = field(default_factory=dict)


def change_all(rows: Any, ids: Sequence[int], deed: Deed, by: Actor) -> Outcome:
    """Do the deed to those of `rows` (which the person may see) that have these ids. At most CHUNK at a time.

    Raises nothing for a single record: `refused` says why, by id.
    """
    outcome = Outcome()
    for start in range(0, len(ids), CHUNK):
        _change_some(rows, ids[start : start + CHUNK], deed, by, outcome)
    return outcome


def _change_some(rows: Any, ids: Sequence[int], deed: Deed, by: Actor, outcome: Outcome) -> None:
    with writing():
        seen = set(rows.filter(pk__in=ids).values_list("pk", flat=True))
        records = list(locked(rows.model._base_manager.filter(pk__in=sorted(seen)).order_by("pk")))
        batch = _Batch(records, by)
        for record in records:
            _try(record, deed, batch, outcome)
        batch.write()
    for pk in ids:
        if pk not in seen:
            outcome.refused[pk] = _("It is not there any more, or not open to you.")


def _try(record: Any, deed: Deed, batch: _Batch, outcome: Outcome) -> None:
    before = dict(record.__dict__), dict(record._state.fields_cache)
    changed = len(batch.done)
    outcome.names[record.pk] = str(record)
    record.changing = batch.changing(record)  # the verb finds this in place of its own transaction
    try:
        made = deed(record, batch.by)
        acted = len(batch.done) > changed or (isinstance(made, Recorded) and made is not record)
        (outcome.changed if acted else outcome.same).append(record.pk)
    except (ValidationError, PermissionDenied) as error:
        record.__dict__.clear()
        record.__dict__.update(before[0])
        record._state.fields_cache = before[1]
        batch.forget(changed)
        outcome.refused[record.pk] = _reason(error)
        if isinstance(error, MissingItems):
            outcome.lacking[record.pk] = error
    finally:
        record.__dict__.pop("changing", None)


def _reason(error: ValidationError | PermissionDenied) -> str:
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    return str(error) or _("You may not change this.")


class _Batch:
    """Stands in for `Recorded.changing` while many records change in one transaction."""

    def __init__(self, records: Sequence[Any], by: Actor) -> None:
        self.by, self.records = by, records
        self.columns = [stored(record) for record in records]
        self.moments = moments_of(records)
        self.entries: list[Entry] = []
        self.done: list[Done] = []
        self.may = self._changeable()

    def _changeable(self) -> set[int] | None:
        """The ids the person may change; None where each record has to be asked about by itself."""
        if not self.records or self.by.user is None:
            return None
        condition = changeable(self.by.user, self.records[0].ENTITY)
        if condition is None:
            return None
        rows = type(self.records[0])._base_manager.filter(pk__in=[record.pk for record in self.records])
        return set(rows.filter(condition).values_list("pk", flat=True))

    def changing(self, record: Any) -> Callable[..., Any]:
        @contextmanager
        def within(
            by: By,
            *,
            at: dt.datetime | None = None,
            verb: str = Change.CHANGE,
            act: str = "change",
            expect: Mapping[str, Any] | None = None,
        ) -> Iterator[dt.datetime]:
            if self.may is None or record.pk not in self.may:
                require(self.by, "delete" if verb == Change.DELETE else act, record)
            expect_unchanged(record, expect or {})
            before, when = record.snapshot(), self.moments[record.pk]
            yield at or when
            record.checked(before, when, self.by)
            require_place(self.by, record, before)
            if old := record.difference(before):
                record.touched(old, when, self.by)
                self.entries.append(entry(record, verb, when, old))
                self.done.append(Done(record, old, when, self.by.human, act=self.by.act))

        return within

    def forget(self, kept: int) -> None:
        """What a refused record had changed before it was refused: nothing of it stays."""
        del self.entries[kept:], self.done[kept:]

    def write(self) -> None:
        """Rows and log of everything that changed."""
        finish(self.records, self.columns, self.entries, self.done, self.by)
