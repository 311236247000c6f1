"""What a lake holds: the tables that every relation, of now and of any past moment, can be made of."""

from __future__ import annotations

from functools import cache

import sqlglot
from sqlglot import exp

from leadline.insights import moments
from leadline.insights.store.relations import relations
from leadline.insights.store.tables import KEPT

VERSION = 1  # of the lake's own shape
SPAN = 65_536  # so many records, by id, share a file


@cache
def contents() -> tuple[str, ...]:
    """The names of the tables, those that `store.tables` makes and keeps."""
    read = {
        name for moment in (None, moments.LAST) for select in relations(moment).values() for name in _tables(select)
    }
    made = relations(None).keys() - {"stage_order"}
    return tuple(sorted(({"stage_order", *KEPT} | read) - made))


def _tables(select: str) -> set[str]:
    tree = sqlglot.parse_one(select, read="duckdb")
    named_within = {cte.alias for cte in tree.find_all(exp.CTE)}
    return {table.name for table in tree.find_all(exp.Table) if table.name} - named_within
