"""Undo: of one change or of everything that belongs to one act (R6, R50)."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from leadline.accounts.actors import Actor, By, actor
from leadline.accounts.models import Team
from leadline.accounts.permissions import require
from leadline.history import members
from leadline.history.bulk import finish, moments_of
from leadline.history.models import Change
from leadline.history.recorded import Done, Recorded
from leadline.history.registry import MEMBERS, recorded_models
from leadline.history.rows import stored
from leadline.history.teams import put_back_team
from leadline.history.values import filled, plain, python
from leadline.history.writing import Entry, entry, locked, writing

# What somebody did a moment ago they may take back, also where it put the record out of their reach.
SLIP = dt.timedelta(days=1)


@dataclass
class Undone:
    """What an undo did: records put back, and the reasons why others were left."""

    records: list[Any] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    linked: dict[Any, Any] = field(default_factory=dict, repr=False)


def undo(change: Change, *, by: By) -> Undone:
    """Put back what one change did. What somebody has changed since is left and said. Raises PermissionDenied."""
    return undo_changes([change], by=by)


def undo_act(act: uuid.UUID, *, by: By) -> Undone:
    """Put back everything that belongs to one act, latest first, in one transaction. Raises PermissionDenied."""
    return undo_changes(Change.objects.filter(act=act), by=by)


def undo_changes(changes: Iterable[Change], *, by: By) -> Undone:
    """Put back these changes, latest first. A record that was made goes into the trash.

    Neighbours of one kind are read and written together.
    """
    doer = actor(by).together()
    undone = Undone()
    with writing():
        latest_first = sorted(changes, key=lambda change: change.id, reverse=True)
        together = {change.id for change in latest_first}
        for entity, group in groupby(latest_first, key=lambda change: change.entity):
            if model := recorded_models().get(entity):
                _put_back_records(model, list(group), together, doer, undone)
            else:
                _put_back_members(entity, list(group), doer, undone)
    return undone


def _put_back_records(
    model: type[Recorded], changes: list[Change], together: set[int], doer: Actor, undone: Undone
) -> None:
    """Rows are read and written once for all these changes of one kind of record."""
    wanted = [change.record_id for change in changes]
    records: dict[int, Recorded] = {row.pk: row for row in _rows(model, sorted(set(wanted)))}
    columns = {pk: stored(record) for pk, record in records.items()}
    moments = moments_of(list(records.values()))
    entries: list[Entry] = []
    done: list[Done] = []
    others = _changed_by_others(changes, together, doer)
    for change in changes:
        record = records.get(change.record_id)
        if record is None:
            undone.left.append(_("%(entity)s %(id)s is gone.") % {"entity": change.entity, "id": change.record_id})
            continue
        if change.verb == Change.CREATE and change.record_id in others:
            undone.left.append(_("%(record)s stays: somebody has changed it since.") % {"record": record})
            continue
        _require(doer, change, record)
        when = moments[record.pk]
        if old := _put_back(record, change, when, doer, undone):
            verb = Change.DELETE if change.verb == Change.CREATE else Change.CHANGE
            entries.append(entry(record, verb, when, old, undoes=change.id))
            done.append(Done(record, old, when, by_human=False, undoing=True, act=doer.act))
            if model._meta.constraints:  # such as one base currency: true after each step, not only at the end
                record.save()
    rows = list(records.values())
    finish(rows, [columns[row.pk] for row in rows], entries, done, doer)
    undone.records.extend({part.record.pk: part.record for part in done}.values())


def _changed_by_others(changes: list[Change], together: set[int], doer: Actor) -> set[int]:
    """The records made by these changes that somebody else has worked on since: their work is not thrown away."""
    made = {change.record_id: change for change in changes if change.verb == Change.CREATE}
    if not made:
        return set()
    ids = sorted(made)
    later: set[int] = set()
    for start in range(0, len(ids), 500):
        rows = Change.objects.filter(entity=changes[0].entity, record_id__in=ids[start : start + 500], undoes=None)
        rows = rows.exclude(verb=Change.CREATE).exclude(by_id=None).exclude(by_id=doer.id)
        later |= {record for pk, record in rows.values_list("pk", "record_id") if pk not in together}
    return later


def _rows(model: type[Recorded], ids: list[int]) -> Iterable[Recorded]:
    for start in range(0, len(ids), 500):
        yield from locked(model._base_manager.filter(pk__in=ids[start : start + 500]).order_by("pk"))


def _require(doer: Actor, change: Change, record: Recorded) -> None:
    """As for any change; but a slip of one's own may be taken back by whoever may add such records at all."""
    own = doer.id is not None and change.by_id == doer.id and change.recorded_at > timezone.now() - SLIP
    if own:
        require(doer, "add", record)
    else:
        require(doer, "change" if change.verb == Change.CHANGE else "delete", record)


def _put_back(
    record: Recorded, change: Change, when: dt.datetime, doer: Actor, undone: Undone
) -> dict[str, Any] | None:
    """Field by field: only what still stands as this change left it. Returns the values that were replaced."""
    before = record.snapshot()
    if change.verb == Change.CREATE:
        record.deleted_at = record.deleted_at or when
        return record.difference(before)
    new = change.new
    for name, old in change.old.items():
        if filled({name: plain(getattr(record, name))}).get(name) != new.get(name):
            undone.left.append(_("%(field)s of %(record)s has been changed since.") % {"field": name, "record": record})
        else:
            _set(record, _field(record, name), old, undone)
    try:
        record.checked(before, when, doer)
    except ValidationError as error:
        for name, value in before.items():
            setattr(record, name, value)
        undone.left.append(f"{record}: {' '.join(error.messages)}")
    return record.difference(before)


def _set(record: Recorded, field: Any, old: Any, undone: Undone) -> None:
    """The old value; a link as an object, which is read once for all the records that have it."""
    value = python(field, old)
    if field.remote_field and value is not None:
        key = (field.related_model, value)
        if key not in undone.linked:
            undone.linked[key] = field.related_model._base_manager.filter(pk=value).first()
        if linked := undone.linked[key]:
            setattr(record, field.name, linked)
            return
    setattr(record, field.attname, value)


def _put_back_members(entity: str, changes: list[Change], doer: Actor, undone: Undone) -> None:
    """People, teams and visibility stay once they are there; what was changed of them is put back."""
    model = next((model for model in MEMBERS if entity == model.ENTITY), None)
    for change in changes:
        row = model._default_manager.filter(pk=change.record_id).first() if model else None
        if row is None and model is Team and change.verb == Change.DELETE:
            undone.records.append(put_back_team(change, doer))
            continue
        if row is None or change.verb == Change.CREATE:
            undone.left.append(_("%(entity)s %(id)s stays.") % {"entity": entity, "id": change.record_id})
            continue
        require(doer, "change", row)
        old, new = change.old, change.new
        values = {n: old[n] for n in old if filled({n: plain(getattr(row, n))}).get(n) == new.get(n)}
        undone.left += [
            _("%(field)s of %(record)s has been changed since.") % {"field": name, "record": row}
            for name in old.keys() - values.keys()
        ]
        values = {name: python(_field(row, name), value) for name, value in values.items()}
        members.save_changed(row, doer, values, undoes=change.id)
        undone.records.append(row)


def _field(record: models.Model, name: str) -> Any:
    return next(f for f in record._meta.concrete_fields if f.attname == name)
