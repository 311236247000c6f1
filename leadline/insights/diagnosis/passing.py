"""How a stage's passages changed from a day on: the share that advances, and how long it takes, told apart.

Recent passages are decided early only if they are quick, and which end comes early is not which end comes in the end.
So both are fitted together, as a mixture of competing risks (Larson and Dinse, Applied Statistics 34, 1985): a passage
advances with chance p after a time of law A, or fails after a time of law F; one still there at age c has the
likelihood p A(c) + (1 - p) F(c) of their survivors. The laws are not assumed: they are estimated on a grid of
logarithmic time from passages before the day (Efron's self-consistency with the undecided, 1967). After it, p is free
and all times are stretched by one factor.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from leadline.insights.diagnosis.changing import wobble
from leadline.insights.ledger.ledger import Floats

HOUR = 1 / 24
RATIO = 1.25  # of a bin's end to its beginning
BINS = 46  # from an hour to some three years
ROUNDS = 40
ADVANCED, FAILED, WAITING = 0, 1, 2
STRETCH = np.linspace(-3.0, 6.0, 10)  # bins by which times are tried to be longer, before Newton's steps
USUAL = 0.3  # spread, on the logarithm, of how times change where nothing is wrong
SMOOTH = np.array([1.0, 2.0, 3.0, 2.0, 1.0]) / 9.0
FLOOR = 1e-4  # of a law, spread over all bins: no time is impossible
Table = NDArray[np.float64]


@dataclass(frozen=True)
class Laws:
    """p, and the laws (BINS,) of times to advance and to fail; the first bin is what was clicked through at once."""

    share: float
    advance: Floats
    fail: Floats


@dataclass(frozen=True)
class Shift:
    """After against before: `chance` on the logit, `stretch` on the logarithm of days, with their errors.

    `before` and `after` are shares that advance; `days_before` and `days_after` medians of those that do.
    """

    chance: float
    chance_error: float
    stretch: float
    stretch_error: float
    before: float
    after: float
    days_before: float
    days_after: float
    n_before: int
    n_after: int
    after_error: float  # of the later share, on the logit
    days_error: float  # of the logarithm of the later days


def binned(stay: Floats) -> NDArray[np.int64]:
    """The bin of a time in days; below an hour 0."""
    with np.errstate(divide="ignore"):
        place = np.floor(np.log(np.maximum(stay, 1e-9) / HOUR) / np.log(RATIO)) + 1
    found: NDArray[np.int64] = np.clip(place, 0, BINS - 1).astype(np.int64)
    return found


def table(kind: NDArray[np.int64], stay: Floats) -> Table:
    """(3, BINS): how many advanced, failed and wait, by how long they stayed."""
    flat = np.bincount(kind * BINS + binned(stay), minlength=3 * BINS)
    return flat.reshape(3, BINS).astype(np.float64)


def laws(counts: Table) -> Laws:
    """p and both laws: the waiting are shared out over what may still come, until nothing changes."""
    advance, fail = counts[ADVANCED] + 1e-6, counts[FAILED] + 1e-6
    waiting = counts[WAITING]
    for _ in range(ROUNDS if waiting.any() else 1):
        total = advance.sum() + fail.sum()
        later = _later(advance + fail) / total
        load = np.where(later > 1e-9, waiting / np.maximum(later, 1e-9), 0.0)
        stuck = float(waiting[later <= 1e-9].sum())  # longer there than any that ever left
        due = np.concatenate([[0.0], np.cumsum(load)[:-1]])
        advance, fail = (
            counts[ADVANCED] + 1e-6 + due * advance / total,
            counts[FAILED] + 1e-6 + due * fail / total,
        )
        fail[-1] += stuck
    share = float(advance.sum() / (advance.sum() + fail.sum()))
    return Laws(share, _smooth(advance), _smooth(fail))


def _later(mass: Floats) -> Floats:
    """What lies in later bins than each."""
    found: Floats = mass.sum() - np.cumsum(mass)
    return np.maximum(found, 0.0)


def _smooth(mass: Floats) -> Floats:
    """A law that is smooth but for what is clicked through at once."""
    total = mass.sum()
    rest = np.convolve(np.pad(mass[1:], 2), SMOOTH, mode="valid")
    rest *= mass[1:].sum() / max(rest.sum(), 1e-12)
    law: Floats = np.concatenate([[mass[0]], rest]) / total
    return (1 - FLOOR) * law + FLOOR / BINS


def _stretched(law: Floats, by: float) -> Floats:
    """The law with all times but the clicked-through ones longer by so many bins."""
    at = np.arange(1, BINS) - by
    moved = np.interp(at, np.arange(1, BINS), law[1:], left=FLOOR / BINS, right=FLOOR / BINS)
    moved *= law[1:].sum() / max(moved.sum(), 1e-12)
    return np.concatenate([[law[0]], moved])


def shifted(before: Table, after: Table, offset: float = 0.0, extra: float = 1.0) -> Shift | None:
    """The change between two tables; None where either has too little. `offset` is what the mix alone changes (logit).

    `extra` is how many times chance the variance is (see `wobble`).
    """
    if min(before[:2].sum(axis=1)) < 3 or after[:2].sum() < 3:
        return None
    base = laws(before)
    stretch = float(STRETCH[int(np.argmax([_height(base, after, None, by) for by in STRETCH]))])
    logit = float(special.logit(np.clip(_share(base, after, stretch), 0.01, 0.99)))
    point, spread = _newton(base, after, np.array([logit, stretch]))
    n = float(before[:2].sum()) + 0.5 * float(before[WAITING].sum())
    own = base.share * (1 - base.share) * n
    chance_error = np.sqrt((spread[0, 0] + 1 / max(own, 1e-9)) * extra)
    width = np.log(RATIO)
    law = base.advance[1:] / base.advance[1:].sum()
    middle = float(law @ np.arange(1, BINS))
    deviation = float(np.sqrt(law @ (np.arange(1, BINS) - middle) ** 2))
    stretch_error = np.sqrt((spread[1, 1] + deviation**2 / max(n, 1.0)) * extra) * width
    days = _median(law)
    return Shift(
        float(point[0] - special.logit(base.share) - offset),
        float(chance_error),
        float(point[1]) * width,
        float(stretch_error),
        base.share,
        float(special.expit(point[0])),
        days,
        days * float(np.exp(point[1] * width)),
        int(before.sum()),
        int(after.sum()),
        float(np.sqrt(spread[0, 0] * extra)),
        float(np.sqrt(spread[1, 1] * extra)) * width,
    )


def _share(base: Laws, after: Table, by: float) -> float:
    """p of the later passages where times are longer by so many bins (a few rounds of expectation, maximisation)."""
    advance, fail = _later(_stretched(base.advance, by)), _later(_stretched(base.fail, by))
    share = base.share
    for _ in range(12):
        hope = share * advance / np.maximum(share * advance + (1 - share) * fail, 1e-12)
        hope = np.where(advance + fail > 1e-9, hope, 0.0)
        share = (after[ADVANCED].sum() + float(after[WAITING] @ hope)) / max(after.sum(), 1e-9)
    return float(share)


def _height(base: Laws, after: Table, logit: float | None, by: float) -> float:
    """The log likelihood, with what is usual of times; with None, at the best share."""
    share = _share(base, after, by) if logit is None else float(special.expit(logit))
    advance, fail = _stretched(base.advance, by), _stretched(base.fail, by)
    waiting = share * _later(advance) + (1 - share) * _later(fail)
    parts = (share * advance, (1 - share) * fail, waiting)
    found = float(sum(after[row] @ np.log(np.maximum(part, 1e-12)) for row, part in enumerate(parts)))
    return found - float((by * np.log(RATIO) / USUAL) ** 2 / 2)


def _newton(base: Laws, after: Table, point: Floats) -> tuple[Floats, Table]:
    """(the most likely logit and stretch, their covariance), slopes by differences, only ever uphill."""
    step = np.array([0.05, 1.0])
    height = _height(base, after, point[0], point[1])
    for _ in range(8):
        slope, bend = _slopes(base, after, point, step)
        move = np.clip(_spread(bend, point, after) @ slope, [-0.7, -1.5], [0.7, 1.5])
        for _half in range(4):
            there = np.clip(point + move, [-6.0, -6.0], [6.0, 10.0])
            higher = _height(base, after, there[0], there[1])
            if higher > height:
                break
            move = move / 2
        else:
            break
        point, gain, height = there, higher - height, higher
        if gain < 1e-4:
            break
    return point, _spread(_slopes(base, after, point, step)[1], point, after)


def _slopes(base: Laws, after: Table, point: Floats, step: Floats) -> tuple[Floats, Table]:
    at = {
        (i, j): _height(base, after, point[0] + i * step[0], point[1] + j * step[1])
        for i, j in ((0, 0), (1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, -1), (1, -1), (-1, 1))
    }
    slope = np.array([at[1, 0] - at[-1, 0], at[0, 1] - at[0, -1]]) / (2 * step)
    first = (at[1, 0] + at[-1, 0] - 2 * at[0, 0]) / step[0] ** 2
    second = (at[0, 1] + at[0, -1] - 2 * at[0, 0]) / step[1] ** 2
    both = (at[1, 1] + at[-1, -1] - at[1, -1] - at[-1, 1]) / (4 * step[0] * step[1])
    return slope, -np.array([[first, both], [both, second]])


def _spread(bend: Table, point: Floats, after: Table) -> Table:
    """The covariance by the curvature, kept within what is possible: of a decided passage half a trial at the least."""
    share = special.expit(point[0])
    trials = max(float(after[:2].sum()), 1.0) * share * (1 - share)
    one = min(max(bend[0, 0], 0.5 * trials), 1.2 * (trials + float(after[WAITING].sum())))
    other = max(bend[1, 1], (np.log(RATIO) / USUAL) ** 2)
    both = float(np.clip(bend[0, 1], -0.9 * np.sqrt(one * other), 0.9 * np.sqrt(one * other)))
    found: Table = np.array([[other, -both], [-both, one]]) / (one * other - both**2)
    return found


def _median(law: Floats) -> float:
    """Days."""
    place = int(np.searchsorted(np.cumsum(law) / law.sum(), 0.5))
    return float(HOUR * RATIO ** (place + 0.5))


def extra(month: NDArray[np.int64], advanced: Floats, hoped: Floats) -> float:
    """How many times chance the variance of months is, around what was to be hoped for case by case."""
    off = np.bincount(month, advanced - hoped)
    spread = np.bincount(month, hoped * (1 - hoped))
    some = spread > 0
    return wobble(float((off[some] ** 2 / spread[some]).sum()), float(some.sum() - 1))
