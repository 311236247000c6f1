"""Answers as what JSON can hold, and back: frozen dataclasses of numbers, texts, days, tuples and mappings."""

from __future__ import annotations

import dataclasses
import datetime as dt
import types
import typing
from collections.abc import Mapping
from enum import Enum
from functools import cache
from typing import Any, TypeVar

T = TypeVar("T")


def plain(value: Any) -> Any:
    """Without types: objects become mappings of their fields, arrays and tuples lists. NaN becomes None."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if hasattr(value, "tolist"):  # numpy's numbers and arrays
        return plain(value.tolist())
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(each) for each in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, dt.date):  # a moment is one, too
        return value.isoformat()
    return None if isinstance(value, float) and value != value else value


def made(kind: Any, data: Any) -> Any:
    """A value of this type out of what `plain` made of one. Raises TypeError or KeyError for what does not fit it."""
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if kind is Any:
        return data
    if origin in (typing.Union, types.UnionType):
        return None if data is None else made(next(each for each in inner if each is not type(None)), data)
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        return kind(**{name: made(each, data[name]) for name, each in _fields(kind).items() if name in data})
    if origin is tuple:
        kinds = [inner[0]] * len(data) if inner[-1:] == (...,) else inner
        return tuple(made(each, value) for each, value in zip(kinds, data, strict=True))
    if origin is list:
        return [made(inner[0], value) for value in data]
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {made(inner[0], key): made(inner[1], value) for key, value in data.items()}
    return _single(kind, data)


def _single(kind: Any, data: Any) -> Any:
    if kind in (dt.date, dt.datetime):
        return kind.fromisoformat(data)
    if kind is float:
        return float("nan") if data is None else float(data)
    return kind(data)


@cache
def _fields(kind: type) -> dict[str, Any]:
    """The fields of a dataclass with their types."""
    hints = typing.get_type_hints(kind)
    return {field.name: hints[field.name] for field in dataclasses.fields(kind)}
