"""Where a period is heading, from how far it is and how others went before it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import special

from leadline.insights.numbers.proportions import COVER

Pairs = Sequence[tuple[float, float]]
PAST = 4  # periods that make a season


@dataclass(frozen=True)
class Pace:
    """`usual`: the share of a period's result that is there by now; what is expected at the end, 90 % low to high.

    `seasonal`: from past periods; else by working days. None where nothing can be said yet.
    """

    usual: float | None
    expected: float | None
    low: float | None
    high: float | None
    seasonal: bool


def pace(
    done: float,
    worked: int,
    workdays: int,
    days: Sequence[float],
    season: Sequence[tuple[float, float]],
    own: Sequence[tuple[float, float]],
) -> Pace:
    """`done` after `worked` of `workdays` working days, `days` the result of each of them.

    `season` holds the team's past periods of the same length as (result by then, result at the end), `own` the same of
    whom it is about. With four past periods that had a result, the usual share is theirs together, and the interval
    how far such a reckoning was off in one's own of them, else in the team's (Student's t on the logarithm of the end
    over the reckoned one). Else the share of working days, with the interval of as many further days like those seen.
    """
    if worked >= workdays:
        return Pace(1.0, done, done, done, seasonal=False)
    able = [(early, end) for early, end in season if end > 0]
    if len(able) >= PAST:
        return _seasonal(done, sum(early for early, _end in able) / sum(end for _early, end in able), able, own)
    usual = worked / workdays if workdays else 0.0
    if not worked or len(days) < 2:
        return Pace(usual, None, None, None, seasonal=False)
    left = workdays - worked
    expected = done + left * done / worked
    reach = _t(len(days)) * float(np.std(days, ddof=1)) * math.sqrt(left + left**2 / len(days))
    return Pace(usual, expected, max(done, expected - reach), expected + reach, seasonal=False)


def _seasonal(done: float, usual: float, season: Pairs, own: Pairs) -> Pace:
    if usual <= 0 or done <= 0:
        return Pace(usual, None, None, None, seasonal=True)
    missed = [math.log(end * usual / early) for early, end in own if early > 0 and end > 0]
    if len(missed) < PAST:
        missed = [math.log(end * usual / early) for early, end in season if early > 0]
    if len(missed) < 2:
        return Pace(usual, done / usual, None, None, seasonal=True)
    reach = math.exp(_t(len(missed)) * float(np.std(missed, ddof=1)) * math.sqrt(1 + 1 / len(missed)))
    expected = done / usual
    return Pace(usual, expected, max(done, expected / reach), expected * reach, seasonal=True)


def _t(n: int) -> float:
    return float(special.stdtrit(max(n - 1, 1), (1 + COVER) / 2))
