"""All candidates of a page are one family of hypotheses."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from leadline.insights.diagnosis.finding import Candidate

Floats = NDArray[np.float64]
RATE = 0.05  # of false findings among all that stand

# How the family's chance of error is shared out between the kinds, where about 1,000 deals are closed and where 10,000
# are (between them by the logarithm): less to departures that show at once where they are at all (an arrival rate
# counted week by week), more to those that are hard to show. Set before any data are seen.
WEIGHTS = {
    "fewer_leads": (0.8, 0.15),
    "slow_response": (0.4, 0.1),
    "stage_conversion": (3.0, 0.3),
    "stage_time": (0.25, 0.1),
    "weak_person": (3.2, 5.2),
    "mix": (0.6, 0.1),
    "unqualified": (2.5, 2.4),
    "fluff": (0.02, 0.02),
    "whale": (2.5, 0.2),
    "attribution": (0.02, 0.02),
    "one_stream": (0.3, 0.1),
    "slow_ramp": (0.4, 1.8),
    "player_coach": (0.1, 0.1),
    "small_deals": (3.2, 0.3),
}
FEW, MANY = 1_000, 10_000
# A place in which what matters lies fewer standard errors from none than this, or more, shows nothing or shows at once:
# either way it needs no more than a tenth of its part.
HARD = (2.2, 6.0)
LEAST = 0.1


def rates(candidates: list[Candidate], closed: int) -> Floats:
    """The false discovery rate at which each candidate stands, of a company with so many closed deals.

    Benjamini and Hochberg (1995), weighted: p / w with mean weight 1 (Genovese, Roeder and Wasserman, "False discovery
    control with p-value weighting", Biometrika 93, 2006). Each kind has its part of the family, whatever the number of
    its places; these share alike, but for those in which it is not a matter of luck whether something shows.
    """
    if not candidates:
        return np.zeros(0)
    p = np.array([candidate.p for candidate in candidates])
    ratio = p / _weights(candidates, closed)
    order = np.argsort(ratio, kind="stable")
    m = len(p)
    stepped = ratio[order] * m / np.arange(1, m + 1)
    found = np.empty(m)
    found[order] = np.minimum(1.0, np.minimum.accumulate(stepped[::-1])[::-1])
    return found


def _weights(candidates: list[Candidate], closed: int) -> Floats:
    names, place = np.unique([one.kind for one in candidates], return_inverse=True)
    many = float(np.clip(np.log(max(closed, 1) / FEW) / np.log(MANY / FEW), 0.0, 1.0))
    ends = np.array([WEIGHTS.get(str(name), (1.0, 1.0)) for name in names])
    share = ends[:, 0] ** (1 - many) * ends[:, 1] ** many
    part = np.array([1.0 if one.apart is None or HARD[0] <= one.apart <= HARD[1] else LEAST for one in candidates])
    within = part / np.bincount(place, part)[place]
    weight: Floats = share[place] * within / share.sum() * len(candidates)
    return weight
