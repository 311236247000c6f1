"""What makes facts into rows, and what else a row holds beside its value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from leadline.insights.metrics.selecting import Row, Tables
from leadline.insights.question import Question


@dataclass(frozen=True)
class Column:
    """One column beside `value`: its key in the row, its unit (empty: the metric's own), the part that it opens.

    `low` and `high` are the keys of its interval, where it has one.
    """

    key: str
    unit: str = ""
    part: str | None = None
    low: str = ""
    high: str = ""


@dataclass(frozen=True)
class Kind:
    """One way to sum up facts. `parts` names the facts behind a part of a row, as a condition on the facts.

    The part "" holds what `n` counts. `undated` parts are not narrowed by the period. `behind` finds the ids of a part
    that no condition on a single fact can name.
    """

    answer: Callable[[Tables, Question], list[Row]]
    parts: Mapping[str, str] = field(default_factory=lambda: {"": "true"})
    columns: tuple[Column, ...] = ()
    undated: frozenset[str] = frozenset()
    behind: Callable[[Tables, Question, str], list[int] | None] | None = None
