"""Undo: of one change or of everything that belongs to one act (R6, R50)."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from leadline.accounts.actors import By, actor
from leadline.history.models import Change
from leadline.history.recorded import Recorded
from leadline.history.registry import model_of
from leadline.history.values import filled, plain, python
from leadline.history.writing import writing


@dataclass
class Undone:
    """What an undo did: records put back, and the reasons why others were left."""

    records: list[Recorded] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def undo(change: Change, *, by: By) -> Undone:
    """Put back what one change did. What somebody has changed since is left and said."""
    return _undo([change], by)


def undo_act(act: uuid.UUID, *, by: By) -> Undone:
    """Put back everything that belongs to one act, latest first, in one transaction."""
    return _undo(list(Change.objects.filter(act=act).order_by("-id")), by)


def _undo(changes: list[Change], by: By) -> Undone:
    doer = actor(by).together()
    undone = Undone()
    with writing():
        for change in changes:
            record = model_of(change.entity)._base_manager.filter(pk=change.record_id).first()
            if record is None:
                undone.left.append(_("%(entity)s %(id)s is gone.") % {"entity": change.entity, "id": change.record_id})
            elif change.verb == Change.CREATE:
                undone.records.append(record.trash(by=doer))
            else:
                _put_back(record, change, doer, undone)
    return undone


def _put_back(record: Recorded, change: Change, doer: Any, undone: Undone) -> None:
    """Field by field: only what still stands as this change left it."""
    new = change.new
    with record.changing(doer, act="delete" if change.verb == Change.DELETE else "change"):
        for name, old in change.old.items():
            now = filled({name: plain(getattr(record, name))})
            if now.get(name) != new.get(name):
                undone.left.append(
                    _("%(field)s of %(record)s has been changed since.") % {"field": name, "record": record}
                )
                continue
            setattr(record, name, python(_field(record, name), old))
    undone.records.append(record)


def _field(record: Recorded, name: str) -> Any:
    return next(f for f in record._meta.concrete_fields if f.attname == name)
