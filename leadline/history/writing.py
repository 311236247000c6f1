"""The one way into the log, and the lock that makes one process's writers queue in order on SQLite."""

from __future__ import annotations

import datetime as dt
import threading
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from leadline.accounts.actors import Actor
from leadline.history.models import Change
from leadline.history.values import dumps, filled, plain

_queue = threading.RLock()

COLUMNS = (
    "occurred_at",
    "recorded_at",
    "by_id",
    "via",
    "act",
    "entity",
    "record_id",
    "verb",
    "before",
    "after",
    "undoes",
)


@contextmanager
def writing() -> Iterator[None]:
    """One transaction that writes. On SQLite, threads wait here in turn instead of failing on a busy database.

    Inside another transaction there is nothing to wait for: it holds the database already (they begin IMMEDIATE), and
    waiting for a thread that waits for the database would be for ever.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        with transaction.atomic():
            yield
        return
    with _queue, transaction.atomic():
        yield


def locked(rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
    """The rows, kept from other writers until the transaction ends; on SQLite the whole database already is."""
    return rows.select_for_update(of=("self",)) if connection.features.has_select_for_update_of else rows


@dataclass(slots=True)
class Entry:
    """One change to be written: plain JSON values, times in UTC."""

    entity: str
    record_id: int
    verb: str
    occurred_at: dt.datetime
    after: dict[str, Any]
    before: dict[str, Any] = field(default_factory=dict)
    undoes: int | None = None
    by_id: int | None = None  # who did it, where a file tells of another than the one who imports it


def append(entries: Iterable[Entry], by: Actor) -> int:
    """Write entries in their order; returns how many. Must stand in the transaction that writes the rows.

    Raises TransactionManagementError outside of one: a change without its row would be a lie.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("history.append belongs in the transaction that writes the row.")
    # Said once for all entries: an import writes a million of them.
    in_time = _sqlite_time if connection.vendor == "sqlite" else connection.ops.adapt_datetimefield_value
    now, act = in_time(timezone.now()), _uuid(by.act)
    rows = [_row(entry, by, now, act, in_time) for entry in entries]
    if not rows:
        return 0
    table = connection.ops.quote_name(Change._meta.db_table)
    names = ", ".join(connection.ops.quote_name(name) for name in COLUMNS)
    marks = ", ".join(["%s"] * len(COLUMNS))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql" and len(rows) > COPY_FROM:
            _copy(cursor, table, names, rows)
        else:
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)
    return len(rows)


COPY_FROM = 100  # rows from which PostgreSQL's COPY beats single inserts


def _copy(cursor: Any, table: str, names: str, rows: list[tuple[Any, ...]]) -> None:
    with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _row(entry: Entry, by: Actor, now: Any, act: Any, in_time: Callable[[dt.datetime], Any]) -> tuple[Any, ...]:
    return (
        in_time(entry.occurred_at),
        now,
        by.id if entry.by_id is None else entry.by_id,
        by.via,
        act,
        entry.entity,
        entry.record_id,
        entry.verb,
        dumps(entry.before),
        dumps(filled(entry.after)),
        entry.undoes,
    )


def _sqlite_time(moment: dt.datetime) -> str:
    """As Django keeps times in SQLite: UTC without saying so. Its own way there looks up the settings for each."""
    return str(moment.astimezone(dt.UTC).replace(tzinfo=None))


def _uuid(act: uuid.UUID | None) -> Any:
    """As Django keeps a UUIDField: 32 hex characters on SQLite, a native one on PostgreSQL."""
    return act.hex if act and connection.vendor == "sqlite" else act


def entry(
    record: Any, verb: str, at: dt.datetime, before: dict[str, Any] | None = None, undoes: int | None = None
) -> Entry:
    """The entry that describes a record as it stands now."""
    after = {key: plain(value) for key, value in record.snapshot().items()}
    old = {key: plain(value) for key, value in (before or {}).items()}
    return Entry(record.ENTITY, record.pk, verb, at, after, old, undoes)
