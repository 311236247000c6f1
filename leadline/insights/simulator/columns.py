"""Arrow columns out of NumPy arrays: words, joined texts, times, days, amounts; never a row at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import ArrayLike, NDArray

DAY = 86_400
Whole = NDArray[np.signedinteger[Any]]
Flags = NDArray[np.bool_]


def picked(words: Sequence[str], places: ArrayLike, empty: Flags | None = None) -> Any:
    """The words at these places; null where `empty`."""
    found = pa.DictionaryArray.from_arrays(pa.array(np.asarray(places), pa.int32(), mask=empty), pa.array(list(words)))
    return found.cast(pa.string())


def at(column: Any, places: ArrayLike, empty: Flags | None = None) -> Any:
    """The rows of a column at these places; null where `empty`."""
    return column.take(pa.array(np.asarray(places), pa.int64(), mask=empty))


def joined(*parts: Any) -> Any:
    """Texts one behind another; a part is a column or one text for all rows."""
    return pc.binary_join_element_wise(*parts, "")  # the last one stands between them


def numbered(word: str, numbers: ArrayLike, empty: Flags | None = None) -> Any:
    """The word with a number behind it: D0, D1 …"""
    return joined(word, pa.array(np.asarray(numbers), pa.int64(), mask=empty).cast(pa.string()))


def either(first: Flags, one: Any, other: Any) -> Any:
    """Row by row the one where `first`, else the other."""
    return pc.if_else(pa.array(first), one, other)


def times(seconds: ArrayLike, empty: Flags | None = None) -> Any:
    """Moments, in seconds since 1970 (UTC); null where `empty`."""
    return pa.array(np.asarray(seconds).astype(np.int64), pa.timestamp("s"), mask=empty)


def days(numbers: ArrayLike, empty: Flags | None = None) -> Any:
    """Days, in days since 1970; null where `empty`."""
    return pa.array(np.asarray(numbers).astype(np.int32), pa.int32(), mask=empty).cast(pa.date32())


def amounts(values: NDArray[Any], empty: Flags | None = None) -> Any:
    """Whole units of money; null where `empty` or not a number."""
    unknown = np.isnan(values) if values.dtype.kind == "f" else np.zeros(len(values), bool)
    if empty is not None:
        unknown = unknown | empty
    return pa.array(np.where(unknown, 0, values).astype(np.int64), mask=unknown)


def mixed(numbers: ArrayLike, salt: int, below: int) -> Whole:
    """For each number another one from 0 to `below` - 1 that seems to have nothing to do with it (splitmix64).

    The same for the same salt, in whichever batch the number comes: what is made up of a firm stays so.
    """
    with np.errstate(over="ignore"):
        found = np.asarray(numbers).astype(np.uint64) + np.uint64(salt) * np.uint64(0x9E3779B97F4A7C15)
        found = (found ^ (found >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        found = (found ^ (found >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        found = found ^ (found >> np.uint64(31))
    return (found % np.uint64(below)).astype(np.int64)


def chosen(numbers: ArrayLike, salt: int, share: float) -> Flags:
    """Which of the numbers belong to a share of them."""
    return mixed(numbers, salt, 1_000_000) < share * 1_000_000
