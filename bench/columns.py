"""Arrow columns out of NumPy arrays: text, times, days, amounts."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc


def numbered(word: str, numbers: np.ndarray) -> pa.Array:
    return pc.binary_join_element_wise(word, pa.array(numbers).cast(pa.string()), "")


def pick(words: tuple[str, ...], places: np.ndarray, empty: np.ndarray | None = None) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array(places, pa.int32(), mask=empty), pa.array(words)).cast(pa.string())


def domain(numbers: np.ndarray) -> pa.Array:
    return pc.binary_join_element_wise(numbered("company-", numbers), ".example", "")


def email(numbers: np.ndarray, organizations: int) -> pa.Array:
    return pc.binary_join_element_wise(numbered("person-", numbers), domain(numbers % organizations), "@")


def owner(numbers: np.ndarray) -> pa.Array:
    return pc.binary_join_element_wise(numbered("seller-", numbers), "sellers.example", "@")


def money(values: np.ndarray, empty: np.ndarray | None = None) -> pa.Array:
    return pa.array(values.astype(np.int64), mask=empty)


def time(seconds: np.ndarray, empty: np.ndarray | None = None) -> pa.Array:
    return pa.array(seconds, pa.timestamp("s"), mask=empty)


def day(seconds: np.ndarray) -> pa.Array:
    return pa.array(seconds // 86_400, pa.int32()).cast(pa.date32())
