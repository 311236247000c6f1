"""What share of the deals in a stage will get on, once those still there have gone their ways."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from leadline.insights import catalogue
from leadline.insights.metrics.kind import Column, Kind
from leadline.insights.metrics.selecting import Row, Tables, grouped, labelled, moment, selection
from leadline.insights.metrics.standing import DAY
from leadline.insights.metrics.unrecorded import PIPELINES, unplaced
from leadline.insights.numbers.aalen_johansen import incidence
from leadline.insights.numbers.proportions import Floats
from leadline.insights.numbers.shown import shown
from leadline.insights.question import Question

KNOWN = "(pending = 1 AND entered_s IS NOT NULL OR days IS NOT NULL)"


def projected(tables: Tables, question: Question) -> list[Row]:
    """Rows with value = Aalen-Johansen share that advances, low, high (90 %), n passages, numerator, failed, pending.

    Passages that are pending are censored at the question's moment. `undecided` is the share of which nothing is known:
    it is still there after as long as any was seen to leave. `left_out`: a time is not known. Where too many closed
    deals have no stage (`unrecorded`), those seen to leave are the ones that got on: value, low, high and undecided are
    None.
    """
    columns = f"""
        coalesce(list({{'days': coalesce(days, greatest((epoch({moment(question)}) - entered_s) / {DAY}.0, 0.0)),
            'success': success, 'failure': failure}}) FILTER (WHERE {KNOWN}), []) AS x,
        coalesce(sum(CASE WHEN {KNOWN} THEN 0 ELSE 1 END), 0)::BIGINT AS left_out, {PIPELINES}"""
    found = grouped(tables, question, selection(question), columns)
    rows = labelled(question, found)
    conversion = replace(question, metric=catalogue.find("stage_conversion"))
    missing = unplaced(tables, conversion, rows, found)
    for index, row in enumerate(rows):
        days, success, failure = _fields(found.column("x")[index])
        seen = incidence(days, success, failure)
        row |= {"value": shown(seen.value), "n": len(days), "low": shown(seen.low), "high": shown(seen.high)}
        row |= {"numerator": int(success.sum()), "failed": int(failure.sum())}
        row |= {"pending": len(days) - row["numerator"] - row["failed"], "undecided": shown(seen.undecided)}
        row["left_out"] = found.column("left_out")[index].as_py()
        if missing[index][1]:
            row |= dict.fromkeys(("value", "low", "high", "undecided"))
    return rows


def _fields(passages: Any) -> tuple[Floats, Floats, Floats]:
    days, success, failure = (
        np.asarray(passages.values.field(name).to_numpy(zero_copy_only=False), dtype=np.float64)
        for name in ("days", "success", "failure")
    )
    return days, success, failure


KINDS = {
    "projected": Kind(
        projected,
        {
            "": KNOWN,
            "numerator": f"success = 1 AND {KNOWN}",
            "failed": f"failure = 1 AND {KNOWN}",
            "pending": f"pending = 1 AND {KNOWN}",
            "left_out": f"NOT {KNOWN}",
        },
        (
            Column("numerator", "deals", "numerator"),
            Column("failed", "deals", "failed"),
            Column("pending", "deals", "pending"),
            Column("undecided", "share"),
            Column("left_out", "deals", "left_out"),
        ),
    )
}
