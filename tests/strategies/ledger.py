"""A change log written by hand: rows as `history.reading.READ` has them, for tests that need no database."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Iterator
from decimal import Decimal
from itertools import count
from typing import Any

import pyarrow as pa

from leadline.insights.log.arrival import arrow
from leadline.insights.store.log import Cursor

DAY = dt.timedelta(days=1)
START = dt.datetime(2024, 1, 1, 9)


class Ledger:
    """Rows in the order in which they were written, as the warehouse's Log. Times are naive UTC."""

    _made = count()

    def __init__(self) -> None:
        self.name = f"ledger {next(self._made)}"
        self.rows: list[tuple[Any, ...]] = []
        self.ids: dict[str, int] = {}
        self.states: dict[tuple[str, int], dict[str, Any]] = {}

    def after(self, cursor: Cursor, limit: int) -> list[tuple[Any, ...]]:
        return self.rows[cursor.id : cursor.id + limit]

    def of(self, entity: str, records: Collection[int], end: Cursor) -> list[tuple[Any, ...]]:
        return [row for row in self.rows[: end.id] if row[6] == entity and row[7] in records]

    def end(self) -> Cursor:
        return Cursor(0, len(self.rows))

    def pages(self, end: Cursor, entities: Collection[str]) -> Iterator[pa.Table]:
        yield arrow([row for row in self.rows[: end.id] if row[6] in entities])

    def mark(self, cursor: Cursor) -> str | None:
        return f"{self.name} {self.rows[cursor.id - 1][2]}" if 0 < cursor.id <= len(self.rows) else None

    def add(
        self, entity: str, at: dt.datetime = START, /, *, by: int | None = None, via: str = "web", **values: Any
    ) -> int:
        """A new record; returns its id."""
        record = self.ids[entity] = self.ids.get(entity, 0) + 1
        self.states[entity, record] = values
        self._write(entity, record, "create", at, by, via, {}, values)
        return record

    def change(
        self,
        entity: str,
        record: int,
        at: dt.datetime,
        /,
        *,
        by: int | None = 1,
        via: str = "web",
        verb: str = "change",
        undoes: int | None = None,
        **values: Any,
    ) -> None:
        """What changed, whatever the old values were."""
        state = self.states[entity, record]
        before = {key: state.get(key) for key in values}
        self.states[entity, record] = state | values
        self._write(entity, record, verb, at, by, via, before, self.states[entity, record], undoes)

    def _write(self, entity: str, record: int, verb: str, at: dt.datetime, by: int | None, via: str,
               before: dict[str, Any], after: dict[str, Any], undoes: int | None = None) -> None:  # fmt: skip
        kept = {key: value for key, value in after.items() if value is not None}
        self.rows.append(
            (
                len(self.rows) + 1,
                0,
                at.isoformat(" "),
                by,
                via,
                None,
                entity,
                record,
                verb,
                _json(before),
                _json(kept),
                undoes,
            )
        )

    # What sales are made of, in one line each.

    def pipeline(self, *stages: str, name: str = "Sales", at: dt.datetime = START) -> list[int]:
        """A pipeline; returns its stages' ids."""
        made = self.add("pipeline", at, name=name, position=self.ids.get("pipeline", 0))
        return [self.add("stage", at, pipeline_id=made, name=stage, position=i) for i, stage in enumerate(stages)]

    def deal(self, stage: int | None, at: dt.datetime, **values: Any) -> int:
        """A deal created open at that moment."""
        first = {"pipeline_id": 1, "stage_id": stage, "status": "open", "created_at": at, **values}
        via = first.pop("via", "web")
        return self.add("deal", first.pop("seen", at), by=first.get("owner_id"), via=via, **first)

    def move(self, deal: int, stage: int, at: dt.datetime, **how: Any) -> None:
        self.change("deal", deal, at, stage_id=stage, **how)

    def close(self, deal: int, status: str, at: dt.datetime, **how: Any) -> None:
        self.change("deal", deal, at, status=status, **{"closed_at": at, **how})

    def reopen(self, deal: int, at: dt.datetime, **how: Any) -> None:
        self.change("deal", deal, at, status="open", closed_at=None, **how)

    def delete(self, deal: int, at: dt.datetime, **how: Any) -> None:
        self.change("deal", deal, at, verb="delete", deleted_at=at, **how)


def _json(values: dict[str, Any]) -> str:
    return json.dumps(values, default=_plain)


def _plain(value: Any) -> str:
    if isinstance(value, dt.datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    if isinstance(value, dt.date):
        return value.isoformat()
    assert isinstance(value, Decimal)
    return str(value)
