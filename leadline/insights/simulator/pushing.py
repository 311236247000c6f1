"""Expected close dates: too early at first, and moved again and again, mostly later."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from leadline.insights.simulator.company import Days, Floats, Places, Pushes
from leadline.insights.simulator.parameters import DAYS_ON, PULLED_IN, PUSH_DAYS, PUSH_SPREAD
from leadline.insights.simulator.span import Span
from leadline.insights.simulator.traces import offsets

HOPE = 1.4  # times the median days of the stages ahead
HOPE_SPREAD = 0.4


@dataclass(frozen=True)
class Expected:
    """The expected close date of each deal, at creation and now."""

    first: Days
    now: Days
    pushes: Pushes


def expected(
    rng: np.random.Generator, span: Span, created: Floats, closed: Floats, stage: Places, rate: Floats
) -> Expected:
    """Moves come at random while a deal is open, `rate` a day: nobody knows when it will close.

    `created` and `closed` are days since the start, `stage` the one it was created in.
    """
    ahead = np.cumsum(DAYS_ON[::-1])[::-1][stage] * HOPE
    first = span.dates(created + ahead * np.exp(HOPE_SPREAD * rng.standard_normal(len(created))))
    life = np.minimum(closed, span.days) - created
    counts = rng.poisson(rate * np.where(life > 1, life, 0.0))
    deal = np.repeat(np.arange(len(created)), counts)
    moment = rng.random(len(deal))
    order = np.lexsort((moment, deal))
    at = created[deal] + moment[order] * life[deal]
    later = np.maximum(1, np.round(PUSH_DAYS * np.exp(PUSH_SPREAD * rng.standard_normal(len(deal)))))
    step = np.where(rng.random(len(deal)) < PULLED_IN, -np.ceil(10 * rng.random(len(deal))), later).astype(np.int32)
    begins = offsets(counts)
    total = np.concatenate([[0], np.cumsum(step)])
    now = first[deal] + (total[1:] - total[begins[deal]]).astype(np.int32)
    last = first + (total[begins[1:]] - total[begins[:-1]]).astype(np.int32)
    return Expected(first, last, Pushes(begins, span.moments(at), now - step, now))
