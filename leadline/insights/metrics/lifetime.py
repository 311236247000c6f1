"""What a customer is worth over time (R13): seen so far, and projected from renewals."""

from __future__ import annotations

from typing import Any

import numpy as np

from leadline.insights.metrics.comparing import compare
from leadline.insights.metrics.kind import Column, Kind
from leadline.insights.metrics.selecting import Row, Selection, Tables, grouped, labelled, selection
from leadline.insights.numbers import shrinkage
from leadline.insights.numbers.centre import means, part_of
from leadline.insights.numbers.proportions import jeffreys
from leadline.insights.numbers.shown import groups as lists
from leadline.insights.numbers.shown import shown
from leadline.insights.question import Question

ENOUGH = 30  # renewals due, before a renewal rate is projected from


def lifetime(tables: Tables, question: Question) -> list[Row]:
    """Rows with value = mean over customers of what they bought to date, low, high, n customers, left_out (no amount).

    With at least 30 renewals decided also `projected` (and its ends): what is bought once + m r / (1 - r), where r is
    the share of renewals won and m the mean value of one: the sum of r + r^2 + ... renewals still to come after each
    sale, undiscounted (Gupta and Lehmann, "Customers as Assets", Journal of Interactive Marketing 17, 2003).
    """
    groups = grouped(tables, question, _by_customer(question), COLUMNS)
    rows, values = labelled(question, groups), lists(groups, "x")
    found = means(values)
    for i, (row, told) in enumerate(zip(rows, groups.to_pylist(), strict=True)):
        row |= {
            "value": shown(found.value[i]),
            "n": int(values.sizes[i]),
            "low": shown(found.low[i]),
            "high": shown(found.high[i]),
            "left_out": told["left_out"],
            "renewals": told["due"],
            **_projected(told),
        }
    compare(question, rows, [int(n) for n in values.sizes], lambda some: shrinkage.means(part_of(values, some)))
    return rows


COLUMNS = """
    coalesce(list(amount::DOUBLE ORDER BY amount) FILTER (WHERE amount IS NOT NULL), []) AS x,
    count(*) FILTER (WHERE amount IS NULL) AS left_out, avg(once::DOUBLE) FILTER (WHERE amount IS NOT NULL) AS once,
    coalesce(sum(due), 0)::BIGINT AS due, coalesce(sum(renewed), 0)::BIGINT AS renewed,
    coalesce(sum(renewed_for)::DOUBLE, 0) AS renewed_for, coalesce(sum(known), 0)::BIGINT AS known"""


def _by_customer(question: Question) -> Selection:
    """One row per customer (and label), in place of one per deal."""
    chosen = selection(question)
    labels = "".join(f"d{n}, min(p{n}) AS p{n}, " for n in range(len(question.by)))
    keys = "".join(f"d{n}, " for n in range(len(question.by)))
    renewed = "won = 1 AND renewal = 1"
    return Selection(
        f"SELECT {labels}customer, sum(amount) AS amount, "
        "coalesce(sum(CASE WHEN renewal = 0 THEN amount END), 0) AS once, sum(renewal) AS due, "
        f"count(*) FILTER (WHERE {renewed}) AS renewed, sum(CASE WHEN {renewed} THEN amount END) AS renewed_for, "
        f"count(*) FILTER (WHERE {renewed} AND amount IS NOT NULL) AS known "
        f"FROM ({chosen.sql}) GROUP BY {keys}customer HAVING sum(won) > 0",
        chosen.values,
    )


def _projected(told: dict[str, Any]) -> Row:
    """The rate's own uncertainty carries over; what is bought once and the price of a renewal are taken as seen."""
    if told["due"] < ENOUGH or not told["known"] or told["once"] is None:
        return {"projected": None, "projected_low": None, "projected_high": None}
    renewed, due = float(told["renewed"]), float(told["due"])
    low, high = jeffreys(np.array([renewed]), np.array([due]))
    price = told["renewed_for"] / told["known"]

    def worth(rate: float) -> float | None:
        return told["once"] + price * rate / (1 - rate) if rate < 1 else None

    # The middle of Jeffreys' posterior: where every renewal was won, the rate is below 1 all the same.
    return {
        "projected": worth((renewed + 0.5) / (due + 1)),
        "projected_low": worth(float(low[0])),
        "projected_high": worth(float(high[0])),
    }


KINDS = {
    "lifetime": Kind(
        lifetime,
        {
            "": "first = 1 AND priced = 1",
            "deals": "won = 1",
            "renewals": "renewal = 1",
            "left_out": "first = 1 AND priced = 0",
        },
        (
            Column("renewals", "deals", "renewals"),
            Column("projected", low="projected_low", high="projected_high"),
            Column("left_out", "number", "left_out"),
        ),
    )
}
