"""Between Python values and the plain JSON values of the log."""

from __future__ import annotations

import copy
import datetime as dt
import re
import uuid
from decimal import Decimal
from typing import Any

import orjson
from django.db import models


def plain(value: Any) -> Any:
    """A JSON value: times in UTC to the microsecond with Z, dates and hours in ISO, decimals as text, others as is."""
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, uuid.UUID):
        return str(value)
    return value


def copied(value: Any) -> Any:
    """The value itself, or a copy where it could be changed in place."""
    return copy.deepcopy(value) if isinstance(value, (list, dict)) else value


EMPTY: tuple[Any, ...] = (None, "", [], {})


def filled(values: dict[str, Any]) -> dict[str, Any]:
    """Without what is null or empty: in the log, a key that is not there is an empty field."""
    return {key: value for key, value in values.items() if value or value not in EMPTY}


def dumps(values: dict[str, Any]) -> str:
    """JSON text with sorted keys, so that equal records read equal."""
    return orjson.dumps(values, option=orjson.OPT_SORT_KEYS).decode()


# Years before 1000 were once written without their zeros, which nothing reads.
_SHORT_YEAR = re.compile(r'(?<=")\d{1,3}(?=-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")')


def loads(text: str) -> dict[str, Any]:
    """An object of the log."""
    whole = _SHORT_YEAR.sub(lambda year: year[0].zfill(4), text)
    return orjson.loads(whole)  # type: ignore[no-any-return]  # JSON of our own making: an object


def python(field: models.Field[Any, Any], value: Any) -> Any:
    """The field's own Python value of a plain one: the way back from the log into a row."""
    if value is None:
        return None if field.null else field.get_default()
    if isinstance(field, models.JSONField):
        return value
    if isinstance(field, models.DateTimeField):
        return dt.datetime.fromisoformat(value)
    return field.to_python(value)  # a foreign key asks the key it points at
