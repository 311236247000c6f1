"""What people sell: the index, conversions to the win, conversions on equal cases, ramp."""

from __future__ import annotations

from leadline.insights.catalogue.metric import SHARES, Metric

ADJUSTED = (
    "logistic regression with a random effect for the person, Laplace's approximation averaged over the spread between "
    "people (Breslow and Clayton 1993); told apart: Benjamini and Hochberg 1995"
)

METRICS = (
    Metric(
        "index",
        "Number, size, conversion and speed in one figure, to compare people and sources over the same period.",
        unit="number",
        good_direction="up",
        facts="worth",
        kind="index",
        formula=(
            "closed deals x mean won value x win rate / mean days to close of the won; it grows with the length of the "
            "period"
        ),
        period="closed",
        promise="R10",
        source="definition; interval: delta method on the logarithm",
    ),
    Metric(
        "adjusted_conversion",
        "Of the deals that came to a stage, the share that would go on if everybody had the same cases.",
        unit="share",
        good_direction="up",
        facts="passage_cases",
        kind="adjusted",
        formula=(
            "stage conversion of each person over everybody's cases, adjusted for source, revenue type, stage and size "
            "band (left out where under 90 % of the won or of the lost have an amount above 0); the share as measured "
            "(raw) beside it"
        ),
        period="entered the stage",
        source=ADJUSTED,
    ),
    Metric(
        "adjusted_win_rate",
        "Of the deals closed, the share that would be won if everybody had the same cases.",
        unit="share",
        good_direction="up",
        facts="closed_cases",
        kind="adjusted",
        formula=(
            "win rate of each person over everybody's cases, adjusted for source, revenue type and size band (left out "
            "where under 90 % of the won or of the lost have an amount above 0); the share as measured (raw) beside it"
        ),
        period="closed",
        source=ADJUSTED,
    ),
    Metric(
        "stage_to_won",
        "Of the deals that came to a stage, the share that was won.",
        unit="share",
        good_direction="up",
        facts="passages_to_won",
        kind="to_won",
        formula="won / (won + lost or parked) over passages; pending beside it",
        period="entered the stage",
        promise="R11",
        source=SHARES,
    ),
    Metric(
        "ramp",
        "How many months new people take until they book half of what tenured ones do.",
        unit="months",
        good_direction="down",
        facts="service",
        kind="ramp",
        formula=(
            "months since hired_on at which the trailing quarter's bookings first reach half (full: all) of the median "
            "of those here for a year, 3 people at least; of several people the Kaplan-Meier median; who was hired "
            "before the first booking on record is left out; n counts deals won since"
        ),
        period="hired",
        promise="R23",
        source="Kaplan and Meier 1958, its interval after Brookmeyer and Crowley 1982",
        dimensions=("owner", "team"),
    ),
)
