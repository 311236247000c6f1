"""Means, medians and percentiles of groups of numbers. A group is a slice of one array, sorted within the group."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from leadline.insights.numbers.proportions import COVER, Floats

Whole = NDArray[np.int64]


@dataclass(frozen=True)
class Groups:
    """`values[starts[i]:starts[i + 1]]` is group i, in ascending order."""

    values: Floats
    starts: Whole

    @property
    def sizes(self) -> Floats:
        """How many values each group has."""
        return np.diff(self.starts).astype(np.float64)

    @property
    def firsts(self) -> Whole:
        """Where each group begins."""
        return self.starts[:-1]


def part_of(groups: Groups, some: Whole) -> Groups:
    """Only these groups, by index."""
    pieces = [groups.values[groups.starts[i] : groups.starts[i + 1]] for i in some]
    starts = np.concatenate(([0], np.cumsum([len(piece) for piece in pieces])))
    return Groups(np.concatenate(pieces) if pieces else np.array([]), starts.astype(np.int64))


@dataclass(frozen=True)
class Estimates:
    """One estimate per group with its 90 % interval; NaN where the group is too small to say."""

    value: Floats
    low: Floats
    high: Floats


def sums(groups: Groups, values: Floats) -> Floats:
    """The sum of each group of `values`, which lie as the groups do. An empty group has 0."""
    running = np.concatenate(([0.0], np.cumsum(values)))
    found: Floats = running[groups.starts[1:]] - running[groups.firsts]
    return found


def means(groups: Groups) -> Estimates:
    """Means with Student's t interval (from two values on), kept within what the smallest value's sign allows."""
    n = groups.sizes
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = sums(groups, groups.values) / n
        spread = groups.values - np.repeat(mean, n.astype(np.int64))
        variance = sums(groups, spread**2) / (n - 1)
        # stdtrit answers nonsense below one degree of freedom instead of NaN.
        reach = np.where(n > 1, special.stdtrit(np.maximum(n - 1, 1), (1 + COVER) / 2), np.nan) * np.sqrt(variance / n)
        low = mean - reach
        floor = np.where(_at(groups, np.zeros_like(n)) >= 0, 0.0, -np.inf)
    return Estimates(mean, np.maximum(low, floor), mean + reach)


def quantiles(groups: Groups, q: float) -> Floats:
    """The q-quantile of each group, between two values in proportion; NaN for an empty group."""
    n = groups.sizes
    at = np.maximum(n - 1, 0) * q
    below, above = _at(groups, np.floor(at)), _at(groups, np.ceil(at))
    found: Floats = below + (above - below) * (at - np.floor(at))
    return found


def medians(groups: Groups) -> Estimates:
    """Medians with the interval between two order statistics that covers at least 90 %, whatever the distribution.

    NaN ends below five values: not even the smallest and the largest cover 90 % then.
    """
    n = groups.sizes
    # The k-th smallest and k-th largest cover with 1 - 2 P(B < k), B ~ Binomial(n, 1/2): the largest k with P <= 5 %.
    tail = (1 - COVER) / 2
    k = np.zeros_like(n)
    some = n >= 5
    if some.any():
        k[some] = _order(n[some], tail)
    low = np.where(some, _at(groups, k - 1), np.nan)
    high = np.where(some, _at(groups, n - k), np.nan)
    return Estimates(quantiles(groups, 0.5), low, high)


def _order(n: Floats, tail: float) -> Floats:
    """The largest k with P(Binomial(n, 1/2) <= k - 1) <= tail: from just above its normal guess down to it."""
    k = np.floor(n / 2 - special.ndtri(1 - tail) * np.sqrt(n) / 2 + 2)
    for _ in range(8):
        k = np.where((k > 1) & (special.bdtr(np.maximum(k - 1, 0), n.astype(np.int64), 0.5) > tail), k - 1, k)
    found: Floats = np.maximum(k, 1)
    return found


def _at(groups: Groups, index: Floats) -> Floats:
    """The value at an index of each group; NaN for an empty group."""
    n = groups.sizes
    place = groups.firsts + np.clip(index, 0, np.maximum(n - 1, 0)).astype(np.int64)
    padded = np.append(groups.values, np.nan)
    found: Floats = np.where(n > 0, padded[np.minimum(place, len(groups.values))], np.nan)
    return found
