"""Rows of the ledger's tables: some of them, in another order, one table behind another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any, TypeVar, cast, get_args, get_type_hints

import numpy as np
from numpy.typing import NDArray

from leadline.insights.ledger.ledger import NOBODY, Ids, Places

T = TypeVar("T")
Which = NDArray[np.bool_] | NDArray[np.integer[Any]]


def taken(table: T, which: Which) -> T:
    """The table with these rows only (flags), or with its rows in this order (places)."""
    columns = {one.name: getattr(table, one.name)[which] for one in fields(cast(Any, table))}
    return type(table)(**columns)


def stacked(tables: Sequence[T]) -> T:
    """The tables one behind another; there is at least one."""
    columns = {
        one.name: np.concatenate([getattr(table, one.name) for table in tables]) for one in fields(cast(Any, tables[0]))
    }
    return type(tables[0])(**columns)


def places_of(ids: Ids, wanted: NDArray[np.integer[Any]]) -> Places:
    """At which place of `ids`, each of which stands there once, the wanted ones are; NOBODY where they are not."""
    order = np.argsort(ids, kind="stable")
    found = np.searchsorted(ids, wanted, sorter=order)
    known = np.append(order, NOBODY)[found]
    there = (known != NOBODY) & (np.append(ids, NOBODY)[known] == wanted)
    return np.where(there, known, NOBODY).astype(np.int32)


def empty(table: type[T]) -> T:
    """A table without rows, each column of its own type."""
    hints = get_type_hints(table)
    return table(**{one.name: np.zeros(0, _element(hints[one.name])) for one in fields(cast(Any, table))})


def _element(hint: Any) -> Any:
    """`np.float64` out of `NDArray[np.float64]`."""
    return get_args(get_args(hint)[1])[0]
