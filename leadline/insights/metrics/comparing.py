"""People, teams, sources … side by side: tempered values, and who can be told apart from the whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

import numpy as np

from leadline.insights.metrics.selecting import Row
from leadline.insights.numbers.centre import Whole
from leadline.insights.numbers.shrinkage import Shrunk, told_apart
from leadline.insights.question import Question


def compare(question: Question, rows: list[Row], sizes: list[int], shrink: Callable[[Whole], Shrunk]) -> None:
    """Add `shrunk`, `p_below` and `flag` to rows that compare; other rows stay as they are.

    Rivals are the members of the first compared dimension that agree in every other. `shrink` gets the indices of
    some rivals. `flag` is "below", "above" or None: told apart at 95 % after correction over all rows. A row of size
    0 has none of the three.
    """
    rival = next((dimension.name for dimension in question.by if dimension.compared), None)
    if rival is None:
        return
    contests: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        contests[tuple(row[d.name] for d in question.by if d.name != rival)].append(index)
    below = np.full(len(rows), 0.5)
    for members in contests.values():
        indices = np.array(members, dtype=np.int64)
        shrunk = shrink(indices)
        below[indices] = shrunk.below if len(members) > 1 else 0.5
        for index, value in zip(members, shrunk.value, strict=True):
            rows[index]["shrunk"] = float(value) if sizes[index] else None
    known = [index for index, size in enumerate(sizes) if size]
    flags = dict(zip(known, told_apart(below[known]), strict=True))
    for index, row in enumerate(rows):
        row["p_below"] = float(below[index]) if sizes[index] else None
        row["flag"] = flags.get(index)
