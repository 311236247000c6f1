"""Whether fit tells won deals from lost ones: medians, and how often the won one of a pair fits better."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

COVERING = 1.6448536269514722  # standard deviations to each side of a 90 % interval
CLEAR = 0.505  # an end of the interval that reads as 50 in a hundred is chance
MUCH = 0.6
ENOUGH = 20  # of each kind; with fewer the interval says more than is known


@dataclass(frozen=True)
class Telling:
    """`share` of pairs of a won and a lost deal in which the won one fits better, ties counting half; 0.5 is chance.

    `low` and `high` are its 90 % interval. None where either kind has fewer than ENOUGH deals whose fit is known.
    """

    share: float
    low: float
    high: float

    @property
    def tells(self) -> bool:
        return self.low >= CLEAR

    @property
    def misleads(self) -> bool:
        return self.high <= 1 - CLEAR

    @property
    def little(self) -> bool:
        """Worth knowing, and not much to go by."""
        return self.share < MUCH


def telling(won: Mapping[int, int], lost: Mapping[int, int]) -> Telling | None:
    """Of how many deals have which fit.

    The area under the ROC curve with the variance of DeLong, DeLong and Clarke-Pearson, Biometrics 44 (1988).
    """
    wins, losses = sum(won.values()), sum(lost.values())
    if min(wins, losses) < ENOUGH:
        return None
    above = {fit: _below(fit, lost) / losses for fit in won}
    below = {fit: 1 - _below(fit, won) / wins for fit in lost}
    share = sum(above[fit] * n for fit, n in won.items()) / wins
    spread = sqrt(_variance(above, won, share) / wins + _variance(below, lost, share) / losses)
    return Telling(share, max(0.0, share - COVERING * spread), min(1.0, share + COVERING * spread))


def median(fits: Mapping[int, int]) -> float | None:
    """Of so many records with each fit; None of none."""
    n, passed = sum(fits.values()), 0
    found: list[int] = []
    for fit in sorted(fits):
        passed += fits[fit]
        if not found and 2 * passed >= n:
            found.append(fit)
        if 2 * passed > n:
            return (found[0] + fit) / 2
    return None


def _below(fit: int, others: Mapping[int, int]) -> float:
    """How many of the others fit worse, and half of those that fit alike."""
    return sum(n if other < fit else n / 2 for other, n in others.items() if other <= fit)


def _variance(placed: Mapping[int, float], counts: Mapping[int, int], mean: float) -> float:
    n = sum(counts.values())
    return sum(counts[fit] * (at - mean) ** 2 for fit, at in placed.items()) / (n - 1)
