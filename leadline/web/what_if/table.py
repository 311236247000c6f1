"""The answer as lines of a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from leadline.insights.whatif.answering import Answer

EPOCH = dt.date(1970, 1, 1)
POINTS = ("p5", "p25", "p50", "p75", "p95")
ENDS = ("", "_low", "_high")
HEADER = (
    "first_day",
    "last_day",
    *(f"as_it_is_{point}" for point in POINTS),
    *(f"with_the_change_{point}" for point in POINTS),
    *(f"gain{end}" for end in ENDS),
    *(f"constraint_gain{end}" for end in ENDS),
)


def day_of(day: float) -> dt.date:
    """Of days since 1970."""
    return EPOCH + dt.timedelta(days=int(day))


def lines(answer: Answer | None) -> Iterator[list[Any]]:
    """One a quarter: money in the base currency, in whole units. Nothing where there is no answer."""
    for one in answer.quarters if answer else ():
        worths = (one.gain, one.instead)
        ends = [
            None if worth is None else round(end)
            for worth in worths
            for end in ((worth.value, worth.low, worth.high) if worth else (0.0, 0.0, 0.0))
        ]
        days = [day_of(one.start).isoformat(), day_of(one.end - 1).isoformat()]
        yield [*days, *(round(point) for point in (*one.before, *one.after)), *ends]
