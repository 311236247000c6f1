"""Expected close dates: too early at first, and moved again and again, mostly later."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from leadline.insights.simulator.company import Days, Floats, Places, Pushes
from leadline.insights.simulator.draws import Moves
from leadline.insights.simulator.parameters import DAYS_ON, PULLED_IN, PUSH_DAYS, PUSH_SPREAD
from leadline.insights.simulator.span import Span
from leadline.insights.simulator.traces import offsets

HOPE = 1.4  # times the median days of the stages ahead
HOPE_SPREAD = 0.4
EARLIER_DAYS = 10  # at most, of those that are moved forward


@dataclass(frozen=True)
class Expected:
    """The expected close date of each deal, at creation and now."""

    first: Days
    now: Days
    pushes: Pushes


def expected(span: Span, created: Floats, closed: Floats, stage: Places, rate: float, draws: Moves) -> Expected:
    """Moves come at random while a deal is open, `rate` a day: nobody knows when it will close.

    `created` and `closed` are days since the start, `stage` the one it was created in.
    """
    ahead = np.cumsum(DAYS_ON[::-1])[::-1][stage] * HOPE
    first = span.dates(created + ahead * np.exp(HOPE_SPREAD * draws.hope))
    at = created[:, None] + np.cumsum(draws.gaps, axis=1) / rate
    moved = at < np.minimum(closed, span.days)[:, None]
    later = np.maximum(1.0, np.round(PUSH_DAYS * np.exp(PUSH_SPREAD * draws.steps)))
    earlier = -np.ceil(EARLIER_DAYS * draws.pulls / PULLED_IN)
    step = np.where(moved, np.where(draws.pulls < PULLED_IN, earlier, later), 0.0).astype(np.int32)
    now = first[:, None] + np.cumsum(step, axis=1, dtype=np.int32)
    pushes = Pushes(offsets(moved.sum(axis=1)), span.moments(at[moved]), (now - step)[moved], now[moved])
    return Expected(first, now[:, -1], pushes)
