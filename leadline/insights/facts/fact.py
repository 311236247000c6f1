"""What makes facts countable."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import ibis.expr.types as ir


@dataclass(frozen=True)
class Facts:
    """One kind of facts: a function from the company's time zone to an expression, and what of it is measured.

    The expression has a column of the record behind each row (`rows`: deal, lead or activity), `pipeline`,
    `happened_on` (the company's day; null: unknown), the columns named by the dimensions that it can be broken down by,
    and its `measures`. `alone` makes the same rows without what is known of their deals only: for questions that ask
    nothing of that, and that need not look every deal up.
    """

    make: Callable[[str], ir.Table]
    measures: tuple[str, ...] = ()
    rows: str = "deal"
    alone: Callable[[str], ir.Table] | None = None

    def made(self, zone: str, needed: Iterable[str]) -> ir.Table:
        """The rows, with these columns among theirs."""
        rows = self.alone(zone) if self.alone else None
        return rows if rows is not None and set(needed) <= set(rows.columns) else self.make(zone)
