"""All candidates of a page are one family of hypotheses."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from leadline.insights.diagnosis.finding import Candidate

Floats = NDArray[np.float64]
RATE = 0.05  # of false findings among all that stand

# How the family's chance of error is shared out between the kinds: less to departures that show at once where they are
# at all (an arrival rate counted week by week), more to those that are hard to show. Set before any data are seen.
WEIGHTS = {
    "fewer_leads": 0.4,
    "slow_response": 0.4,
    "stage_conversion": 3.0,
    "stage_time": 0.15,
    "weak_person": 3.2,
    "mix": 0.6,
    "unqualified": 2.5,
    "fluff": 0.02,
    "whale": 1.6,
    "attribution": 0.02,
    "one_stream": 0.2,
    "slow_ramp": 1.0,
    "player_coach": 0.1,
    "small_deals": 3.0,
}
# A place in which what matters lies fewer standard errors from none than this, or more, shows nothing or shows at once:
# either way it needs no more than a tenth of its part.
HARD = (2.2, 6.0)
LEAST = 0.1


def rates(candidates: list[Candidate]) -> Floats:
    """The false discovery rate at which each candidate stands: Benjamini and Hochberg (1995), weighted.

    Each kind has a part of the family, whatever the number of its places; within it, places share alike, but for those
    in which it is not a matter of luck whether something shows: p / w with mean weight 1 (Genovese, Roeder and
    Wasserman, "False discovery control with p-value weighting", Biometrika 93, 2006).
    """
    if not candidates:
        return np.zeros(0)
    p = np.array([candidate.p for candidate in candidates])
    ratio = p / _weights(candidates)
    order = np.argsort(ratio, kind="stable")
    m = len(p)
    stepped = ratio[order] * m / np.arange(1, m + 1)
    found = np.empty(m)
    found[order] = np.minimum(1.0, np.minimum.accumulate(stepped[::-1])[::-1])
    return found


def _weights(candidates: list[Candidate]) -> Floats:
    names, place = np.unique([one.kind for one in candidates], return_inverse=True)
    share = np.array([WEIGHTS.get(str(name), 1.0) for name in names])
    part = np.array([1.0 if one.apart is None or HARD[0] <= one.apart <= HARD[1] else LEAST for one in candidates])
    most = np.zeros(len(names))
    np.maximum.at(most, place, part)
    share = share * most
    within = part / np.bincount(place, part)[place]
    weight: Floats = share[place] * within / share.sum() * len(candidates)
    return weight
