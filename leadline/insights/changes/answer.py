"""The waterfall: from what was open to what is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

import pyarrow as pa

from leadline.insights.changes.reasons import NAMES
from leadline.insights.changes.steps import Scope, Statement, counted, steps
from leadline.insights.log.entities import DEAL
from leadline.insights.store.states import states

OPENING, CLOSING = "opening", "closing"


class Tables(Protocol):
    """A warehouse, of which the deals' versions are read."""

    def arrow(self, sql: str, values: Sequence[Any]) -> pa.Table:
        """The result of a SELECT."""


@dataclass(frozen=True)
class Step:
    """One bar: what it is called, by how much the value changed (or what it is, at both ends), and how many deals.

    `blank` of the deals counted as nothing: nobody had said what they are worth.
    """

    name: str
    amount: Decimal
    deals: int
    blank: int


@dataclass(frozen=True)
class Part:
    """A deal's part in a bar: what it counted before and after, and the difference that the bar is made of.

    A deal that came, or went, more than once has all of it in `amount`. At both ends all three are what it counted.
    """

    deal: int
    was: Decimal
    became: Decimal
    amount: Decimal


@dataclass(frozen=True)
class Changes:
    """opening + the sum of the steps = closing, to the cent."""

    opening: Step
    steps: tuple[Step, ...]
    closing: Step


def changes(tables: Tables, scope: Scope, after: dt.datetime, until: dt.datetime) -> Changes:
    """What changed after one moment and up to another (naive UTC, the second not before the first).

    Steps in the order of `reasons.NAMES`, those that happened. A deal that came and went is in both bars.
    """
    made = steps(scope, after, until)
    rows = tables.arrow(
        f"""
        SELECT reason, sum(amount) AS amount, count(*) AS deals, count(*) FILTER (blank) AS blank FROM (
            SELECT reason, deal, sum(amount) AS amount, bool_and(was = 0 AND became = 0) AS blank
            FROM ({made.sql}) GROUP BY reason, deal
        ) GROUP BY reason""",
        made.values,
    ).to_pylist()
    found = {row["reason"]: _step(row["reason"], row) for row in rows}
    return Changes(
        _standing(tables, scope, OPENING, after),
        tuple(found[name] for name in NAMES if name in found),
        _standing(tables, scope, CLOSING, until),
    )


def parts(tables: Tables, scope: Scope, after: dt.datetime, until: dt.datetime, name: str) -> list[Part]:
    """Each deal's part in one bar, by id; all of them add up to the bar."""
    if name in (OPENING, CLOSING):
        found = counted(scope, states(DEAL, after if name == OPENING else until))
        made = Statement(f"SELECT deal, amount AS was, amount AS became, amount FROM ({found.sql})", found.values)
    else:
        found = steps(scope, after, until)
        sql = f"""
            SELECT deal, arg_min(was, seq) AS was, arg_max(became, seq) AS became, sum(amount) AS amount
            FROM ({found.sql}) WHERE reason = ? GROUP BY deal"""
        made = Statement(sql, (*found.values, name))
    rows = tables.arrow(f"SELECT * FROM ({made.sql}) ORDER BY deal", made.values).to_pylist()
    return [Part(row["deal"], Decimal(row["was"]), Decimal(row["became"]), Decimal(row["amount"])) for row in rows]


def _standing(tables: Tables, scope: Scope, name: str, moment: dt.datetime) -> Step:
    made = counted(scope, states(DEAL, moment))
    (row,) = tables.arrow(
        f"""
        SELECT coalesce(sum(amount), 0) AS amount, count(*) AS deals, count(*) FILTER (amount = 0) AS blank
        FROM ({made.sql})""",
        made.values,
    ).to_pylist()
    return _step(name, row)


def _step(name: str, row: dict[str, Any]) -> Step:
    return Step(name, Decimal(row["amount"]), row["deals"], row["blank"])
