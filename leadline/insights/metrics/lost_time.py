"""Time spent on what was lost (R23)."""

from __future__ import annotations

import numpy as np

from leadline.insights.metrics.kind import Column, Kind
from leadline.insights.metrics.selecting import Row, Selection, Tables, grouped, labelled, selection
from leadline.insights.numbers.ratios import ratio
from leadline.insights.numbers.shown import floats, shown
from leadline.insights.question import Question

SUMS = (
    "count(b) AS n, coalesce(sum(a), 0)::DOUBLE AS a, coalesce(sum(b), 0)::DOUBLE AS b, "
    "coalesce(sum(a * a), 0)::DOUBLE AS aa, coalesce(sum(a * b), 0)::DOUBLE AS ab, "
    "coalesce(sum(b * b), 0)::DOUBLE AS bb, coalesce(sum(unknown), 0)::BIGINT AS left_out"
)


def time_on_lost(tables: Tables, question: Question) -> list[Row]:
    """Rows with numerator (minutes on lost deals), denominator (on lost and won ones), value, low, high, n deals.

    `left_out` are activities without minutes.
    """
    chosen = selection(question)
    labels = "".join(f"d{n}, p{n}, " for n in range(len(question.by)))
    cases = Selection(
        f"SELECT {labels}deal, sum(CASE WHEN success = 0 THEN minutes ELSE 0 END)::DOUBLE AS a, "
        "sum(minutes)::DOUBLE AS b, sum(CASE WHEN worked = 1 AND minutes IS NULL THEN 1 ELSE 0 END) AS unknown "
        f"FROM ({chosen.sql}) GROUP BY {labels}deal",
        chosen.values,
    )
    found = grouped(tables, question, cases, SUMS)
    rows = labelled(question, found)
    n, a, b = (floats(found, name) for name in ("n", "a", "b"))
    low, high = ratio(n, a, b, (floats(found, "aa"), floats(found, "ab"), floats(found, "bb")))
    for i, row in enumerate(rows):
        row |= {
            "value": float(a[i] / b[i]) if b[i] else None, "low": shown(low[i]),
            "high": shown(np.minimum(high[i], 1.0)),
            "n": int(n[i]), "numerator": int(a[i]), "denominator": int(b[i]),
            "left_out": found.column("left_out")[i].as_py(),
        }  # fmt: skip
    return rows


KINDS = {
    "time_on_lost": Kind(
        time_on_lost,
        {
            "": "minutes IS NOT NULL",
            "numerator": "minutes IS NOT NULL AND success = 0",
            "denominator": "minutes IS NOT NULL",
            "left_out": "worked = 1 AND minutes IS NULL",
        },
        (
            Column("numerator", "minutes", "numerator"),
            Column("denominator", "minutes", "denominator"),
            Column("left_out", "activities", "left_out"),
        ),
    )
}
