"""How much work a success takes: activities per win, per passage (R8); and how much was done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa

from leadline.insights.metrics.kind import Column, Kind
from leadline.insights.metrics.selecting import Row, Selection, Tables, grouped, labelled, selection
from leadline.insights.metrics.total import total
from leadline.insights.numbers.proportions import Floats
from leadline.insights.numbers.ratios import ratio
from leadline.insights.numbers.shown import floats, shown
from leadline.insights.question import Question

TYPE = "activity_type"
# Facts that have one row for each case with all its work, in place of those that have one for each type of it.
WHOLE = {"passage_efforts": "whole_passages"}
COUNTED = ("passage_efforts", "whole_passages")  # rows that are a case each, at least of one type
SUMS = (
    "count(*) AS n, coalesce(sum(a), 0)::DOUBLE AS a, coalesce(sum(b), 0)::DOUBLE AS b, "
    "coalesce(sum(a * a), 0)::DOUBLE AS aa, coalesce(sum(a * b), 0)::DOUBLE AS ab"
)


def effort(tables: Tables, question: Question) -> list[Row]:
    """Rows with numerator (activities), denominator (successes), value, low, high, n (cases decided).

    The cases are all that are decided, whether such an activity was done on them or not.
    """
    typed = any(dimension.name == TYPE for dimension in question.by)
    whole = _of_any_type(question)
    if not typed and whole.dimensions == question.dimensions:
        question = whole
    own = grouped(tables, question, _cases(question, "worked > 0" if typed else ""), SUMS)
    rows = labelled(question, own)
    if whole.dimensions == question.dimensions:
        return _filled(rows, own, own)
    every = grouped(tables, whole, _cases(whole), SUMS)
    names = [dimension.name for dimension in whole.by]
    if not typed:  # of one type: who did none of it has a row too
        done = {_key(row, names): place for place, row in enumerate(rows)}
        rows, places = labelled(whole, every), list(range(len(every)))
        own = _taken(own, [done.get(_key(row, names)) for row in rows])
    else:
        known = {_key(row, names): place for place, row in enumerate(labelled(whole, every))}
        places = [known[_key(row, names)] for row in rows]
    return _filled(rows, own, _taken(every, places))


def _of_any_type(question: Question) -> Question:
    metric = question.metric
    return replace(
        question,
        metric=replace(metric, facts=WHOLE.get(metric.facts, metric.facts)),
        by=tuple(dimension for dimension in question.by if dimension.name != TYPE),
        where=tuple((dimension, label) for dimension, label in question.where if dimension.name != TYPE),
        among=tuple((dimension, labels) for dimension, labels in question.among if dimension.name != TYPE),
    )


def _cases(question: Question, extra: str = "") -> Selection:
    """One row per case: how many activities were done on it, and whether it succeeded."""
    chosen = selection(question, extra=extra)
    labels = "".join(f"d{n}, p{n}, " for n in range(len(question.by)))
    if question.metric.facts in COUNTED:
        return Selection(f"SELECT {labels}worked AS a, success AS b FROM ({chosen.sql})", chosen.values)
    case = f"{labels}{question.metric.rows}, step"
    return Selection(
        f"SELECT {case}, sum(worked) AS a, max(success) AS b FROM ({chosen.sql}) GROUP BY {case}", chosen.values
    )


def _key(row: Row, names: list[str]) -> tuple[object, ...]:
    return tuple(row[name] for name in names)


def _taken(table: pa.Table, places: Sequence[int | None]) -> pa.Table:
    return table.take(pa.array(places, pa.int64()))


def _filled(rows: list[Row], own: pa.Table, every: pa.Table) -> list[Row]:
    a, aa, ab = (_zeros(own, name) for name in ("a", "aa", "ab"))
    n, b = floats(every, "n"), floats(every, "b")
    low, high = ratio(n, a, b, (aa, ab, b))
    for i, row in enumerate(rows):
        row |= {
            "value": float(a[i] / b[i]) if b[i] else None, "low": shown(low[i]), "high": shown(high[i]),
            "n": int(n[i]), "numerator": int(a[i]), "denominator": int(b[i]),
        }  # fmt: skip
    return rows


def _zeros(table: pa.Table, name: str) -> Floats:
    """The column with 0 for who has no row."""
    return np.nan_to_num(floats(table, name))


def behind(tables: Tables, question: Question, part: str) -> list[int] | None:
    """What n and the denominator count minds no type: a win is one whether or not there was a call."""
    if part == "numerator":
        return None
    chosen = selection(_of_any_type(question), extra=PARTS[part])
    found = tables.arrow(f"SELECT DISTINCT deal FROM ({chosen.sql}) ORDER BY deal", chosen.values)
    return [row["deal"] for row in found.to_pylist()]


PARTS = {"": "true", "numerator": "worked > 0", "denominator": "success = 1"}
KINDS = {
    "effort": Kind(
        effort,
        PARTS,
        (Column("numerator", "activities", "numerator"), Column("denominator", "deals", "denominator")),
        behind=behind,
    ),
    "time_spent": Kind(
        total, {"": "true", "left_out": "amount IS NULL"}, (Column("left_out", "activities", "left_out"),)
    ),
}
