"""When something began to be otherwise: dates that may be looked for, and what the search costs.

Whoever takes the date at which a difference looks largest has looked at many. The chance that the largest of several
correlated normal statistics exceeds what was seen is bounded by the Bonferroni sum less the overlaps of neighbours
(Worsley, "An improved Bonferroni inequality and applications", Biometrika 69, 1982), so the p-value holds after the
search for the date.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from scipy import special

from leadline.insights.diagnosis.missing import Missing
from leadline.insights.ledger.ledger import Floats, Ledger, Moments

MONTH = 30.4375  # days
QUARTERS = (12, 9, 6, 3)  # months before the end at which a beginning is looked for
FIRST, NEAR = 2, 2  # months: the latest beginning, and how far from a quarter it is dated
DATED = 2.0  # deviations from which on a beginning is dated to the month
BEFORE = 3.0  # months of history that a beginning must have behind it, at the least
NODES, WEIGHTS = np.polynomial.legendre.leggauss(64)
TOP = 12.0  # standard deviations: what lies above has no weight
SHOWN = 3.0  # deviations at which a departure would be seen on most pages
MOST = 10.0

Seen = TypeVar("Seen")


@dataclass(frozen=True)
class Look(Generic[Seen]):
    """When it began, the most deviations of the tested dates and the chance of that, and what was seen at `since`."""

    since: float
    z: float
    p: float
    seen: Seen


def looked_for(ledger: Ledger, when: Moments, at: Callable[[float], tuple[float, Seen]]) -> Look[Seen]:
    """Where the change shows most. `at` gives, for a day, how many deviations it shows and what was seen there.

    Tested are the quarters before the end, and only they have a part in `p`; where something shows, the month in which
    it shows most dates it. `when` are the moments of the cases. Raises Missing where the records are too young.
    """
    months = (ledger.as_of - ledger.start) / MONTH
    ago = [one for one in QUARTERS if one <= min(months / 2, months - BEFORE)]
    if not ago:
        raise Missing("history")
    found = {one: at(ledger.as_of - one * MONTH) for one in ago}
    best = max(ago, key=lambda one: (found[one][0], -one))
    z = found[best][0]
    p = searched(z, np.array([float((when >= ledger.as_of - one * MONTH).mean()) for one in ago]))
    if z >= DATED:
        near = [one for one in range(best - 2, best + 3) if one >= FIRST and one not in found and one < months - 1]
        found |= {one: at(ledger.as_of - one * MONTH) for one in near}
        best = max((one for one in found if abs(one - best) <= NEAR), key=lambda one: (found[one][0], -one))
    return Look(ledger.as_of - best * MONTH, z, p, found[best][1])


def searched(z: float, since: Floats) -> float:
    """The chance that one of the statistics, alike in law to the largest, `z`, is that large where nothing changed.

    `since` (T,) is the information (cases) after each date, as a share of all: it gives the correlations between dates,
    sqrt(a (1 - b) / (b (1 - a))) for shares a < b.
    """
    if not np.isfinite(z):
        return 1.0
    share = np.unique(np.clip(since, 1e-9, 1 - 1e-9))
    single = float(special.ndtr(-z))
    if len(share) == 1:
        return single
    low, high = share[:-1], share[1:]
    correlation = np.sqrt(low * (1 - high) / (high * (1 - low)))
    overlap = sum(_both(z, float(each)) for each in correlation)
    return float(np.clip(len(share) * single - overlap, single, 1.0))


def _both(z: float, correlation: float) -> float:
    """P(X > z, Y > z) of two standard normal variables."""
    if z >= TOP or correlation >= 1 - 1e-12:
        return float(special.ndtr(-z))
    at = z + (NODES + 1) / 2 * (TOP - z)
    density = np.exp(-(at**2) / 2) / np.sqrt(2 * np.pi)
    rest = special.ndtr((correlation * at - z) / np.sqrt(1 - correlation**2))
    return float((WEIGHTS * density * rest).sum() * (TOP - z) / 2)


def wobble(chi: float, freedom: float, lent: float = 40.0) -> float:
    """How many times larger the variance is than chance alone makes it; 1 at the least.

    `chi` is Pearson's statistic of periods in which nothing should differ; a few periods are tempered by `lent` degrees
    of freedom of plain chance.
    """
    return max(1.0, (max(chi, 0.0) + lent) / (max(freedom, 0.0) + lent))


def normal(t: float, freedom: float) -> float:
    """The normal deviate that is as rare as Student's t with so many degrees of freedom."""
    if freedom < 1 or not np.isfinite(t):
        return 0.0
    return float(-special.ndtri(max(special.stdtr(freedom, -abs(t)), 1e-300)) * np.sign(t))


def certain(z: float) -> float:
    """The posterior probability that the departure has this direction, where both were equally likely before."""
    return float(special.ndtr(z))


def short_of(have: float, error: float, matters: float) -> int:
    """How many more cases it takes to see a departure that matters, beside the `have`; 0 where it would be seen now.

    Of the error alone, not of what was seen: what could be shown must not depend on what is. At most `MOST` times as
    many as there are.
    """
    if SHOWN * error <= matters:
        return 0
    ratio = (SHOWN * error / matters) ** 2 - 1 if np.isfinite(error) else MOST
    return int(np.ceil(max(1.0, have) * min(ratio, MOST)))
