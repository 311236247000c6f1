"""Keeping what came, once for each mark, before anything is made of it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import Any

from django.db import connection
from django.utils import timezone

from leadline.crm.intake.waking import wake
from leadline.crm.models import Arrival, ArrivalState
from leadline.history.writing import writing

LONGEST_MARK = 128
_COLUMNS = ("door_id", "mark", "came_at", "given", "origin", "state", "why")


def keep(
    door_id: int,
    mark: str,
    given: dict[str, Any],
    origin: dict[str, Any],
    *,
    why: str = "",
    at: dt.datetime | None = None,
) -> bool:
    """One row, unless this door has had this mark: False then. Held back with a `why`, else the maker is woken.

    `given` and `origin` are what `plainly` returns.
    """
    state = ArrivalState.SPAM if why else ArrivalState.WAITING
    when = connection.ops.adapt_datetimefield_value(at or timezone.now())
    values = (door_id, short(mark), when, _json(given), _json(origin), state.value, why)
    columns = ", ".join(map(connection.ops.quote_name, _COLUMNS))
    sql = (
        f"INSERT INTO {connection.ops.quote_name(Arrival._meta.db_table)} ({columns}) "
        f"VALUES ({', '.join(['%s'] * len(_COLUMNS))}) ON CONFLICT DO NOTHING"
    )
    with writing(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        new: bool = cursor.rowcount == 1
        if new and not why:
            wake()
    return new


def _json(value: dict[str, Any]) -> str:
    """Letters as they are, so that they are found by what people look for."""
    return json.dumps(value, ensure_ascii=False)


def short(mark: str) -> str:
    """The mark itself, or its digest where it is too long or holds signs that no database keeps."""
    plain = mark.isprintable() and mark.isascii() and 0 < len(mark) <= LONGEST_MARK
    return mark if plain else hashlib.sha256(mark.encode("utf-8", "surrogatepass")).hexdigest()


MOST_DEEP = 32


def plainly(value: Any, deep: int = 0) -> Any:
    """A JSON value that both databases keep: no zero bytes, no halves of signs, no numbers without end.

    Raises ValueError for what is nested too deep.
    """
    if deep > MOST_DEEP:
        raise ValueError(f"nested deeper than {MOST_DEEP}")
    if isinstance(value, str):
        return value.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return value if abs(value) < 1e300 else str(value)  # false for NaN as well
    if isinstance(value, list):
        return [plainly(one, deep + 1) for one in value]
    if isinstance(value, dict):
        return {plainly(str(name)): plainly(one, deep + 1) for name, one in value.items()}
    return plainly(str(value))
