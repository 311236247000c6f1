"""The whole curve of how many are left after how long, where some are not over yet."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from leadline.insights.numbers.proportions import COVER, Floats

POINTS = 200  # of a curve that is drawn; more than a screen can show


@dataclass(frozen=True)
class Curve:
    """The share left after each time (days), its 90 % interval, and how many were watched until then.

    Begins at time 0 with everything left. One entry per time at which something ended. `watched` things in all, the one
    watched `longest` for that many days.
    """

    times: Floats
    survival: Floats
    low: Floats
    high: Floats
    at_risk: Floats
    watched: int = 0
    longest: float = 0.0

    def at(self, time: float) -> tuple[float, float, float] | None:
        """The share left after this time and its interval; None after the longest that any was watched."""
        if time > self.longest:
            return None
        step = int(np.searchsorted(self.times, time, "right")) - 1
        return float(self.survival[step]), float(self.low[step]), float(self.high[step])

    def thinned(self, points: int = POINTS) -> Curve:
        """The same with at most this many points: the first, the last, and between them in even steps of what ended."""
        if len(self.times) <= points:
            return self
        kept = np.unique(np.linspace(0, len(self.times) - 1, points).round().astype(np.int64))
        times, survival, low, high, at_risk = (
            each[kept] for each in (self.times, self.survival, self.low, self.high, self.at_risk)
        )
        return Curve(times, survival, low, high, at_risk, self.watched, self.longest)


def curve(entered: Floats, left: Floats, ended: Floats) -> Curve:
    """Kaplan and Meier (1958): of things watched from the age `entered` to `left` those with `ended` 1 were over then.

    The interval is Greenwood's on the log-minus-log scale (Kalbfleisch and Prentice), as `survival.median` inverts it.
    """
    times, events = np.unique(left[ended > 0], return_counts=True)
    since = np.sort(np.where(entered > 0, entered, -1.0))
    at_risk = np.searchsorted(since, times, "left") - np.searchsorted(np.sort(left), times, "left")
    with np.errstate(divide="ignore", invalid="ignore"):
        survival = np.cumprod(1 - events / at_risk)
        greenwood = np.cumsum(events / (at_risk * (at_risk - events)))
        reach = special.ndtri((1 + COVER) / 2) * np.sqrt(greenwood) / np.abs(np.log(survival))
        low, high = survival ** np.exp(reach), survival ** np.exp(-reach)
    over = survival <= 0
    return Curve(
        times=np.concatenate(([0.0], times)),
        survival=np.concatenate(([1.0], survival)),
        low=np.concatenate(([1.0], np.where(over, 0.0, np.nan_to_num(low)))),
        high=np.concatenate(([1.0], np.where(over, 0.0, high))),
        at_risk=np.concatenate(([float((entered <= 0).sum())], at_risk)),
        watched=len(left),
        longest=float(left.max()) if len(left) else 0.0,
    )
