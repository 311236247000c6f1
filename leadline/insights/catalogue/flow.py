"""How deals flow: how many get on, how old they are, which lie still."""

from __future__ import annotations

from leadline.insights.catalogue.metric import MEDIANS, OF_OPEN, Metric

KNOWN = "share's interval: Brown, Cai and DasGupta 2001 (Jeffreys)"
OPEN = "created"

METRICS = (
    Metric(
        "projected_conversion",
        "Of the deals that came to a stage, the share that will go on once those still there have gone their ways.",
        unit="share",
        good_direction="up",
        facts="roads",
        kind="projected",
        formula=(
            "Aalen-Johansen cumulative incidence of advanced with failed as competing risk over the passages, pending "
            "ones censored at the question's moment, at the last end seen; undecided is what was still there then. "
            "Unknown where stage_conversion is, because closed deals have no stage recorded"
        ),
        period="entered the stage",
        promise="R9",
        source=(
            "Aalen and Johansen 1978; variance: delta method on Greenwood's terms (Marubini and Valsecchi 1995), the "
            "interval on the log-minus-log scale"
        ),
    ),
    Metric(
        "time_to_decision",
        "How many days after its creation half of the deals are won or lost.",
        unit="days",
        good_direction="down",
        facts="lives",
        kind="life",
        formula="Kaplan-Meier median of closed_at - created_at over won and lost deals, open ones censored",
        period="created",
        promise="R9",
        source="Kaplan and Meier 1958, its interval after Brookmeyer and Crowley 1982",
    ),
    Metric(
        "age_in_stage",
        "How many days the open deals have stood in their stage.",
        unit="days",
        good_direction="down",
        facts="open_deals",
        kind="age_in_stage",
        formula=(
            "median of as_of - entered_at over open deals; beside it how many are older in their stage than half "
            "(older) and than 95 % (oldest) of the deals later won from there were; below 20 won from there, none"
        ),
        period=OPEN,
        source=MEDIANS,
        dimensions=OF_OPEN,
    ),
    Metric(
        "deal_age",
        "How many days ago the open deals were created.",
        unit="days",
        good_direction="down",
        facts="open_deals",
        kind="age",
        formula=(
            "median of as_of - created_at over open deals; beside it how many are older than half (older) and than "
            "95 % (oldest) of the deals won in their pipeline were; below 20 won, none"
        ),
        period=OPEN,
        source=MEDIANS,
        dimensions=OF_OPEN,
    ),
    Metric(
        "stalled",
        "Open deals older in their stage than 95 % of the deals later won from there were.",
        unit="deals",
        good_direction="down",
        facts="open_deals",
        kind="stalled",
        formula=(
            "count of open deals whose days in their stage exceed the least number of days that 95 % of the stays of "
            "deals later won from there did not exceed; a stage with fewer than 20 such stays tells of none (untold)"
        ),
        period=OPEN,
        promise="R16",
        source=KNOWN,
        dimensions=OF_OPEN,
    ),
    Metric(
        "rotting",
        "Open deals that nobody has touched for longer than their stage allows.",
        unit="deals",
        good_direction="down",
        facts="open_deals",
        kind="rotten",
        formula=(
            "count of open deals with as_of - last touch > rot_days of the stage; without a touch from entering the "
            "stage, else from creation; stages without rot_days tell of none (untold)"
        ),
        period=OPEN,
        promise="R3",
        source=KNOWN,
        dimensions=OF_OPEN,
    ),
    Metric(
        "idle",
        "Open deals that nobody has touched for 30 days.",
        unit="deals",
        good_direction="down",
        facts="open_deals",
        kind="idle",
        formula=(
            "count of open deals with as_of - last touch > 30 days; without a touch from entering the stage, else from "
            "creation"
        ),
        period=OPEN,
        promise="R16",
        source=KNOWN,
        dimensions=OF_OPEN,
    ),
    Metric(
        "no_next_activity",
        "Open deals for which nothing is planned.",
        unit="deals",
        good_direction="down",
        facts="open_deals",
        kind="unplanned",
        formula="count of open deals without an activity that is yet to be done",
        period=OPEN,
        promise="R5",
        source=KNOWN,
        dimensions=OF_OPEN,
    ),
)
