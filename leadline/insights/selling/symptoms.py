"""Symptoms of a missing process, each measured or honestly not (R23)."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from leadline.insights.numbers.ratios import Z, rate, variation
from leadline.insights.numbers.shown import shown

Row = Mapping[str, Any]
# From where on a number is a symptom: rules of thumb, said beside it, and only counted when its whole interval is past.
BOUNDS = {"close_rate": 0.2, "bookings": 0.5, "ramp": 6.0, "turnover": 0.25, "tenured": 0.05, "wasted": 0.75}
BETTER_ABOVE = ("close_rate", "tenured")
CASES = 5  # closed deals in each year that make somebody comparable with himself


@dataclass(frozen=True)
class Symptom:
    """One symptom by its key. `present` is None where the data cannot tell; `measured` False where there are none."""

    key: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    n: int = 0
    unit: str = "share"
    measured: bool = True

    @property
    def present(self) -> bool | None:
        """Whether the whole interval lies on the bad side of the bound; None where it lies on both."""
        if not self.measured or self.low is None or self.high is None:
            return None
        bound = BOUNDS[self.key]
        below, above = self.high < bound, self.low > bound
        bad, good = (below, above) if self.key in BETTER_ABOVE else (above, below)
        return True if bad else False if good else None


@dataclass(frozen=True)
class Member:
    """Somebody with their time here; None: not recorded."""

    name: str
    hired_on: dt.date | None
    left_on: dt.date | None


def close_rate(row: Row) -> Symptom:
    """Few of the closed deals are won."""
    return Symptom("close_rate", row["value"], row["low"], row["high"], row["n"], measured=bool(row["n"]))


def bookings(months: Sequence[float]) -> Symptom:
    """Bookings cannot be predicted: their coefficient of variation over whole months."""
    value, low, high = map(shown, variation(np.array(months, dtype=np.float64)))
    return Symptom("bookings", value, low, high, len(months), "number", measured=value is not None)


def ramp(row: Row) -> Symptom:
    """New people take long until they sell as the others do: months to all of the tenured median."""
    return Symptom("ramp", row["full"], row["full_low"], row["full_high"], row["people"], "months", bool(row["people"]))


def turnover(members: Sequence[Member], today: dt.date) -> Symptom:
    """People leave: how many a year, per head, of the last year. Unknown where no date of hire or leave is recorded."""
    known = [member for member in members if member.hired_on or member.left_on]
    begin = today - dt.timedelta(days=365)
    days = sum(
        max((min(member.left_on or today, today) - max(member.hired_on or begin, begin)).days, 0) for member in known
    )
    left = sum(1 for member in known if member.left_on and begin < member.left_on <= today)
    value, low, high = map(shown, rate(left, days / 365))
    return Symptom("turnover", value, low, high, len(known), measured=value is not None)


def tenured(earlier: Sequence[Row], later: Sequence[Row], members: Sequence[Member], begin: dt.date) -> Symptom:
    """Those who have been here for long do not improve: win rates by owner of the year before and of the last one.

    The difference pooled over people (Mantel and Haenszel 1959; its variance after Sato 1989's first term), so that it
    does not matter who closed how many. n counts people: here since `begin`, with five closed deals in either year.
    """
    new = {member.name for member in members if member.hired_on and member.hired_on > begin}
    before = {row["owner"]: row for row in earlier}
    pairs = [
        (row, before[row["owner"]])
        for row in later
        if row["owner"] is not None and row["owner"] not in new and row["owner"] in before
    ]
    pairs = [(now, then) for now, then in pairs if min(now["n"], then["n"]) >= CASES]
    if not pairs:
        return Symptom("tenured", measured=False)
    weights = [now["n"] * then["n"] / (now["n"] + then["n"]) for now, then in pairs]
    value = sum(w * (now["value"] - then["value"]) for w, (now, then) in zip(weights, pairs, strict=True)) / sum(
        weights
    )
    spread = sum(w**2 * (_noise(now) + _noise(then)) for w, (now, then) in zip(weights, pairs, strict=True))
    reach = Z * math.sqrt(spread) / sum(weights)
    return Symptom("tenured", value, value - reach, value + reach, len(pairs))


def _noise(row: Row) -> float:
    share = (row["numerator"] + 0.5) / (row["n"] + 1)
    return float(share * (1 - share) / row["n"])


def wasted(row: Row) -> Symptom:
    """Time goes into deals that are lost. Unknown where most activities have no minutes."""
    known = bool(row["n"]) and row["left_out"] <= row["n"]
    return Symptom("wasted", row["value"], row["low"], row["high"], row["n"], measured=known)


def unhappy() -> Symptom:
    """Clients are unhappy when they begin: nothing that Leadline keeps tells of it."""
    return Symptom("unhappy", measured=False)
