"""From a deal's creation to its being won: the share won in each week of its life, per stream."""

from __future__ import annotations

import numpy as np

from leadline.insights.forecast.spells import WON, Spells
from leadline.insights.ledger.ledger import Flags, Floats, Ids

WEEK = 7.0
HELD = 10.0  # wins that a stream's own shares are held against
HELD_AGAIN = 3.0  # of further business, whose streams are unlike the others
HALF = 26.0  # weeks in which what happened comes to count half
SAME_DAY = 0.5  # days: what is won as soon as this was written down when it was over


def shares(
    spells: Spells, stream: Ids, again: Flags, as_of: float, start: float, weeks: int, draws: int,
    rng: np.random.Generator,
) -> Floats:  # fmt: skip
    """(draws, streams, 1 + weeks): won at once, and in each week since; the mean first.

    `stream` is that of each spell's deal; new business is held against new, further business (`again`) against further.
    Of each week of life only deals count that are old enough to have passed it.
    """
    counted, streams = spells.begun >= start, len(again)
    won, seen = np.zeros((streams, weeks + 1)), np.zeros((streams, weeks + 1))
    begun, stream = spells.begun[counted], stream[counted]
    lag = np.where(spells.outcome[counted] == WON, spells.ended[counted] - begun, np.inf)
    at = np.where(lag < SAME_DAY, 0, 1 + np.floor(np.minimum(lag, 1e6) / WEEK)).astype(np.int64)
    old = (as_of - begun) / WEEK
    for week in range(weeks + 1):
        there = old >= week
        weight = 0.5 ** ((old[there] - week) / HALF)
        seen[:, week] = np.bincount(stream[there], weight, minlength=streams)
        won[:, week] = np.bincount(stream[there], weight * (at[there] == week), minlength=streams)
    shape, rate = np.empty_like(won), np.empty_like(won)
    for kind in (~again, again):
        every = (won[kind].sum(0) + 0.05) / (seen[kind].sum(0) + 1.0)
        held = np.where(again[kind], HELD_AGAIN, HELD)[:, None]
        shape[kind], rate[kind] = won[kind] + held * every / every.sum(), seen[kind] + held / every.sum()
    scale = 1 / rate
    drawn = rng.gamma(np.maximum(shape, 1e-3), scale, (draws - 1, *shape.shape))
    return np.concatenate([(shape * scale)[None], drawn])


def booked(rates: Floats, share: Floats) -> Floats:
    """(N, W) wins expected in each week ahead, of deals created at `rates` (N, W), by shares (N, 1 + weeks) won.

    A deal is created somewhere in its week, so half of what is won in a week of its life falls into the week after.
    """
    weeks = rates.shape[1]
    found = rates * share[:, :1]
    for late in range(weeks):
        portion = share[:, 1 + late, None]
        found[:, late:] += 0.5 * portion * rates[:, : weeks - late]
        found[:, late + 1 :] += 0.5 * portion * rates[:, : weeks - late - 1]
    return found
