"""The numbers that speak for a finding, each with its interval, and the days over which they are counted."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from leadline.insights.diagnosis.finding import Fact, Opens
from leadline.insights.ledger.ledger import Floats, Ledger
from leadline.insights.numbers.centre import Groups, medians
from leadline.insights.numbers.proportions import jeffreys

Z = 1.645  # of a 90 % interval


def since(ledger: Ledger, metric: str, day: float, labels: Mapping[str, str | None] | None = None) -> Opens:
    """The records behind a metric from a day on, to the ledger's last."""
    return Opens(metric, "", labels or {}, float(math.floor(day)), float(math.ceil(ledger.as_of) - 1))


def share(key: str, now: tuple[float, float], was: tuple[float, float], opens: Opens) -> Fact:
    """Of each (how many, of how many)."""
    (k, n), (before, of) = now, was
    low, high = (float(end[0]) for end in jeffreys(np.array([float(k)]), np.array([float(n)])))
    return Fact(
        key,
        k / n if n else 0.0,
        "share",
        round(n),
        low if n else None,
        high if n else None,
        before / of if of else None,
        round(of),
        opens,
    )


def median(key: str, unit: str, now: Floats, was: Floats, opens: Opens) -> Fact | None:
    """Of values now and before; None where there are none now."""
    if not len(now):
        return None
    found = medians(Groups(np.sort(now), np.array([0, len(now)])))
    low, high = (float(end[0]) if np.isfinite(end[0]) else None for end in (found.low, found.high))
    before = float(np.median(was)) if len(was) else None
    return Fact(key, float(found.value[0]), unit, len(now), low, high, before, len(was), opens)


def level(key: str, unit: str, now: tuple[float, float, int], was: tuple[float, int], opens: Opens) -> Fact:
    """A positive number: `now` is it, the standard error of its logarithm, and n; `was` is it before, with its n."""
    value, error, n = now
    known = value > 0 and np.isfinite(error)
    low, high = (value * float(np.exp(side * Z * min(error, 5.0))) if known else None for side in (-1, 1))
    return Fact(key, value, unit, n, low, high, was[0], was[1], opens)
