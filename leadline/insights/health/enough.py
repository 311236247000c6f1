"""Enough prospects at each stage? And enough at the first one to hit the target? (R16, from R7's needed numbers)"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from leadline.insights.health.verdict import NO, UNKNOWN, YES, Answer, Evidence
from leadline.insights.needed.answer import Needed, Stage
from leadline.insights.numbers.ratios import rate

WEEKS = 8  # over which the deals added a week are counted


@dataclass(frozen=True)
class Added:
    """How many deals were created from one day to another, both included; None where the days do not matter."""

    deals: int
    start: dt.date | None = None
    end: dt.date | None = None


def each_stage(needed: Needed | None, without: str = "no_target") -> Answer:
    """Yes: what is open should surely bring the wins still to come, by what goes on from each stage. No: surely not.

    "Surely": the whole 90 % interval of the expected wins. A stage counts against it where what stands in it and
    further on is surely less than needed there; what stands before it may still come. Cannot tell in between, where
    conversions have not been measured, and without a target (why there is none says `without`).
    """
    question = "stages"
    if needed is None:
        return Answer(question, UNKNOWN, without)
    known = [stage for stage in needed.stages if stage.needed.value is not None]
    wins = Evidence("expected_wins", needed.expected.value, "deals", needed.expected.low, needed.expected.high)
    wins = replace(wins, beside=needed.to_win, n=sum(stage.step.there for stage in known))
    evidence = (wins, *(_stage(stage) for stage in known))
    if needed.to_win == 0:
        return Answer(question, YES, "target_reached", evidence)
    low, high = needed.expected.low, needed.expected.high
    if needed.to_win is None or low is None or high is None or not known:
        return Answer(question, UNKNOWN, "not_measured", evidence)
    if low >= needed.to_win:
        return Answer(question, YES, "enough", tuple(replace(each, against=False) for each in evidence))
    if high < needed.to_win:
        short = [each.about for each in evidence if each.against]
        return Answer(question, NO, "short", (replace(wins, against=True), *evidence[1:]), {"stages": short})
    return Answer(question, UNKNOWN, "too_close", tuple(replace(each, against=False) for each in evidence))


def _stage(stage: Stage) -> Evidence:
    short = bool(stage.missing.low and stage.missing.low > 0)
    return Evidence(
        "there", stage.step.there, "deals", beside=stage.needed.whole, n=stage.missing.whole, about=stage.step.name,
        metric="open_value", labels={"stage": stage.step.name}, against=short,
    )  # fmt: skip


def first_stage(needed: Needed | None, added: Added, without: str = "no_target", weeks: int = WEEKS) -> Answer:
    """Yes: as many deals are added a week as the target still needs. No: surely fewer, or too late for more to close.

    `added` were created in the last `weeks`; their rate has the interval of a Poisson count. Cannot tell while the
    number that is needed lies within it, without a target, or where conversions or the time to close are not known.
    """
    question = "first"
    value, low, high = rate(added.deals, weeks)
    pace = Evidence(
        "added_per_week", value, "number", low, high, added.deals, metric="deals_added",
        start=added.start, end=added.end,
    )  # fmt: skip
    if needed is None:
        return Answer(question, UNKNOWN, without, (pace,))
    if needed.to_win == 0 or needed.to_add.whole == 0:
        return Answer(question, YES, "nothing_to_add", (pace,))
    if needed.too_late:
        still = Evidence("to_add", needed.to_add.whole, "deals", needed.to_add.low, needed.to_add.high, against=True)
        still = replace(still, end=needed.last_day)
        return Answer(question, NO, "too_late", (still, pace), {"day": needed.last_day})
    wanted = needed.per_week
    if wanted.value is None:
        return Answer(question, UNKNOWN, "not_measured", (pace,))
    less, more = high < wanted.value, value >= wanted.value
    asked = Evidence("needed_per_week", wanted.value, "number", wanted.low, wanted.high, against=less)
    verdict = NO if less else YES if more else UNKNOWN
    return Answer(question, verdict, {NO: "too_few", YES: "enough", UNKNOWN: "too_close"}[verdict], (asked, pace))
