"""What a catalogue entry says."""

from __future__ import annotations

from dataclasses import dataclass

from leadline.insights.dimensions import BUILT_IN, UnknownName

WON_ONLY = tuple(name for name in BUILT_IN if name != "lost_reason")
OF_OPEN = WON_ONLY
DEFINITION = "definition"
SHARES = (
    "intervals: Brown, Cai and DasGupta 2001 (Jeffreys); tempered: beta-binomial empirical Bayes (Efron and Morris "
    "1975); told apart: Benjamini and Hochberg 1995"
)
MEANS = (
    "intervals: Student's t; tempered: the mean itself, normal-normal empirical Bayes with each group's own standard "
    "error (Efron and Morris 1975); told apart: Benjamini and Hochberg 1995"
)
MEDIANS = (
    "intervals: order statistics (binomial); tempered: the median itself, normal-normal empirical Bayes with each "
    "group's own standard error (Efron and Morris 1975); told apart: Benjamini and Hochberg 1995"
)


class UnknownMetric(UnknownName):
    """A metric that there is not; the text names the nearest there are."""


@dataclass(frozen=True)
class Metric:
    """One number, defined once.

    `facts` names what it counts, `kind` how that is summed up (`metrics.answering`). `unit`: share, money, days, deals,
    leads, activities, number or another word for what is counted. `good_direction`: up, down or neither.
    `dimensions` are the built-in ones it can be broken down by; choice fields of one's own always can. `rows` is what
    stands behind it: deal, lead or activity.
    """

    name: str
    sentence: str
    unit: str
    good_direction: str
    facts: str
    kind: str
    formula: str
    period: str
    promise: str = "R9"
    source: str = DEFINITION
    dimensions: tuple[str, ...] = BUILT_IN
    rows: str = "deal"
