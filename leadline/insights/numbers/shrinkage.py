"""Fair comparison of small groups: what is known of all tempers what was seen of one (empirical Bayes).

The spread between the groups is not fixed at its best guess, which a handful of people cannot give: everything is
averaged over what the data say of it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from leadline.insights.numbers import centre
from leadline.insights.numbers.centre import Groups, sums
from leadline.insights.numbers.proportions import COVER, Floats

STEPS = 60
LENT = 10  # cases of the pooled variance that every group is lent
WIDTH = 2 * float(special.ndtri((1 + COVER) / 2))  # of a normal interval, in standard errors


@dataclass(frozen=True)
class Shrunk:
    """Per group: the tempered value, and the posterior probability that its true value lies below the whole's.

    The value lies between the group's own and the whole's; the probability is over a half only where it lies below.
    """

    value: Floats
    below: Floats


def proportions(successes: Floats, trials: Floats) -> Shrunk:
    """Beta-binomial: group i's rate ~ Beta(m, s) around the whole's rate, averaged over the spread s.

    The spread is taken as the standard deviation between groups, each from 0 to its largest equally likely before.
    """
    whole = successes.sum() / max(trials.sum(), 1.0)
    if not 0 < whole < 1:  # all the same
        return Shrunk(np.full_like(trials, whole), np.full_like(trials, 0.5))
    # A Beta with mean m and strength s has variance m (1 - m) / (s + 1).
    deviation = (np.arange(STEPS) + 0.5) / STEPS
    strength = (1 / deviation**2 - 1)[:, None]
    a, b = whole * strength, (1 - whole) * strength
    evidence = (special.betaln(a + successes, b + trials - successes) - special.betaln(a, b)).sum(axis=1)
    weight = _weights(evidence)
    value = (a + successes) / (strength + trials)
    below = special.betainc(a + successes, b + trials - successes, whole)
    # A lopsided Beta has its middle beside its mean: the measured side decides.
    side = np.sign(successes * trials.sum() - successes.sum() * trials)
    return Shrunk(weight @ value, np.clip(weight @ below, np.where(side > 0, 0.0, 0.5), np.where(side < 0, 1.0, 0.5)))


def means(groups: Groups) -> Shrunk:
    """The groups' means, tempered towards the mean of all their values (Efron and Morris 1975); see `_normal`.

    Each group has the variance of its own values, for it is the large deals that make a mean unsure.
    """
    n = groups.sizes
    mean = np.divide(sums(groups, groups.values), n, out=np.zeros_like(n), where=n > 0)
    squares = sums(groups, (groups.values - np.repeat(mean, n.astype(np.int64))) ** 2)
    return _normal(mean, float(groups.values.mean()) if n.sum() else 0.0, n, squares, np.maximum(n - 1, 0))


def medians(groups: Groups) -> Shrunk:
    """The groups' medians, tempered towards the median of all their values; see `_normal`.

    A group's variance is what the interval of its median stands for, as if it were a normal one.
    """
    n = groups.sizes
    found = centre.medians(groups)
    everything = Groups(np.sort(groups.values), np.array([0, len(groups.values)]))
    whole = centre.medians(everything)
    known = np.isfinite(found.low)
    unit = np.where(known, n * (_width(found) / WIDTH) ** 2, 0.0)
    if not unit.any():  # every group small, or without any spread: what is seen of all together
        known, unit = n > 0, np.full_like(n, float(n.sum() * (np.nan_to_num(_width(whole)[0]) / WIDTH) ** 2))
    weight = np.where(known, n, 0.0)
    return _normal(np.nan_to_num(found.value), float(np.nan_to_num(whole.value[0])), n, unit * weight, weight)


def _width(found: centre.Estimates) -> Floats:
    width: Floats = np.nan_to_num(found.high - found.low)
    return width


def _normal(seen: Floats, whole: float, n: Floats, squares: Floats, freedom: Floats) -> Shrunk:
    """Normal on normal: what was seen of group i ~ N(true, v_i / n_i), the true values ~ N(whole, spread).

    v_i is squares / freedom, drawn towards the pooled one as if that were LENT cases of it: a few like values are no
    proof that the next will be alike. The spread between groups is averaged over, its root from 0 to twice that seen.
    """
    some = n > 0
    pooled = squares.sum() / max(freedom.sum(), 1.0)
    if pooled <= 0 or not some.any():
        return Shrunk(np.full_like(n, whole), np.full_like(n, 0.5))
    each = (squares + LENT * pooled) / (freedom + LENT)
    noise = np.divide(each, n, out=np.full_like(n, np.inf), where=some)
    away = np.where(some, seen - whole, 0.0)
    reach = 2 * max(float(np.sqrt(np.mean(away[some] ** 2))), float(np.sqrt(noise[some].min())))
    between = (((np.arange(STEPS) + 0.5) / STEPS * reach) ** 2)[:, None]
    variance = between + noise[some]
    weight = _weights(-0.5 * (np.log(variance) + away[some] ** 2 / variance).sum(axis=1))
    pull = between / (between + noise)
    # Of a group without values only the spread between groups is known: pull is 0 and noise endless there.
    deviation = np.sqrt(np.where(some, pull * np.where(some, noise, 0.0), between))
    below = weight @ special.ndtr(-pull * away / deviation)
    return Shrunk(whole + (weight @ pull) * away, below)


def _weights(evidence: Floats) -> Floats:
    weight = np.exp(evidence - evidence.max())
    found: Floats = weight / weight.sum()
    return found


def told_apart(below: Floats, rate: float = 0.05) -> list[str | None]:
    """For each "below", "above" or None: posterior over 95 %, after Benjamini and Hochberg (1995) across all."""
    doubt = np.minimum(below, 1 - below)
    order = np.argsort(doubt, kind="stable")
    m = len(doubt)
    passes = np.flatnonzero(doubt[order] <= rate * (np.arange(m) + 1) / m) if m else np.array([], dtype=np.int64)
    flagged = set(order[: passes[-1] + 1].tolist()) if len(passes) else set()
    return [("below" if below[i] > 0.5 else "above") if i in flagged else None for i in range(m)]
