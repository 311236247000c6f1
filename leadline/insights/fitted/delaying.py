"""How long things take, as quantiles; and as shares of the weeks after."""

from __future__ import annotations

import numpy as np

from leadline.insights.fitted.fitted import AHEAD, WEEK, Delays, Matrix
from leadline.insights.fitted.incidence import WIDTH, Incidence
from leadline.insights.ledger.ledger import Floats

ENOUGH = 20.0  # conversions from which a stream's own delay is told


def delays(leads: list[Incidence], stages: list[Incidence]) -> Delays:
    """`leads` are those of each stream, and at the end of all together. Where none advanced it takes no time at all."""
    whole = leads[-1]
    own = [one if one.trials * np.nan_to_num(one.share) >= ENOUGH else whole for one in leads[:-1]]
    return Delays(
        lead=_all([one.advance for one in own]),
        lead_lost=_all([one.fail for one in own]),
        advance=_all([one.advance for one in stages]),
        fail=_all([one.fail for one in stages]),
    )


def _all(quantiles: list[Floats]) -> Matrix:
    return np.nan_to_num(np.stack(quantiles)) if quantiles else np.zeros((0, WIDTH))


def kernel(days: Floats, weeks: int) -> Matrix:
    """(weeks, weeks): of what comes evenly over week i, the share that is through in week j.

    `days` are quantiles of the time it takes; what takes longer than there are weeks is not through.
    """
    at = np.asarray(days) / WEEK
    whole = np.minimum(np.floor(at), AHEAD).astype(np.int64)
    part = at - np.floor(at)
    share = np.zeros(max(weeks, AHEAD) + 2)
    np.add.at(share, whole, (1 - part) / len(at))
    np.add.at(share, whole + 1, part / len(at))
    found = np.zeros((weeks, weeks))
    for lag in range(weeks):
        np.fill_diagonal(found[:, lag:], share[lag])
    return found


def placed(age: Floats, advance: Floats, fail: Floats, chance: Floats, weeks: int) -> tuple[Matrix, Floats]:
    """For cases of an age, of which `chance` (n,) advanced from the beginning: ((n, weeks), (n,)).

    The first is when those that still advance do, as shares of them; the second how likely it is now. Older than all
    that advanced: never.
    """
    later = advance[None, :] > age[:, None]
    stays = (fail[None, :] > age[:, None]).mean(axis=1)
    left = later.mean(axis=1)
    alive = chance * left + (1 - chance) * stays
    still = np.where(left > 0, chance * left / np.maximum(alive, 1e-12), 0.0)
    week = np.clip(np.floor((advance[None, :] - age[:, None]) / WEEK), 0, weeks).astype(np.int64)
    code = np.arange(len(age))[:, None] * (weeks + 1) + week
    share = np.bincount(code[later], minlength=len(age) * (weeks + 1)).reshape(len(age), weeks + 1)[:, :weeks]
    return share / np.maximum(later.sum(axis=1, keepdims=True), 1), still
