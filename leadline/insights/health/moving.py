"""Is the pipeline moving? (R16)"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from leadline.insights.health.verdict import NO, UNKNOWN, YES, Answer, Evidence, share, surely_below
from leadline.insights.numbers.ratios import rate, rates_ratio
from leadline.insights.numbers.shown import shown

RECENT, BEFORE = 28, 364  # days: the last four weeks against the year before them
MOST_STALLED = 0.25  # of the open deals; about 5 % of those that will be won are older than 95 % of those won
LEAST = 20  # entries in the year before; fewer are no pace to compare with


@dataclass(frozen=True)
class Flow:
    """Entries into stages in the last four weeks, and in the year before them, of which `days` lie in the records.

    The recent ones are of so many `deals`, `since` one day `until` another, both whole and included.
    """

    recent: int
    before: int
    days: float = BEFORE
    deals: int | None = None
    since: dt.date | None = None
    until: dt.date | None = None


def moving(flow: Flow, stalled: Mapping[str, Any], age: Mapping[str, Any]) -> Answer:
    """No: deals come to stages surely less often than in the year before, or surely over a quarter of the open stalled.

    Yes: neither, the pace is no lower than three quarters of what it was as far as one can tell (its low end), and
    surely no more than a quarter is stalled. Else cannot tell; nor with fewer than 20 entries in the year before.
    """
    ratio, low, high = map(shown, rates_ratio((flow.recent, flow.before), (RECENT, flow.days)))
    weekly = rate(flow.recent, RECENT / 7)
    slower = flow.before >= LEAST and high is not None and high < 1
    pace = Evidence(
        "pace", ratio, "times", low, high, flow.recent, beside=weekly[0], metric="stage_conversion", part="entered",
        against=slower, deals=flow.deals, start=flow.since, end=flow.until,
    )  # fmt: skip
    stuck = share("stalled", stalled, MOST_STALLED, "stalled")
    days = Evidence("age", age["value"], "days", age["low"], age["high"], age["n"], metric="age_in_stage")
    evidence = (pace, stuck, days)
    if not age["n"] and not flow.recent:
        return Answer("moving", NO if flow.before else UNKNOWN, "empty", evidence)
    if slower or stuck.against:
        return Answer("moving", NO, "slower" if slower else "stalled", evidence)
    if flow.before < LEAST:
        return Answer("moving", UNKNOWN, "short_history", evidence)
    if low is None or low < 0.75:
        return Answer("moving", UNKNOWN, "few_moves", evidence)
    if not surely_below(stuck, MOST_STALLED):
        return Answer("moving", UNKNOWN, "close", evidence)
    return Answer("moving", YES, "moving", evidence)
