"""Facts about shares, and what a person's departure costs."""

from __future__ import annotations

import math

import numpy as np

from leadline.insights.diagnosis.finding import Fact, Opens, Worth
from leadline.insights.diagnosis.worth import worth
from leadline.insights.fitted.fitted import DRAWS, Fitted, lifted
from leadline.insights.ledger.ledger import NOBODY, Flags, Ledger, Places
from leadline.insights.numbers.proportions import jeffreys

MOST = 2.5  # on the log: nobody believes in more than twelve times as much


def share(
    key: str,
    k: float,
    n: float,
    was: tuple[float, float] | None = None,
    opens: Opens | None = None,
    deals: tuple[int, ...] = (),
) -> Fact:
    """`k` of `n` with its 90 % interval, beside `was`, the same of the others or of before."""
    low, high = (float(end[0]) for end in jeffreys(np.array([k], float), np.array([n], float)))
    held = was[0] / was[1] if was and was[1] else None
    value = k / n if n else 0.0
    return Fact(
        key,
        value,
        "share",
        round(n),
        low if n else None,
        high if n else None,
        was=held,
        was_n=round(was[1]) if was else 0,
        opens=opens,
        deals=deals,
    )


def here(ledger: Ledger, people: Places) -> Flags:
    """Who is still in the company, or not known to have left."""
    found: Flags = ~(ledger.staff.left[people] < ledger.as_of)
    return found


def label(ledger: Ledger, category: str, place: int) -> str | None:
    """What a place is called."""
    return None if place == NOBODY else ledger.names[category].labels[place]


def put_back(
    fitted: Fitted | None, effect: float, error: float, *, stage: int = NOBODY, person: int = NOBODY
) -> Worth | None:
    """What a conversion multiplied by exp(`effect`), known up to `error`, would bring a quarter; None: not known."""
    if fitted is None or not fitted.usable or not math.isfinite(effect) or effect <= 0:
        return None
    rng = np.random.default_rng(fitted.seed)
    factor = np.exp(np.clip(effect + min(error, 1.0) * rng.standard_normal(DRAWS), -MOST, MOST))
    if stage == NOBODY:  # of the whole way each stage has its part
        factor = factor ** (1 / max(1, len(fitted.stages)))
    found = worth(fitted, lifted("conversion", factor, stage=stage, person=person))
    return found if math.isfinite(found.value) and found.value > 0 else None


def rows(which: Flags, most: int = 500) -> tuple[int, ...]:
    """Rows of deals, the latest first."""
    return tuple(int(row) for row in np.flatnonzero(which)[::-1][:most])


def log_ratio(value: float, other: float) -> float:
    """log(value / other), 0 where it cannot be said."""
    return math.log(value / other) if value > 0 and other > 0 else 0.0
