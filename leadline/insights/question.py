"""What is asked of the numbers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from leadline.insights.catalogue.metric import Metric
from leadline.insights.dimensions import Dimension


class BadQuestion(ValueError):
    """A question that cannot be answered; the text says why in one plain line."""


@dataclass(frozen=True)
class Question:
    """A metric, broken down, over a period, as of a moment.

    `start` and `end` are days of the company's time zone, both inclusive. `as_of` is naive UTC. `where` keeps only
    what has these labels (None: what has none), `among` what has any of several. `seen` keeps only these of the
    metric's `rows` (None: all), by id; `targets` are those that what is seen can be held against (None: all).
    `week_start` is a weekday (0 is Monday, 6 Sunday), `fiscal_start` the month (1 to 12) in which a fiscal year begins.
    """

    metric: Metric
    as_of: dt.datetime
    by: tuple[Dimension, ...] = ()
    where: tuple[tuple[Dimension, str | None], ...] = ()
    among: tuple[tuple[Dimension, tuple[str, ...]], ...] = ()
    start: dt.date | None = None
    end: dt.date | None = None
    pipeline: int | None = None
    seen: tuple[int, ...] | None = None
    targets: tuple[int, ...] | None = None
    zone: str = "UTC"
    week_start: int = 0
    fiscal_start: int = 1

    def __post_init__(self) -> None:
        if self.start and self.end and self.start > self.end:
            raise BadQuestion(f"The period ends ({self.end}) before it begins ({self.start}).")
        for dimension in (*self.by, *self._narrowing):
            if not dimension.field and dimension.name not in self.metric.dimensions:
                raise BadQuestion(f"{self.metric.name} cannot be broken down by {dimension.name}.")

    @property
    def dimensions(self) -> tuple[Dimension, ...]:
        """All that facts must be broken down by, in the company's calendar: for rows, then for what narrows them."""
        begins = {"week": self.week_start, "fiscal_year": self.fiscal_start, "fiscal_quarter": self.fiscal_start}
        return tuple(
            replace(dimension, begins=begins.get(dimension.name, 0)) for dimension in (*self.by, *self._narrowing)
        )

    @property
    def _narrowing(self) -> tuple[Dimension, ...]:
        return tuple(dimension for dimension, _labels in (*self.where, *self.among))
