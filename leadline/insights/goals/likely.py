"""What history says of a goal before it is set (R49): how often it was reached, and what is usual. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

ENOUGH = 5  # spans, before which nothing is said of chances
HARD, KIND = 1 / 3, 0.6  # reached less often than this is hard; a kinder amount was reached about that often


@dataclass(frozen=True)
class Likely:
    """In how many of the last `n` spans so much was reached; 90 % Jeffreys interval of that share.

    `usual` is the range from the 20th to the 80th percentile. `kinder` is what was reached in three of five spans,
    where the amount is hard; None where it is not, or where that would be nothing.
    """

    n: int
    reached: int
    low: float
    high: float
    median: Decimal
    best: Decimal
    usual: tuple[Decimal, Decimal]
    kinder: Decimal | None

    @property
    def tells(self) -> bool:
        """Whether there are spans enough to tell."""
        return self.n >= ENOUGH

    @property
    def hard(self) -> bool:
        return self.tells and self.reached < HARD * self.n


def likely(amount: Decimal, spans: Sequence[Decimal]) -> Likely:
    """`spans` holds what was reached in each of the last whole ones."""
    n, reached = len(spans), sum(each >= amount for each in spans)
    if not n:
        return Likely(0, 0, 0.0, 1.0, Decimal(0), Decimal(0), (Decimal(0), Decimal(0)), None)
    low, high = _interval(reached, n)
    order = sorted(spans)
    kinder = order[n - math.ceil(KIND * n)]
    hard = n >= ENOUGH and reached < HARD * n
    return Likely(
        n, reached, low, high, _at(order, 0.5), order[-1], (_at(order, 0.2), _at(order, 0.8)),
        kinder if hard and 0 < kinder < amount else None,
    )  # fmt: skip


def _at(order: Sequence[Decimal], part: float) -> Decimal:
    """The value that this part of them does not exceed: one that was there."""
    return order[max(0, math.ceil(part * len(order)) - 1)]


def _interval(reached: int, n: int) -> tuple[float, float]:
    import numpy as np  # noqa: PLC0415  stays off the start-up path

    from leadline.insights.numbers.proportions import jeffreys  # noqa: PLC0415  scipy, likewise

    low, high = jeffreys(np.array([float(reached)]), np.array([float(n)]))
    return float(low[0]), float(high[0])
