"""The log as the warehouse sees it: rows behind a cursor."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    import pyarrow as pa


class Cursor(NamedTuple):
    """The last row that was read; nothing read yet is (0, 0)."""

    txn: int = 0
    id: int = 0


class Log(Protocol):
    """Where rows come from."""

    def after(self, cursor: Cursor, limit: int) -> Sequence[Sequence[Any]]:
        """Up to `limit` rows behind the cursor, with the columns of `log.arrival.READ`, in cursor order."""

    def of(self, entity: str, records: Collection[int], end: Cursor) -> Sequence[Sequence[Any]]:
        """Every row of these records up to `end`, with the columns of READ, in any order."""

    def mark(self, cursor: Cursor) -> str | None:
        """What tells the row at the cursor from any row of another log; None where there is none."""

    def end(self) -> Cursor:
        """The cursor behind all that can be read now."""

    def pages(self, end: Cursor, entities: Collection[str]) -> Iterator[pa.Table]:
        """Every row of these kinds of record up to `end`, some hundred thousand at a time, as `log.arrival.SCHEMA`."""
