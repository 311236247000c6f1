"""What a change would do to bookings, quarter by quarter, and what lifting the constraint would do instead."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from leadline.insights.diagnosis.finding import Worth
from leadline.insights.diagnosis.levers import Lever, Levers
from leadline.insights.diagnosis.worth import gains, told, unchanged
from leadline.insights.fitted.fitted import NOTHING, QUARTER, Change, Fitted, Matrix
from leadline.insights.fitted.flowing import expected
from leadline.insights.fitted.simulating import both, quantiles
from leadline.insights.whatif.noting import Note, noted
from leadline.insights.whatif.present import Present, present
from leadline.insights.whatif.question import Asked, change_of

QUARTERS = 4
Five = tuple[float, float, float, float, float]  # the 5, 25, 50, 75 and 95 % points


@dataclass(frozen=True)
class Quarter:
    """13 weeks from the day `start` up to the day `end`, not included: bookings as it is, and with the change.

    `gain` is the difference on average, `instead` that of lifting the constraint (None where there is none).
    """

    start: float
    end: float
    before: Five
    after: Five
    gain: Worth
    instead: Worth | None


@dataclass(frozen=True)
class Answer:
    """`gain` and `instead_gain` are a quarter, on average over the year; `share` the gain in what is booked anyway.

    `surely` is the probability that the change adds anything. `constraint` is what the levers say it is, `verdict` why
    there is none (see diagnosis.levers). `notes` are what has to be said with it.
    """

    asked: Asked
    now: Present
    changed: bool
    quarters: tuple[Quarter, ...]
    gain: Worth
    booked: Worth
    share: float
    surely: float
    constraint: Lever | None
    verdict: str
    instead_gain: Worth | None
    notes: tuple[Note, ...]


def answer(fitted: Fitted, found: Levers, asked: Asked) -> Answer | None:
    """Of a fitted pipeline with its levers; None where there is nothing to simulate (`fitted.says` why)."""
    if not fitted.usable:
        return None
    now = present(fitted)
    change = change_of(asked, fitted, now)
    instead = found.constraint or (found.levers[0] if found.levers and found.verdict == "several" else None)
    usual = unchanged(fitted)
    gain = gains(fitted, change)
    middle = float(np.median(usual))
    return Answer(
        asked=asked,
        now=now,
        changed=change != NOTHING and asked != Asked(),
        quarters=_quarters(fitted, change, instead),
        gain=told(gain),
        booked=told(usual),
        share=float(np.median(gain)) / middle if middle else 0.0,
        surely=float((gain > 0).mean()),
        constraint=instead,
        verdict=found.verdict,
        instead_gain=instead.gain if instead else None,
        notes=noted(fitted, now, asked, change),
    )


def _quarters(fitted: Fitted, change: Change, instead: Lever | None) -> tuple[Quarter, ...]:
    before, after = (quantiles(draws).T for draws in both(fitted, change, QUARTERS))
    usual = expected(fitted, NOTHING, QUARTERS)
    more = expected(fitted, change, QUARTERS) - usual
    other = expected(fitted, instead.change, QUARTERS) - usual if instead else None
    return tuple(
        Quarter(
            fitted.as_of + QUARTER * place,
            fitted.as_of + QUARTER * (place + 1),
            _five(before[place]),
            _five(after[place]),
            told(more[:, place]),
            None if other is None else told(other[:, place]),
        )
        for place in range(QUARTERS)
    )


def _five(points: Matrix) -> Five:
    low, lower, middle, upper, high = (float(one) for one in points)
    return low, lower, middle, upper, high
