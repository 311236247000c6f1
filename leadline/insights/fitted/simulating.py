"""Bookings as they may come: what is not known of the pipeline, and chance."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaincinv, pdtrik

from leadline.insights.fitted.fitted import NOTHING, QUARTER_WEEKS, Change, Fitted, Matrix
from leadline.insights.fitted.flowing import flow, money, timing, to_the_end
from leadline.insights.fitted.levels import Levels, levels
from leadline.insights.fitted.standing import amounts, to_come, usual
from leadline.insights.ledger.ledger import Floats

POOL = 50_000  # values in a row, of which each draw takes as many as it needs


def simulate(fitted: Fitted, change: Change, quarters: int, rng: np.random.Generator) -> Matrix:
    """(N, quarters): money booked in each coming quarter. 0 where nothing is fitted.

    A generator in the same state gives the same luck (common random numbers), so that two changes are told apart by
    what they change. Wins of deals to come are Poisson about a level that varies as arrivals do; their values are those
    seen, in some order; each open deal is won or not.
    """
    if not fitted.usable:
        return np.zeros((fitted.draws, quarters))
    level = levels(fitted, change)
    return _to_come(fitted, change, level, quarters, rng) + _standing(fitted, change, level, quarters, rng)


def both(fitted: Fitted, change: Change, quarters: int) -> tuple[Matrix, Matrix]:
    """Without the change and with it, under the same luck."""
    return (
        simulate(fitted, NOTHING, quarters, np.random.default_rng(fitted.seed)),
        simulate(fitted, change, quarters, np.random.default_rng(fitted.seed)),
    )


def _to_come(fitted: Fitted, change: Change, level: Levels, quarters: int, rng: np.random.Generator) -> Matrix:
    """Of deals that are not there yet."""
    mean = flow(fitted, change, quarters).wins
    luck, chance, place = rng.random(mean.shape), rng.random(mean.shape), rng.random(mean.shape)
    shape = QUARTER_WEEKS / np.maximum(fitted.clumping, 1e-6)[None, :, None]
    wins = np.ceil(pdtrik(chance, np.maximum(mean * gammaincinv(shape, luck) / shape, 1e-12)))
    values = fitted.sizes.values
    if not len(values):
        return np.zeros((fitted.draws, quarters))
    pool = np.concatenate([[0.0], np.cumsum(values[rng.integers(0, len(values), 2 * POOL)] / values.mean())])
    begin = (place * POOL).astype(np.int64)
    wins = np.clip(np.nan_to_num(wins), 0, POOL).astype(np.int64)
    brought = (pool[begin + wins] - pool[begin]) * money(fitted, change, level)[:, :, None]
    return np.asarray(brought.sum(axis=1))


def _standing(fitted: Fitted, change: Change, level: Levels, quarters: int, rng: np.random.Generator) -> Matrix:
    """Of open deals: each won in one of the quarters, or not."""
    standing = fitted.standing
    count = len(standing.deal)
    luck = rng.random((fitted.draws, count))
    if not count:
        return np.zeros((fitted.draws, quarters))
    kept = ~np.isin(standing.deal, change.without)
    until, better = _chances(fitted, level, quarters), _better(fitted, level)
    seen = better[:, standing.stream, standing.stage]
    worth = amounts(standing.value, standing.stream, usual(fitted).money) * kept
    brought = level.size[:, standing.stream] * worth
    won_by = [((luck < seen * chance) * brought).sum(axis=1) for chance in until.T]
    return np.diff(np.stack([np.zeros(fitted.draws), *won_by], axis=1), axis=1)


def _chances(fitted: Fitted, level: Levels, quarters: int) -> Matrix:
    """(D, Q): how likely each open deal is won by the end of a quarter, on average."""
    expected, standing = usual(fitted), fitted.standing
    through = timing(fitted, level.days.mean(axis=0), quarters)
    onward = np.concatenate([to_the_end(expected.conversion), np.ones((len(fitted.streams), 1))], axis=1)
    found = np.zeros((len(standing.deal), quarters))
    for stage in range(len(fitted.stages)):
        own = standing.stage == stage
        when, still = to_come(standing.age[own], standing.stream[own], stage, expected)
        rest = (when[:, : len(through[0])] @ through[stage + 1]) * onward[standing.stream[own], stage + 1][:, None]
        found[own] = rest * still[:, None]
    return np.cumsum(found, axis=1)


def _better(fitted: Fitted, level: Levels) -> NDArray[np.float64]:
    """(N, G, K): by what an open deal's chance in a stage is multiplied, beside the average one."""
    ratio = level.conversion / np.maximum(fitted.conversion.mean(axis=0), 1e-9)
    return np.cumprod(ratio[:, :, ::-1], axis=2)[:, :, ::-1]


def quantiles(draws: Matrix) -> Floats:
    """(5, Q): the 5, 25, 50, 75 and 95 % points of each quarter."""
    return np.asarray(np.quantile(draws, (0.05, 0.25, 0.5, 0.75, 0.95), axis=0))
