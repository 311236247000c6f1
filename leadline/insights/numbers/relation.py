"""Whether one weekly number of people moves with another one later on, beyond chance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from leadline.insights.numbers.proportions import Floats

SPAN = 4  # weeks that are summed: single weeks are mostly noughts
DRAWS = 400
SAME = 1e-9  # correlations that differ by less are the same, added up in another order
POWER = 0.84  # standard deviations: what is so far beyond the bar is seen in 80 % of cases


@dataclass(frozen=True)
class Relation:
    """Spearman's partial correlation at its best lag (weeks), how likely chance alone does as well, and the least that
    would have been seen. `n` are person-weeks."""

    value: float
    lag: int
    chance: float
    least: float
    n: int


def relation(done: Floats, result: Floats, lags: int) -> Relation | None:
    """Of what was `done` (people x weeks) with the `result` so many weeks later, lags 0 to `lags` in steps of four.

    Ranks within each person, without the person's trend and, from three people on, without what moved all of them in
    the same week. Chance: each person's results turned round by a random number of weeks, which keeps whatever rhythm
    they have; the best lag of the data against the best lag of each turn, so that looking at many lags costs what it
    should (Westfall and Young 1993). None where nothing varies, or the weeks are too few.
    """
    steps = range(0, lags + 1, SPAN)
    first = steps[-1] + SPAN - 1
    weeks = result.shape[1] - first
    if not result.shape[0] or weeks < 2 * SPAN:
        return None
    sums = np.concatenate((np.zeros((len(done), 1)), np.cumsum(done, axis=1)), axis=1)
    rolled = sums[:, SPAN:] - sums[:, :-SPAN]  # rolled[:, t] holds the weeks t to t + SPAN - 1
    starts = [first - SPAN + 1 - step for step in steps]
    before = np.stack([_residual(rolled[:, start : start + weeks]) for start in starts]).reshape(len(starts), -1)
    after = _residual(result[:, first:])
    scale = np.sqrt((before**2).sum(axis=1) * (after**2).sum())
    if not (scale > 1e-9).all():
        return None
    seen = before @ after.ravel() / scale
    chance = turned(before, after, scale)
    best = int(np.argmax(seen))
    beaten = (1 + int((chance.max(axis=1) >= seen[best] - SAME).sum())) / (DRAWS + 1)
    least = float(np.quantile(chance.max(axis=1), 0.95) + POWER * chance.std())
    return Relation(float(seen[best]), int(steps[best]), beaten, least, int(after.size))


def turned(before: Floats, after: Floats, scale: Floats) -> Floats:
    """Correlations by draw and lag when each person's results are turned round."""
    people, weeks = after.shape
    draws = np.random.default_rng(1904).integers(0, weeks, (DRAWS, people))
    weeks_of = np.arange(weeks)
    # What every turn of every person adds to the correlation is counted once: a draw only picks one for each of them.
    added = np.empty((len(before), people, weeks))
    for person in range(people):
        turned = after[person][(weeks_of[None, :] - weeks_of[:, None]) % weeks]
        added[:, person] = before[:, person * weeks : (person + 1) * weeks] @ turned.T
    found: Floats = added[:, np.arange(people), draws].sum(axis=2).T / scale
    return found


def _residual(values: Floats) -> Floats:
    """Ranks within each person without their level and trend; of three people or more without the common weeks."""
    ranks = stats.rankdata(values, axis=1)
    ranks = ranks - ranks.mean(axis=1, keepdims=True)
    if len(ranks) >= 3:
        ranks = ranks - ranks.mean(axis=0, keepdims=True)
    time = np.arange(values.shape[1]) - (values.shape[1] - 1) / 2
    slope = ranks @ time / (time @ time)
    found: Floats = ranks - slope[:, None] * time
    return found
