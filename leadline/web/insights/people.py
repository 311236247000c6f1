"""People or teams side by side: what was measured, what can be trusted of it, and who really differs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from leadline.insights.catalogue import find
from leadline.web.frame import formats
from leadline.web.insights.asked import Asked
from leadline.web.insights.stages import Cell
from leadline.web.insights.wording import between, share, verdict

Row = dict[str, Any]


@dataclass(frozen=True)
class PersonLine:
    """One person or team. `name` is None for deals without an owner; `flag` is "below", "above" or None."""

    name: str | None
    raw: Cell
    shrunk: str
    n: Cell
    flag: str | None
    verdict: str


def person_lines(asked: Asked, rows: Sequence[Row], currency: str) -> list[PersonLine]:
    """In the order of the tempered value, best first; those with nothing to measure last."""
    metric = asked.compare
    written = _written(metric, currency, rows)

    def opens(row: Row) -> str:
        return asked.deals(metric, **{asked.by: row[asked.by]})

    return [
        PersonLine(
            name=row[asked.by],
            raw=Cell(share(row) if metric == "win_rate" else written(row["value"]), opens(row), between(row, written)),
            shrunk=written(row.get("shrunk")) if row["n"] else formats.UNKNOWN,
            n=Cell(formats.number(row["n"]), opens(row)),
            flag=row.get("flag"),
            verdict=verdict(row) if row["n"] else "",
        )
        for row in best_first(asked, rows)
    ]


def best_first(asked: Asked, rows: Sequence[Row]) -> list[Row]:
    """By the tempered value, which a lucky few cannot top; those with nothing to measure last."""
    best = 1 if find(asked.compare).good_direction == "down" else -1
    return sorted(rows, key=lambda row: (not row["n"], best * float(row.get("shrunk") or 0)))


def _written(metric: str, currency: str, rows: Sequence[Row]) -> Callable[[Any], str]:
    if metric == "win_rate":
        return formats.percent
    if metric == "deal_size":
        whole = formats.in_thousands(row[key] for row in rows for key in ("value", "low", "high"))
        return lambda value: formats.money(value, currency, whole=whole)
    return formats.days
