"""The log replayed: the state of a record at any moment, from its changes alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby
from typing import Any

from django.db import models
from django.utils import timezone

from leadline.history.models import Change
from leadline.history.recorded import Recorded
from leadline.history.registry import MEMBERS, recorded_models
from leadline.history.values import filled, plain


def fold(changes: Iterable[Change]) -> dict[str, Any]:
    """The tracked fields (plain, empty ones left out) after these changes, which come in (occurred_at, id) order.

    A create sets everything, any other change exactly the fields it changed: so what is imported into the past
    composes with what was done since. Without a create there is no record: {}. A field that came into the house after
    the log was written is what its column got then: the field's own default.
    """
    state: dict[str, Any] = {}
    entity = ""
    for change in changes:
        entity = change.entity
        if change.verb == Change.CREATE:
            state = change.new
        else:
            new = change.new
            for name in change.old:
                state[name] = new.get(name)
    return _unnamed(entity) | filled(state) if state else {}


@cache
def _unnamed(entity: str) -> dict[str, Any]:
    """What the log's silence means, where that is not empty: the defaults of fields that are never empty.

    One that may be empty is left out of the log when it is, so of these silence says just that.
    """
    model: Any = next((one for one in MEMBERS if entity == one.ENTITY), None) or recorded_models().get(entity)
    fields = [field for field in model._meta.concrete_fields if field.attname in model.TRACKED] if model else []
    return filled({field.attname: plain(_default(field)) for field in fields if _always_something(field)})


def _always_something(field: Any) -> bool:
    return not (field.null or callable(field.default) or (field.empty_strings_allowed and field.blank))


def _default(field: Any) -> Any:
    """With as many places as the column keeps."""
    value = field.get_default()
    return round(value, field.decimal_places) if isinstance(field, models.DecimalField) and value is not None else value


def state_of(entity: str, record_id: int, as_of: dt.datetime | None = None) -> dict[str, Any]:
    """One record as of a moment (UTC), now by default."""
    changes = Change.objects.filter(entity=entity, record_id=record_id, occurred_at__lte=as_of or timezone.now())
    return fold(changes.order_by("occurred_at", "id"))


def disagreements(model: type[Recorded]) -> Iterator[tuple[int, str, Any, Any]]:
    """(record, field, in the row, in the log) wherever a row is not what its log says; `doctor` reads this.

    A record that is gone from its table is right when the log's last word on it is that it was deleted.
    """
    changes = Change.objects.filter(entity=model.ENTITY).order_by("record_id", "occurred_at", "id")
    logged = groupby(changes.iterator(chunk_size=5000), key=lambda change: change.record_id)
    rows = model._base_manager.order_by("pk").iterator(chunk_size=2000)
    yield from _merged(((pk, fold(group)) for pk, group in logged), rows)


def _merged(
    logged: Iterator[tuple[int, dict[str, Any]]], rows: Iterator[models.Model]
) -> Iterator[tuple[int, str, Any, Any]]:
    log, row = next(logged, None), next(rows, None)
    while log or row:
        if row is None or (log and log[0] < row.pk):
            assert log
            if "deleted_at" not in log[1]:
                yield log[0], "", None, "kept"
            log = next(logged, None)
        elif log is None or row.pk < log[0]:
            yield row.pk, "", "kept", None
            row = next(rows, None)
        else:
            yield from _fields(row, log[1])
            log, row = next(logged, None), next(rows, None)


def _fields(row: Any, logged: dict[str, Any]) -> Iterator[tuple[int, str, Any, Any]]:
    kept = filled({name: plain(value) for name, value in row.snapshot().items()})
    for name in kept.keys() | logged.keys():
        if kept.get(name) != logged.get(name):
            yield row.pk, name, kept.get(name), logged.get(name)
