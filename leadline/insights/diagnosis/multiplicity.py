"""All candidates of a page are one family of hypotheses."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from leadline.insights.diagnosis.finding import Candidate

Floats = NDArray[np.float64]
RATE = 0.05  # of false findings among all that stand

# How the family's chance of error is shared out between the kinds. Some departures show at once where they are at all
# (an arrival rate counted week by week), others hardly ever: these get more of it. Set before any data are seen.
WEIGHTS = {
    "fewer_leads": 0.2,
    "slow_response": 0.2,
    "one_stream": 0.2,
    "whale": 0.5,
    "fluff": 0.5,
    "attribution": 0.5,
}


def rates(candidates: list[Candidate]) -> Floats:
    """The false discovery rate at which each candidate stands: Benjamini and Hochberg (1995), weighted.

    Each kind has a part of the family, whatever the number of places it looks at; within it, its places have equal
    parts: p / w with mean weight 1 (Genovese, Roeder and Wasserman, "False discovery control with p-value weighting",
    Biometrika 93, 2006).
    """
    if not candidates:
        return np.zeros(0)
    p = np.array([candidate.p for candidate in candidates])
    ratio = np.minimum(1.0, p / _weights([candidate.kind for candidate in candidates]))
    order = np.argsort(ratio, kind="stable")
    m = len(p)
    stepped = ratio[order] * m / np.arange(1, m + 1)
    found = np.empty(m)
    found[order] = np.minimum(1.0, np.minimum.accumulate(stepped[::-1])[::-1])
    return found


def _weights(kinds: list[str]) -> Floats:
    names, place, count = np.unique(kinds, return_inverse=True, return_counts=True)
    share = np.array([WEIGHTS.get(str(name), 1.0) for name in names])
    weight: Floats = (share / count / share.sum())[place] * len(kinds)
    return weight
