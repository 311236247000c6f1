"""Ledgers as plain rows: what two of them say can be held against each other, whatever their ids and places are."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import fields
from typing import Any

import numpy as np

from leadline.insights.ledger.ledger import NOBODY, Facts, Ledger
from leadline.insights.ledger.passages import Passages

Row = tuple[Any, ...]
NAMED = {
    "pipeline": "pipeline",
    "stage": "stage",
    "owner": "owner",
    "originator": "owner",
    "actor": "owner",
    "person": "owner",
    "source": "source",
    "campaign": "campaign",
    "team": "team",
    "type": "type",
    "lost_reason": "lost_reason",
}
TABLES = (
    "deals", "visits", "values", "expectations", "owners", "statuses", "touches", "activities", "leads", "targets",
)  # fmt: skip


def rows(ledger: Ledger, name: str, leave: Collection[str] = ()) -> list[Row]:
    """The rows of a table in an order of their own; deals and leads by their place in the order of creation."""
    return told(ledger, getattr(ledger, name), {*leave, "id"})


def told(ledger: Ledger, table: Any, leave: Collection[str] = ()) -> list[Row]:
    columns = [_column(ledger, table, one.name) for one in fields(table) if one.name not in leave]
    return sorted(zip(*columns, strict=True), key=repr)


def all_rows(ledger: Ledger, leave: Collection[str] = ()) -> dict[str, list[Row]]:
    return {name: rows(ledger, name, leave) for name in TABLES}


def passed(ledger: Ledger, found: Passages) -> list[Row]:
    return told(ledger, found)


def _column(ledger: Ledger, table: Any, name: str) -> Sequence[Any]:
    values = getattr(table, name)
    if isinstance(values, tuple):
        return values
    if name in ("title_key", "organization"):
        return _alike(values)
    kind = NAMED.get(name) if values.dtype.kind == "i" else None
    if kind is not None:
        labels = (*ledger.names[kind].labels, None)
        return [labels[place] for place in values]
    if isinstance(table, Facts) and name == "was" and table is ledger.owners:
        labels = (*ledger.names["owner"].labels, None)
        return [labels[int(place)] for place in values]
    return [_plain(value) for value in values.tolist()]


def _alike(values: Any) -> list[int]:
    """Which rows have the same: each by the first that has it; -1 for none."""
    first: dict[int, int] = {}
    return [NOBODY if one == NOBODY else first.setdefault(one, place) for place, one in enumerate(values.tolist())]


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        return None if np.isnan(value) else round(value, 9)
    return value
