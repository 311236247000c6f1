"""What flows through the pipeline, week by week, until it is won: on average, for every draw of what is not known."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from leadline.insights.fitted.delaying import kernel
from leadline.insights.fitted.fitted import AHEAD, NOTHING, QUARTER_WEEKS, Change, Fitted, Matrix
from leadline.insights.fitted.levels import Levels, levels
from leadline.insights.fitted.manning import manned
from leadline.insights.fitted.standing import without
from leadline.insights.ledger.ledger import Floats

BINS = 4  # of draws that are given one delay


@dataclass(frozen=True)
class Flow:
    """Per draw and stream: `wins` (N, G, Q) of deals that are not there yet, and `open` (N, G, Q) money of those that
    are; `deals` (N, Q) are the new ones, `turned_away` (N, Q) those of them that nobody had time for."""

    wins: NDArray[np.float64]
    open: NDArray[np.float64]
    deals: Matrix
    turned_away: Matrix


def expected(fitted: Fitted, change: Change = NOTHING, quarters: int = 4) -> Matrix:
    """(N, quarters): money booked on average in each of the coming quarters; 0 where nothing is fitted."""
    if not fitted.usable:
        return np.zeros((fitted.draws, quarters))
    found, level = flow(fitted, change, quarters), levels(fitted, change)
    return np.asarray((found.wins * money(fitted, change, level)[:, :, None] + found.open).sum(axis=1))


def money(fitted: Fitted, change: Change, level: Levels) -> Matrix:
    """(N, G): what a won deal brings."""
    return np.asarray(fitted.sizes.money * level.size * less(fitted, change))


def less(fitted: Fitted, change: Change) -> float:
    """What is left of the mean value without the largest ones."""
    values = np.sort(fitted.sizes.values)
    count = min(change.without_largest, max(0, len(values) - 1))
    return float(values[: len(values) - count].mean() / values.mean()) if count else 1.0


def flow(fitted: Fitted, change: Change, quarters: int) -> Flow:
    """Draws whose delays are about the same are taken together."""
    if not 1 <= quarters <= AHEAD // QUARTER_WEEKS:
        raise ValueError(f"Quarters are 1 to {AHEAD // QUARTER_WEEKS}.")
    level = levels(fitted, change)
    draws, streams, _stages = level.conversion.shape
    wins, still = np.zeros((draws, streams, quarters)), np.zeros((draws, streams, quarters))
    deals, away = np.zeros((draws, quarters)), np.zeros((draws, quarters))
    for rows in _alike(level):
        wins[rows], still[rows], deals[rows], away[rows] = _flow(fitted, change, level, rows, quarters)
    return Flow(wins, still, deals, away)


def _alike(level: Levels) -> list[NDArray[np.int64]]:
    """Rows of draws: all at once where delays do not differ between them."""
    days = np.concatenate([level.days, level.lead_days], axis=1)
    if (days == days[:1]).all():
        return [np.arange(len(days))]
    return list(np.array_split(np.argsort(days.sum(axis=1), kind="stable"), BINS))


def _flow(
    fitted: Fitted, change: Change, level: Levels, rows: NDArray[np.int64], quarters: int
) -> tuple[NDArray[np.float64], NDArray[np.float64], Matrix, Matrix]:
    weeks = quarters * QUARTER_WEEKS
    days, lead_days = level.days[rows].mean(axis=0), level.lead_days[rows].mean(axis=0)
    through = timing(fitted, days, quarters)
    coming = _deals(fitted, level, rows, lead_days, weeks)
    taken = manned(fitted, change, rows, coming)
    onward = to_the_end(level.conversion[rows])
    wins = sum(
        (taken @ through[stage]) * (fitted.begins[:, stage] * onward[:, :, stage])[:, :, None]
        for stage in range(len(fitted.stages))
    )
    per = _per_quarter(taken.sum(axis=1))
    turned = np.maximum(_per_quarter(coming.sum(axis=1)) - per, 0.0)
    return np.asarray(wins), _open(fitted, change, level, rows, days, through), per, turned


def timing(fitted: Fitted, days: Floats, quarters: int) -> list[Matrix]:
    """For each stage (weeks, Q): of deals entering it in a week that will be won, the share won in each quarter.

    One more at the end: of deals that are won in that week.
    """
    weeks = quarters * QUARTER_WEEKS
    found = [np.repeat(np.eye(quarters), QUARTER_WEEKS, axis=0)]
    for stage in reversed(range(len(fitted.stages))):
        found.insert(0, kernel(fitted.delays.advance[stage] * days[stage], weeks) @ found[0])
    return found


def to_the_end(conversion: NDArray[np.float64]) -> NDArray[np.float64]:
    """(…, K): the share that is won of those who enter each stage."""
    return np.asarray(np.cumprod(conversion[..., ::-1], axis=-1)[..., ::-1])


def _deals(
    fitted: Fitted, level: Levels, rows: NDArray[np.int64], lead_days: Floats, weeks: int
) -> NDArray[np.float64]:
    """(n, G, weeks): new deals."""
    season = fitted.season[:weeks]
    shape = np.stack(
        [
            season @ kernel(fitted.delays.lead[stream] * lead_days[stream], weeks) if comes else season
            for stream, comes in enumerate(fitted.streams.of_leads)
        ]
    )
    conversion = level.lead_conversion[rows]
    new = (level.leads[rows] * conversion)[:, :, None] * shape
    better = conversion / np.maximum(fitted.lead_conversion.mean(axis=0), 1e-9)
    waiting = np.stack([sooner(one, factor) for one, factor in zip(fitted.standing.leads, lead_days, strict=True)])
    return np.asarray(new + better[:, :, None] * waiting[:, :weeks])


def _open(
    fitted: Fitted, change: Change, level: Levels, rows: NDArray[np.int64], days: Floats, through: list[Matrix]
) -> NDArray[np.float64]:
    """(n, G, Q): money of open deals."""
    weeks = len(through[0])
    usual, now = fitted.conversion.mean(axis=0), level.conversion[rows]
    onward = np.concatenate([to_the_end(now), np.ones((*now.shape[:2], 1))], axis=2)
    found = np.zeros((*now.shape[:2], through[0].shape[1]))
    standing = fitted.standing.money if not change.without else without(fitted, change.without)
    for stage in range(len(fitted.stages)):
        when = np.stack([sooner(one, float(days[stage])) for one in standing[stage]])[:, :weeks] @ through[stage + 1]
        better = now[:, :, stage] / np.maximum(usual[:, stage], 1e-9)
        found += (better * onward[:, :, stage + 1])[:, :, None] * when
    return np.asarray(found * level.size[rows][:, :, None])


def sooner(weekly: Floats, factor: float) -> Floats:
    """What comes in each week, if it comes after `factor` times the time."""
    if factor == 1.0:
        return weekly
    at = np.minimum(np.floor((np.arange(len(weekly)) + 0.5) * factor), len(weekly)).astype(np.int64)
    return np.asarray(np.bincount(at, weekly, minlength=len(weekly) + 1)[: len(weekly)], dtype=np.float64)


def _per_quarter(weekly: Matrix) -> Matrix:
    return np.asarray(weekly.reshape(len(weekly), -1, QUARTER_WEEKS).sum(axis=2))
