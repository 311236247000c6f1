"""Fair comparison of small groups: what is known of all tempers what was seen of one (empirical Bayes).

The spread between the groups is not fixed at its best guess, which a handful of people cannot give: everything is
averaged over what the data say of it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from leadline.insights.numbers.centre import Groups, sums
from leadline.insights.numbers.proportions import Floats

STEPS = 60


@dataclass(frozen=True)
class Shrunk:
    """Per group: the tempered value, and the posterior probability that its true value lies below the whole's."""

    value: Floats
    below: Floats


def proportions(successes: Floats, trials: Floats) -> Shrunk:
    """Beta-binomial: group i's rate ~ Beta(m, s) around the whole's rate, averaged over the spread s.

    The spread is taken as the standard deviation between groups, each from 0 to its largest equally likely before.
    """
    whole = (successes.sum() + 0.5) / (trials.sum() + 1)
    # A Beta with mean m and strength s has variance m (1 - m) / (s + 1).
    deviation = (np.arange(STEPS) + 0.5) / STEPS
    strength = (1 / deviation**2 - 1)[:, None]
    a, b = whole * strength, (1 - whole) * strength
    evidence = (special.betaln(a + successes, b + trials - successes) - special.betaln(a, b)).sum(axis=1)
    weight = _weights(evidence)
    value = (a + successes) / (strength + trials)
    below = special.betainc(a + successes, b + trials - successes, whole)
    return Shrunk(weight @ value, weight @ below)


def logs(groups: Groups) -> Shrunk:
    """Normal on logarithms: `value` is how far the group's mean lies from the whole's, tempered; groups may be empty.

    One spread within groups, pooled; the spread between averaged over, from 0 to twice that of the means.
    """
    n = groups.sizes
    total = max(n.sum(), 1.0)
    whole = groups.values.sum() / total
    mean = np.divide(sums(groups, groups.values), n, out=np.full_like(n, whole), where=n > 0)
    within = ((groups.values - np.repeat(mean, n.astype(np.int64))) ** 2).sum()
    freedom = n.sum() - np.count_nonzero(n)
    if freedom < 1 or within <= 0:
        return Shrunk(np.zeros_like(n), np.full_like(n, 0.5))
    noise = np.divide(within / freedom, n, out=np.full_like(n, np.inf), where=n > 0)
    seen = n > 0
    reach = 2 * max(float(np.std(mean[seen])), float(np.sqrt(noise[seen]).min()))
    between = (((np.arange(STEPS) + 0.5) / STEPS * reach) ** 2)[:, None]
    spread = between + noise[seen]
    evidence = -0.5 * (np.log(spread) + (mean[seen] - whole) ** 2 / spread).sum(axis=1)
    weight = _weights(evidence)
    pull = between / (between + noise)
    effect = pull * (mean - whole)
    # Of a group without values only the spread between groups is known: pull is 0 and noise endless there.
    deviation = np.sqrt(np.where(seen, pull * np.where(seen, noise, 0.0), between))
    below = special.ndtr(-effect / deviation)
    return Shrunk(weight @ effect, weight @ below)


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
