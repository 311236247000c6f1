"""What happens in the stages."""

from __future__ import annotations

from leadline.insights.catalogue.metric import MEDIANS, SHARES, Metric

METRICS = (
    Metric(
        "stage_conversion",
        "Of the deals that came to a stage, the share that went on: to a later stage, or won.",
        unit="share",
        good_direction="up",
        facts="passages",
        kind="passage",
        formula=(
            "advanced / (advanced + failed); n counts passages: a deal and a stage it came to, once each; pending, "
            "skipped and closed deals without a stage (unknown) beside it. Where more than 5 % of a group's closed "
            "deals have no stage recorded, how its stages convert is unknown; the line not recorded shows theirs"
        ),
        period="entered the stage",
        source=SHARES,
    ),
    Metric(
        "stage_entries",
        "How many deals came to stand in a stage for the first time.",
        unit="deals",
        good_direction="up",
        facts="arrivals",
        kind="count",
        formula=(
            "count of passages by entered_at, once for a deal and a stage, without stages jumped over; per week where "
            "the period has both ends"
        ),
        period="entered the stage",
        promise="R31",
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
)
