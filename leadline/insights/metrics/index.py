"""The index of selling (R10)."""

from __future__ import annotations

import math

import numpy as np

from leadline.insights.metrics.kind import Column, Kind
from leadline.insights.metrics.selecting import Row, Tables, grouped, labelled, selection
from leadline.insights.numbers.ratios import Z
from leadline.insights.numbers.shown import shown
from leadline.insights.question import Question

COLUMNS = """
    count(*) AS n, coalesce(sum(success), 0)::BIGINT AS won,
    avg(amount::DOUBLE) AS mean_value, avg(days::DOUBLE) AS mean_days,
    count(amount) AS valued, count(days) AS dated,
    coalesce(var_samp(amount::DOUBLE), 0) AS value_variance, coalesce(var_samp(days::DOUBLE), 0) AS days_variance,
    coalesce(covar_samp(amount::DOUBLE, days::DOUBLE), 0) AS together,
    count(*) FILTER (WHERE success = 1 AND (amount IS NULL OR days IS NULL)) AS left_out"""


def index(tables: Tables, question: Question) -> list[Row]:
    """Rows with value (a plain number), low, high, n closed, won, win_rate, mean_value, mean_days, left_out.

    closed x mean won value x win rate / mean days to close of the won: it grows with the length of the period, so that
    only groups over the same period compare. None without a won deal of known worth and time,
    and where all took no time at all. `left_out` are won deals of which one of the two is unknown.
    """
    found = grouped(tables, question, selection(question), COLUMNS)
    rows = labelled(question, found)
    for row, group in zip(rows, found.to_pylist(), strict=True):
        n, won = group["n"], group["won"]
        rate = won / n if n else None
        low = high = value = None
        if rate is not None and group["mean_value"] is not None and group["mean_days"]:
            value = n * group["mean_value"] * rate / group["mean_days"]
            low, high = _between(value, group)
        row |= {
            "value": value, "low": low, "high": high, "n": n, "won": won, "win_rate": rate,
            "mean_value": group["mean_value"], "mean_days": group["mean_days"], "left_out": group["left_out"],
        }  # fmt: skip
    return rows


def _between(value: float, group: Row) -> tuple[float | None, float | None]:
    """90 % by the delta method on the logarithm: of the win rate, the mean value and the mean days. None below two."""
    few = min(group["won"], group["valued"], group["dated"])
    if few < 2 or value <= 0:
        return None, None
    variance = (1 - group["won"] / group["n"]) / group["won"]
    variance += group["value_variance"] / (group["valued"] * group["mean_value"] ** 2)
    variance += group["days_variance"] / (group["dated"] * group["mean_days"] ** 2)
    variance -= 2 * group["together"] / (few * group["mean_value"] * group["mean_days"])
    reach = math.exp(min(Z * math.sqrt(max(variance, 0.0)), 50.0))
    return shown(float(np.float64(value) / reach)), shown(float(np.float64(value) * reach))


KINDS = {
    "index": Kind(
        index,
        {"": "true", "won": "success = 1", "left_out": "success = 1 AND (amount IS NULL OR days IS NULL)"},
        (
            Column("won", "deals", "won"),
            Column("win_rate", "share"),
            Column("mean_value", "money"),
            Column("mean_days", "days"),
            Column("left_out", "deals", "left_out"),
        ),
    )
}
