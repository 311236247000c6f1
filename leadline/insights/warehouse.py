"""This process's warehouse, which follows the application's change log."""

from __future__ import annotations

import os
import threading
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection
from django.db.models import Q

from leadline.history import reading
from leadline.history.lines import lines_upto
from leadline.history.models import Change
from leadline.insights import duckdb_sql
from leadline.insights.store.log import Cursor

if TYPE_CHECKING:
    import pyarrow as pa

    from leadline.insights.store.warehouse import Warehouse

_opened: dict[tuple[int, Path], Warehouse] = {}
_opening = threading.Lock()


class ChangeLog:
    """The application's change log as `store.log.Log`."""

    def after(self, cursor: Cursor, limit: int) -> Sequence[Sequence[Any]]:
        """Rows behind the cursor, none of which can be overtaken."""
        return reading.changes_after(reading.Cursor(*cursor), limit, _columns())

    def of(self, entity: str, records: Collection[int], end: Cursor) -> Sequence[Sequence[Any]]:
        """All that has happened to these records up to there."""
        return reading.changes_of(entity, records, reading.Cursor(*end), _columns())

    def end(self) -> Cursor:
        """Behind the last row that can be read now."""
        return Cursor(*reading.end_of_log())

    def pages(self, end: Cursor, entities: Collection[str]) -> Iterator[pa.Table]:
        """The rows of these kinds up to there, as Arrow tables."""
        from leadline.insights.log.arrival import SCHEMA, arrow_of_lines  # noqa: PLC0415  Arrow stays off the start-up path

        for part in lines_upto(reading.Cursor(*end), SCHEMA.names, entities):
            yield arrow_of_lines(part)

    def mark(self, cursor: Cursor) -> str | None:
        """When the row at the cursor was written, and of what."""
        rows = Change.objects.filter(pk=cursor.id, txn=cursor.txn)
        row = rows.values_list("recorded_at", "entity", "record_id").first()
        return " ".join(map(str, row)) if row else None


def _columns() -> Sequence[str]:
    """Times as SQLite has them, in text: Arrow reads thousands of them far quicker than Django does."""
    if connection.vendor == "postgresql":
        return reading.READ
    return ["CAST(occurred_at AS TEXT)" if name == "occurred_at" else name for name in reading.READ]


def warehouse() -> Warehouse:
    """The warehouse, up to the end of the log. The first call of a process opens its file in the data folder."""
    # DuckDB and Arrow stay off the start-up path: most processes never ask for a number.
    from leadline.insights.store.warehouse import Warehouse  # noqa: PLC0415

    key = (os.getpid(), settings.LEADLINE_DATA)
    with _opening:
        if key not in _opened:
            duckdb_sql.keep_in(settings.LEADLINE_DATA)
            _opened[key] = Warehouse(settings.LEADLINE_DATA)
    found = _opened[key]
    found.follow(ChangeLog())
    return found


def lag() -> int | None:
    """How many changes this process's warehouse has yet to read; None before the first question. For `/healthz`."""
    found = _opened.get((os.getpid(), settings.LEADLINE_DATA))
    if found is None:
        return None
    txn, last = found.cursor()
    return Change.objects.filter(Q(txn__gt=txn) | Q(txn=txn, id__gt=last)).count()


def close() -> None:
    """Let go of the file; the next question opens it again."""
    with _opening:
        while _opened:
            _opened.popitem()[1].close()


def agrees() -> bool:
    """Whether the warehouse, as it is followed, says the same as one built anew from the log. For `doctor`; slow."""
    from leadline.insights.store.warehouse import Warehouse  # noqa: PLC0415  see above

    anew = Warehouse(None)
    try:
        anew.follow(ChangeLog())
        return anew.fingerprint() == warehouse().fingerprint()
    finally:
        anew.close()
