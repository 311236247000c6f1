"""How soon leads are answered (R39), those never answered minded."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from leadline.insights.metrics.comparing import compare
from leadline.insights.metrics.kind import Column, Kind
from leadline.insights.metrics.selecting import Row, Tables, grouped, labelled, moment, selection
from leadline.insights.numbers import shrinkage, survival
from leadline.insights.numbers.centre import Groups, medians, part_of, quantiles
from leadline.insights.numbers.proportions import jeffreys
from leadline.insights.numbers.shown import floats, shown
from leadline.insights.numbers.shown import groups as lists
from leadline.insights.question import Question

LIMITS = {"within_5_minutes": 1 / 12, "within_1_hour": 1.0, "within_1_day": 24.0}  # in hours


def response(tables: Tables, question: Question) -> list[Row]:
    """Rows with value = median hours of the answered, low, high, n, p90; the shares answered in time; unanswered.

    A share is of the leads that have waited at least so long by as_of, answered or not. `km_median` (km_low, km_high)
    is the median with unanswered leads censored at their close, else at as_of (Kaplan and Meier 1958).
    """
    groups = grouped(tables, question, selection(question, extra="waiting_since IS NOT NULL"), _columns(question))
    rows, hours = labelled(question, groups), lists(groups, "x")
    middle = medians(hours)
    for i, (row, p90) in enumerate(zip(rows, quantiles(hours, 0.9), strict=True)):
        row |= {
            "value": shown(middle.value[i]),
            "n": int(hours.sizes[i]),
            "low": shown(middle.low[i]),
            "high": shown(middle.high[i]),
            "p90": shown(p90),
        }
    _in_time(rows, groups)
    _with_unanswered(rows, hours, lists(groups, "waiting"))
    compare(question, rows, [int(n) for n in hours.sizes], lambda some: shrinkage.medians(part_of(hours, some)))
    return rows


def _columns(question: Question) -> str:
    now = moment(question)
    waiting = f"epoch(greatest(least(coalesce(gave_up_at, {now}), {now}), waiting_since) - waiting_since) / 3600"
    columns = [
        "coalesce(list(hours::DOUBLE ORDER BY hours) FILTER (WHERE hours IS NOT NULL), []) AS x",
        f"coalesce(list(({waiting})::DOUBLE ORDER BY {waiting}) FILTER (WHERE hours IS NULL), []) AS waiting",
    ]
    for name, limit in LIMITS.items():
        old = f"epoch({now} - waiting_since) >= {round(limit * 3600)}"
        columns += [
            f"count(*) FILTER (WHERE {old}) AS {name}_n",
            f"count(*) FILTER (WHERE {old} AND hours <= {limit!r}) AS {name}_k",
        ]
    return ", ".join(columns)


def _in_time(rows: list[Row], groups: pa.Table) -> None:
    for name in LIMITS:
        k, n = floats(groups, f"{name}_k"), floats(groups, f"{name}_n")
        low, high = jeffreys(k, n)
        for i, row in enumerate(rows):
            row |= {
                name: float(k[i] / n[i]) if n[i] else None,
                f"{name}_low": shown(low[i]),
                f"{name}_high": shown(high[i]),
            }


def _with_unanswered(rows: list[Row], hours: Groups, waiting: Groups) -> None:
    for i, row in enumerate(rows):
        answered, open_still = (some.values[some.starts[i] : some.starts[i + 1]] for some in (hours, waiting))
        middle = survival.median(
            np.zeros(len(answered) + len(open_still)),
            np.concatenate((answered, open_still)),
            np.concatenate((np.ones_like(answered), np.zeros_like(open_still))),
        )
        row |= dict(zip(("km_median", "km_low", "km_high"), map(shown, middle), strict=True))
        row["unanswered"] = len(open_still)


_OLD = "epoch({{as_of}} - waiting_since) >= {seconds} AND hours <= {hours!r}"
KINDS = {
    "response": Kind(
        response,
        {
            "": "hours IS NOT NULL",
            "unanswered": "hours IS NULL AND waiting_since IS NOT NULL",
            **{name: _OLD.format(seconds=round(limit * 3600), hours=limit) for name, limit in LIMITS.items()},
        },
        (
            Column("p90"),
            Column("within_5_minutes", "share", "within_5_minutes", "within_5_minutes_low", "within_5_minutes_high"),
            Column("within_1_hour", "share", "within_1_hour", "within_1_hour_low", "within_1_hour_high"),
            Column("within_1_day", "share", "within_1_day", "within_1_day_low", "within_1_day_high"),
            Column("unanswered", "leads", "unanswered"),
            Column("km_median", low="km_low", high="km_high"),
        ),
    )
}
