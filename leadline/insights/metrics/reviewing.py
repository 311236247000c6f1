"""What pipeline reviews bring: adds after them, and what became of those, beside other days (R26)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np

from leadline.insights.facts.compiled import facts_sql
from leadline.insights.metrics.kind import Column, Kind
from leadline.insights.metrics.selecting import Row, Tables, grouped, labelled, selection
from leadline.insights.numbers.proportions import jeffreys
from leadline.insights.numbers.ratios import rates_ratio
from leadline.insights.numbers.shown import floats, shown
from leadline.insights.question import Question

RIPE = dt.timedelta(days=30)  # a deal gets so long to become real before it is counted
SATURDAY = 5


def review_growth(tables: Tables, question: Question) -> list[Row]:
    """Rows with value = share real of the adds after reviews, low, high, n, numerator; other, other_low, other_high …

    `times` is how many times as many deals are added per weekday after a review as on other weekdays, with its
    interval; `reviews` the days on which one was held. Deals younger than 30 days are left out.
    """
    columns = (
        "count(*) FILTER (WHERE after = 1) AS n, count(*) FILTER (WHERE after = 1 AND real = 1) AS k, "
        "count(*) FILTER (WHERE after = 0) AS other_n, count(*) FILTER (WHERE after = 0 AND real = 1) AS other_k, "
        "min(happened_on) AS first, max(happened_on) AS last"
    )
    found = grouped(tables, question, selection(question, extra=_ripe(question)), columns)
    rows = labelled(question, found)
    ends = [(_ends(low, high)) for low, high in zip(*_interval(found, "k", "n"), strict=True)]
    others = [(_ends(low, high)) for low, high in zip(*_interval(found, "other_k", "other_n"), strict=True)]
    held = _held(tables, question)
    for row, group, own, other in zip(rows, found.to_pylist(), ends, others, strict=True):
        row |= {"value": _share(group["k"], group["n"]), "low": own[0], "high": own[1], "n": group["n"]}
        row |= {"numerator": group["k"], "denominator": group["n"], "other": _share(group["other_k"], group["other_n"])}
        row |= {"other_low": other[0], "other_high": other[1], "other_numerator": group["other_k"]}
        row |= {"other_n": group["other_n"], **_pace(question, group, held)}
    return rows


def _interval(found: Any, k: str, n: str) -> tuple[Any, Any]:
    return jeffreys(floats(found, k), floats(found, n))


def _ends(low: float, high: float) -> tuple[float | None, float | None]:
    return shown(low), shown(high)


def _share(k: int, n: int) -> float | None:
    return k / n if n else None


def _last_ripe(question: Question) -> dt.date:
    return max(question.as_of, dt.datetime.min + RIPE).date() - RIPE  # noqa: DTZ901  naive UTC


def _ripe(question: Question) -> str:
    return f"happened_on <= DATE '{_last_ripe(question)}'"


def _held(tables: Tables, question: Question) -> list[dt.date]:
    """The days on which a review was held."""
    reviews = facts_sql("reviews", (), question.zone)
    found = tables.arrow(f"SELECT DISTINCT happened_on AS held FROM ({reviews}) ORDER BY held", ())
    return [row["held"] for row in found.to_pylist()]


def _pace(question: Question, group: dict[str, Any], held: list[dt.date]) -> Row:
    """Adds per weekday after reviews and on other days, over the period, or from the first add to the last."""
    start, end = (
        question.start or group["first"],
        min(filter(None, (question.end or group["last"], group["last"])), default=None),
    )
    if start is None or end is None or start > end:
        return {"times": None, "times_low": None, "times_high": None, "reviews": 0}
    window = {day for review in held for day in weekdays_from(review) if start <= day <= end}
    weekdays = int(np.busday_count(start, np.datetime64(end) + 1))
    found = rates_ratio((group["n"], group["other_n"]), (len(window), max(weekdays - len(window), 0)))
    times = dict(zip(("times", "times_low", "times_high"), map(shown, found), strict=True))
    return {**times, "reviews": sum(start <= day <= end for day in held)}


def weekdays_from(day: dt.date, count: int = 3) -> list[dt.date]:
    """The weekdays of a review's window: its day, if it is one, and those that follow, `count` days in all."""
    last = (dt.date.max - day).days  # no day follows the calendar's last
    following = (day + dt.timedelta(days=n) for n in range(min(count + 3, last) + 1))
    days = [day, *(each for each in following if each > day and each.weekday() < SATURDAY)][:count]
    return [each for each in days if each.weekday() < SATURDAY]


def behind(tables: Tables, question: Question, part: str) -> list[int]:
    """The deals of a part that are old enough to be counted."""
    chosen = selection(question, extra=f"{PARTS[part]} AND {_ripe(question)}")
    found = tables.arrow(f"SELECT DISTINCT deal FROM ({chosen.sql}) ORDER BY deal", chosen.values)
    return [row["deal"] for row in found.to_pylist()]


PARTS = {
    "": "after = 1",
    "numerator": "after = 1 AND real = 1",
    "denominator": "after = 1",
    "other": "after = 0",
    "other_numerator": "after = 0 AND real = 1",
}
KINDS = {
    "reviews": Kind(
        review_growth,
        PARTS,
        (
            Column("numerator", "deals", "numerator"),
            Column("denominator", "deals", "denominator"),
            Column("other", "share", "other", "other_low", "other_high"),
            Column("other_numerator", "deals", "other_numerator"),
            Column("other_n", "deals", "other"),
            Column("times", "number", low="times_low", high="times_high"),
            Column("reviews", "activities"),
        ),
        behind=behind,
    )
}
