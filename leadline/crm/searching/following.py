"""The index follows the change log: what was written, undone, trashed, merged or erased is read anew from its row."""

from __future__ import annotations

import threading
from collections import defaultdict
from typing import Any

import orjson
from django.db import connection, connections

from leadline.crm.models import CustomField, Kind
from leadline.crm.searching.models import KINDS, Document, Progress, Stale, Word
from leadline.crm.searching.writing import read_anew, write
from leadline.history.reading import Cursor, changes_after, end_of_log, moved
from leadline.history.registry import model_of
from leadline.history.writing import locked, writing

EDITION = 2  # another number has every index built anew
BATCH = 300  # records, or changes, in one transaction: others wait no longer than that to write
READ = ("id", "txn", "entity", "record_id", "verb", "before", "after")
# Whose name stands in whose documents, and by which column.
NAMED = {"organization": ("deal", "lead", "person"), "person": ("deal", "lead")}

_running: threading.Thread | None = None
_starting = threading.Lock()


def is_behind() -> bool:
    """Whether there is anything to read."""
    progress = Progress.objects.filter(pk=Progress.ONE).first()
    if progress is None or progress.edition != EDITION or progress.kind is not None:
        return True
    return bool(changes_after(Cursor(progress.txn, progress.last), 1, READ[:2])) or Stale.objects.exists()


def catch_up(wait: float) -> bool:
    """Brings the index up to the log's end in the background and waits for it this many seconds. True: it is there.

    Inside a transaction it is done at once and to the end: nobody else could see what that transaction wrote.
    """
    if not is_behind():
        return True
    if connection.in_atomic_block:
        return to_the_end()
    thread = in_background()
    thread.join(wait)
    return not thread.is_alive()


def in_background() -> threading.Thread:
    """One thread of this process follows; the one that does so already, if there is one."""
    global _running
    with _starting:
        if _running is None or not _running.is_alive():
            _running = threading.Thread(target=_follow_and_leave, name="searching", daemon=True)
            _running.start()
        return _running


def to_the_end() -> bool:
    """Follows until nothing is left."""
    while step():
        pass
    return True


def step() -> bool:
    """One short transaction; True where more may be left."""
    with writing():
        Progress.objects.get_or_create(pk=Progress.ONE)
        progress = locked(Progress.objects.filter(pk=Progress.ONE)).get()
        if progress.edition != EDITION:
            _begin(progress)
        place = progress.kind
        more = _build(progress, place) if place is not None else _read_stale() or _read_log(progress)
        progress.save()
        return more


def rebuild() -> None:
    """Everything anew, from the records. Answers meanwhile know what has been read so far."""
    with writing():
        Progress.objects.update_or_create(pk=Progress.ONE, defaults={"edition": 0})
    to_the_end()


def _begin(progress: Progress) -> None:
    """What is written from here on will be read from the log; what is there already, from the rows."""
    for model in (Document, Word, Stale):
        model._default_manager.all().delete()
    progress.txn, progress.last = end_of_log()
    progress.edition, progress.kind, progress.upto = EDITION, 0, 0


def _build(progress: Progress, place: int) -> bool:
    kind = KINDS[place]
    rows = model_of(kind)._base_manager.filter(pk__gt=progress.upto).order_by("pk")
    pks = list(rows.values_list("pk", flat=True)[:BATCH])
    write(kind, pks)
    if len(pks) == BATCH:
        progress.upto = pks[-1]
    else:
        progress.upto, progress.kind = 0, place + 1 if place + 1 < len(KINDS) else None
    return True


def _read_stale() -> bool:
    rows = list(Stale.objects.order_by("pk")[:BATCH])
    by_kind = defaultdict(list)
    for row in rows:
        by_kind[KINDS[row.kind]].append(row.record_id)
    for kind, pks in by_kind.items():
        write(kind, pks)
    Stale.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return bool(rows)


def _read_log(progress: Progress) -> bool:
    cursor = Cursor(progress.txn, progress.last)
    rows = changes_after(cursor, BATCH, READ)
    touched: dict[str, set[int]] = defaultdict(set)
    for _id, _txn, entity, record_id, _verb, before, after in rows:
        if entity == "erasure":  # a text was rewritten in row and log without a change of its own
            entity = orjson.loads(after)["entity"]
        elif entity in NAMED and b'"name"' in _bytes(before):
            _read_those_named(entity, record_id)
        elif entity == "user" and b'"name"' in _bytes(before):
            _read_those_of_colleagues()
        elif entity == "custom_field":
            _read_bearers(orjson.loads(after))
        if entity in KINDS:
            touched[entity].add(record_id)
    for kind, pks in touched.items():
        write(kind, pks)
    progress.txn, progress.last = moved(cursor, rows)
    return len(rows) == BATCH or Stale.objects.exists()


def _bytes(text: Any) -> bytes:
    return text.encode() if isinstance(text, str) else bytes(text)


def _read_those_named(entity: str, record_id: int) -> None:
    for kind in NAMED[entity]:
        read_anew(kind, _pks(model_of(kind)._base_manager.filter(**{f"{entity}_id": record_id})))


def _read_bearers(field: dict[str, Any]) -> None:
    """An own field has other choices, or is gone: those that have a value in it."""
    if field["entity"] in KINDS:
        bearers: Any = model_of(field["entity"])._base_manager
        read_anew(field["entity"], _pks(bearers.filter(custom__has_key=field["key"])))


def _read_those_of_colleagues() -> None:
    """A colleague has another name: records with an own field that names colleagues."""
    for field in CustomField.objects.kept().filter(kind=Kind.USER):
        _read_bearers({"entity": field.entity, "key": field.key})


def _pks(rows: Any) -> list[int]:
    return list(rows.values_list("pk", flat=True))


def _follow_and_leave() -> None:
    try:
        to_the_end()
    finally:
        connections.close_all()
