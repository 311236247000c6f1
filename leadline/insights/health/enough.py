"""Enough prospects at each stage? And enough at the first one to hit the target? (R16, from R7's needed numbers)"""

from __future__ import annotations

from leadline.insights.health.verdict import NO, UNKNOWN, YES, Answer, Evidence
from leadline.insights.needed.answer import Needed
from leadline.insights.numbers.ratios import rate

WEEKS = 8  # over which the deals added a week are counted


def each_stage(needed: Needed | None) -> Answer:
    """Yes: every stage holds the deals that the target needs there. No: some stage holds fewer than the low end of it.

    Cannot tell between the two, without a target, and where conversions have not been measured.
    """
    question = "stages"
    if needed is None:
        return Answer(question, UNKNOWN, "no_target")
    known = [stage for stage in needed.stages if stage.needed.value is not None]
    evidence = tuple(
        Evidence(
            "there", stage.step.there, "deals", beside=stage.needed.whole, low=stage.needed.low, high=stage.needed.high,
            about=stage.step.name, metric="open_value", labels={"stage": stage.step.name},
            against=stage.step.there < (stage.needed.low or 0),
        )
        for stage in known
    )  # fmt: skip
    if not needed.to_win and needed.to_win is not None:
        return Answer(question, YES, "target_reached", evidence)
    short = [each for each in evidence if each.against]
    if short:
        return Answer(question, NO, "short", evidence, {"stages": [each.about for each in short]})
    if len(known) < len(needed.stages) or not known:
        return Answer(question, UNKNOWN, "not_measured", evidence)
    if all(stage.step.there >= (stage.needed.whole or 0) for stage in known):
        return Answer(question, YES, "enough", evidence)
    return Answer(question, UNKNOWN, "too_close", evidence)


def first_stage(needed: Needed | None, added: int, weeks: int = WEEKS) -> Answer:
    """Yes: as many deals are added a week as the target still needs. No: surely fewer, or too late for more to close.

    `added` were created in the last `weeks`; their rate has the interval of a Poisson count. Cannot tell while the
    number that is needed lies within it, without a target, or where conversions or the time to close are not known.
    """
    question = "first"
    value, low, high = rate(added, weeks)
    pace = Evidence("added_per_week", value, "number", low, high, added, metric="deals_added", beside=None)
    if needed is None:
        return Answer(question, UNKNOWN, "no_target", (pace,))
    if needed.to_win == 0 or needed.to_add.whole == 0:
        return Answer(question, YES, "nothing_to_add", (pace,))
    if needed.too_late:
        still = Evidence("to_add", needed.to_add.whole, "deals", needed.to_add.low, needed.to_add.high, against=True)
        return Answer(question, NO, "too_late", (still, pace), {"day": needed.last_day})
    wanted = needed.per_week
    if wanted.value is None:
        return Answer(question, UNKNOWN, "not_measured", (pace,))
    less, more = high < wanted.value, value >= wanted.value
    asked = Evidence("needed_per_week", wanted.value, "number", wanted.low, wanted.high, against=less)
    verdict = NO if less else YES if more else UNKNOWN
    return Answer(question, verdict, {NO: "too_few", YES: "enough", UNKNOWN: "too_close"}[verdict], (asked, pace))
