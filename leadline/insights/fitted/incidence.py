"""What share of those who enter goes on, and when: from a period in which some enter, some leave and some wait."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from leadline.insights.ledger.ledger import Floats

Signs = NDArray[np.floating[Any]] | NDArray[np.signedinteger[Any]]
FEW = 30  # ends; below it the plain share of those that ended is steadier
WIDTH = 100  # quantiles
AT = (np.arange(WIDTH) + 0.5) / WIDTH


@dataclass(frozen=True)
class Incidence:
    """`share` advances in the end; `trials` is how many cases that is worth; NaN and 0 where none ended.

    `advance` and `fail` are (WIDTH,) quantiles of days until they do; NaN where none did.
    """

    share: float
    trials: float
    advance: Floats
    fail: Floats


def incidence(entered: Floats, ended: Floats, advanced: Signs, start: float, end: float) -> Incidence:
    """Of stays from `entered` to `ended` (NEVER: they last), seen from `start` to `end` only.

    `advanced` is 1 for those that went on, -1 for those that failed. The period's cumulative incidence, by Aalen and
    Johansen's estimate with late entry (Andersen, Borgan, Gill and Keiding, Statistical Models Based on Counting
    Processes, 1993, IV.4): who stays for years and never ends counts as not advancing, who has just come as undecided.
    """
    seen = np.flatnonzero((entered < end) & (ended >= start))
    entered, ended, advanced = entered[seen], ended[seen], advanced[seen]
    low, high = np.maximum(start - entered, 0.0), np.minimum(ended, end) - entered
    done = ended < end
    up = done & (advanced > 0)
    wins, ends = int(up.sum()), int(done.sum())
    if not ends:
        return Incidence(np.nan, 0.0, np.full(WIDTH, np.nan), np.full(WIDTH, np.nan))
    age = high[done]
    order = np.argsort(age, kind="stable")
    age, win = age[order], up[done][order]
    if ends < FEW:
        rise = np.full(ends, 1.0 / ends)
    else:
        rise = _rises(age, np.sort(low), np.sort(high))
    share = float(rise[win].sum())
    trials = wins / share if wins and share > 0 else float(ends)
    return Incidence(share, trials, _quantiles(age[win], rise[win]), _quantiles(age[~win], rise[~win]))


def _rises(age: Floats, low: Floats, high: Floats) -> Floats:
    """For each end, in order of age, the share of all entrants that ends there."""
    before = np.arange(len(age))
    same = np.searchsorted(age, age, side="left")  # of ends at one age the earlier ones have left already
    waiting = np.searchsorted(low, age, side="right") - np.searchsorted(high, age, side="left") - (before - same)
    hazard = 1.0 / np.maximum(waiting, 1)
    hazard = np.where((waiting <= 1) & (before < len(age) - 1), 0.0, hazard)  # one alone decides nothing for all
    alive = np.concatenate([[1.0], np.cumprod(1.0 - hazard)[:-1]])
    return np.asarray(alive * hazard)


def _quantiles(age: Floats, weight: Floats) -> Floats:
    if not len(age) or weight.sum() <= 0:
        return np.full(WIDTH, np.nan)
    reached = np.cumsum(weight) / weight.sum()
    return np.asarray(age[np.minimum(np.searchsorted(reached, AT), len(age) - 1)])
