"""How long deals are undecided, the open ones counted in."""

from __future__ import annotations

from typing import Any

import numpy as np

from leadline.insights.metrics.kind import Column, Kind
from leadline.insights.metrics.selecting import Row, Tables, grouped, labelled, moment, selection
from leadline.insights.metrics.standing import DAY
from leadline.insights.numbers import survival
from leadline.insights.numbers.proportions import Floats
from leadline.insights.numbers.shown import shown
from leadline.insights.question import Question

KNOWN = "created_s IS NOT NULL AND (open = 1 OR coalesce(over_s >= created_s, false))"
Watched = tuple[Floats, Floats, Floats]


def life(tables: Tables, question: Question) -> list[Row]:
    """Rows with value = Kaplan-Meier median days until won or lost, low, high (90 %), n, closed, open, left_out."""
    rows = []
    for row, (since, until, over), left_out in _watched(tables, question):
        value, low, high = map(shown, survival.median(since, until, over))
        closed = int(over.sum())
        row |= {"value": value, "n": len(until), "low": low, "high": high, "closed": closed}
        rows.append(row | {"open": len(until) - closed, "left_out": left_out})
    return rows


def lives(tables: Tables, question: Question) -> list[tuple[Row, Watched]]:
    """The labels of each group with what its curve is made of: since, until (days), and whether it was over then."""
    return [(row, watched) for row, watched, _left_out in _watched(tables, question)]


def _watched(tables: Tables, question: Question) -> list[tuple[Row, Watched, int]]:
    days = f"greatest((coalesce(over_s, epoch({moment(question)})) - created_s) / {DAY}.0, 0.0)"
    columns = (
        f"coalesce(list({{'days': {days}, 'over': 1.0 - open}}) FILTER (WHERE {KNOWN}), []) AS x, "
        f"coalesce(sum(CASE WHEN {KNOWN} THEN 0 ELSE 1 END), 0)::BIGINT AS left_out"
    )
    found = grouped(tables, question, selection(question), columns)
    rows: list[tuple[Row, Watched, int]] = []
    for index, row in enumerate(labelled(question, found)):
        until, over = (_field(found.column("x")[index], name) for name in ("days", "over"))
        rows.append((row, (np.zeros_like(until), until, over), found.column("left_out")[index].as_py()))
    return rows


def _field(structs: Any, name: str) -> Floats:
    return np.asarray(structs.values.field(name).to_numpy(zero_copy_only=False), dtype=np.float64)


KINDS = {
    "life": Kind(
        life,
        {"": KNOWN, "closed": f"open = 0 AND {KNOWN}", "open": f"open = 1 AND {KNOWN}", "left_out": f"NOT ({KNOWN})"},
        (
            Column("closed", "deals", "closed"),
            Column("open", "deals", "open"),
            Column("left_out", "deals", "left_out"),
        ),
    )
}
