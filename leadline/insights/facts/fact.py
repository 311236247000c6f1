"""What makes facts countable."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import ibis.expr.types as ir


@dataclass(frozen=True)
class Facts:
    """One kind of facts: a function from the company's time zone to an expression, and what of it is measured.

    The expression has a column of the record behind each row (`rows`: deal, lead or activity), `pipeline`,
    `happened_on` (the company's day; null: unknown), the columns named by the dimensions that it can be broken down by,
    and its `measures`.
    """

    make: Callable[[str], ir.Table]
    measures: tuple[str, ...] = ()
    rows: str = "deal"
