"""One way from a question to rows."""

from __future__ import annotations

from collections.abc import Callable

from leadline.insights.metrics.centre import size, time
from leadline.insights.metrics.proportion import proportion
from leadline.insights.metrics.selecting import Row, Tables, selection
from leadline.insights.metrics.stay import stay
from leadline.insights.metrics.total import count, total
from leadline.insights.question import BadQuestion, Question

KINDS: dict[str, Callable[[Tables, Question], list[Row]]] = {
    "proportion": proportion,
    "size": size,
    "time": time,
    "stay": stay,
    "total": total,
    "count": count,
}
# Which facts stand behind a part of a row; without a part, those that its n counts.
PARTS: dict[str, dict[str, str]] = {
    "proportion": {
        "": "success + failure = 1",
        "numerator": "success = 1",
        "denominator": "success + failure = 1",
        "pending": "pending = 1",
        "failed": "failure = 1",
        "entered": "success + failure + pending = 1",
    },
    "size": {"": "amount IS NOT NULL", "left_out": "amount IS NULL"},
    "time": {"": "days IS NOT NULL", "left_out": "days IS NULL"},
    "stay": {
        "": "complete = 1 AND days IS NOT NULL",
        "left_out": "complete = 1 AND days IS NULL",
        "open": "complete = 0",
    },
    "total": {"": "true", "left_out": "amount IS NULL"},
    "count": {"": "true"},
}


def answer(tables: Tables, question: Question) -> list[Row]:
    """The rows of the metric, as its catalogue entry and the functions of `metrics` describe them."""
    return KINDS[question.metric.kind](tables, question)


def deals_behind(tables: Tables, question: Question, part: str = "") -> list[int]:
    """The deals that a number counts, by id. `question.where` says which row; `part` which column of it.

    Parts: numerator, denominator, pending, failed, entered, skipped (proportions), left_out, open. Raises BadQuestion
    for another.
    """
    parts = PARTS[question.metric.kind]
    if question.metric.facts == "passages":
        parts = {**parts, "skipped": "jumped = 1"}
    if part not in parts:
        raise BadQuestion(f"{question.metric.name} has no part {part!r}. Try {', '.join(filter(None, parts))}.")
    chosen = selection(question, dated=part != "open", extra=parts[part])
    found = tables.arrow(f"SELECT DISTINCT deal FROM ({chosen.sql}) ORDER BY deal", chosen.values)
    return [row["deal"] for row in found.to_pylist()]
