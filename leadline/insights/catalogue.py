"""Every metric: what it says, in which unit, what it can be broken down by, and where its formula comes from."""

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

    `facts` names what it counts, `kind` how that is summed up. `unit`: share, money, days or deals. `good_direction`:
    up or down. `dimensions` are the built-in ones it can be broken down by; choice fields of one's own always can.
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


METRICS: dict[str, Metric] = {
    metric.name: metric
    for metric in (
        Metric(
            "stage_conversion",
            "Of the deals that came to a stage, the share that went on: to a later stage, or won.",
            unit="share",
            good_direction="up",
            facts="passages",
            kind="proportion",
            formula=(
                "advanced / (advanced + failed); n counts passages: a deal and a stage it came to, once each; pending, "
                "skipped and closed deals without a stage (unknown) beside it. Where more than 5 % of a group's closed "
                "deals have no stage recorded, how its stages convert is unknown; the line not recorded shows theirs"
            ),
            period="entered the stage",
            source=SHARES,
        ),
        Metric(
            "win_rate",
            "Of the deals closed, the share that was won.",
            unit="share",
            good_direction="up",
            facts="closed",
            kind="proportion",
            formula="won / (won + lost)",
            period="closed",
            source=SHARES,
        ),
        Metric(
            "win_rate_cohort",
            "Of the deals created, the share won among those that are closed by now.",
            unit="share",
            good_direction="up",
            facts="cohort",
            kind="proportion",
            formula="won / (won + lost); pending beside it",
            period="created",
            source=SHARES,
        ),
        Metric(
            "deal_size",
            "What a won deal is worth on average, in the base currency.",
            unit="money",
            good_direction="up",
            facts="won",
            kind="size",
            formula="mean of value_base over won deals with a value; median beside it",
            period="won",
            source=MEANS,
            dimensions=WON_ONLY,
        ),
        Metric(
            "time_to_close",
            "How many days a won deal took from its creation to its close.",
            unit="days",
            good_direction="down",
            facts="won",
            kind="time",
            formula="median of closed_at - created_at over won deals with both known; mean beside it",
            period="won",
            source=MEDIANS,
            dimensions=WON_ONLY,
        ),
        Metric(
            "time_in_stage",
            "How many days a deal stays in a stage before it leaves it.",
            unit="days",
            good_direction="down",
            facts="visits",
            kind="stay",
            formula=(
                "median of left_at - entered_at over completed visits; mean, 80th percentile and the Kaplan-Meier "
                "median with open visits censored beside it"
            ),
            period="left the stage",
            source=f"{MEDIANS}; Kaplan and Meier 1958, its interval after Brookmeyer and Crowley 1982",
        ),
        Metric(
            "deals_added",
            "How many deals were created.",
            unit="deals",
            good_direction="up",
            facts="added",
            kind="count",
            formula="count of deals by created_at; per week where the period has both ends",
            period="created",
        ),
        Metric(
            "open_value",
            "What the open deals are worth, in the base currency.",
            unit="money",
            good_direction="up",
            facts="standing",
            kind="total",
            formula="sum of value_base over open deals; those without a value are counted beside it",
            period="expected to close",
            dimensions=OF_OPEN,
        ),
        Metric(
            "booked_revenue",
            "What the won deals are worth, in the base currency.",
            unit="money",
            good_direction="up",
            facts="won",
            kind="total",
            formula="sum of value_base over won deals; those without a value are counted beside it",
            period="won",
            promise="R27",
            dimensions=WON_ONLY,
        ),
    )
}


def find(name: str) -> Metric:
    """The metric of this name; dashes and spaces do for underlines. Raises UnknownMetric with the nearest names."""
    wanted = name.strip().lower().replace("-", "_").replace(" ", "_")
    if wanted not in METRICS:
        raise UnknownMetric("metric", name, METRICS)
    return METRICS[wanted]
