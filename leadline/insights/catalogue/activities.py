"""What is done, and what it takes: activities per win and per passage, and what reviews bring."""

from __future__ import annotations

from leadline.insights.catalogue.metric import DEFINITION, Metric
from leadline.insights.dimensions import CALENDAR

OF_WORK = (
    "owner", "team", "activity_type", "source", "campaign", "originator", "stage", "pipeline", "organization",
    "revenue_type", "product", "label", *CALENDAR,
)  # fmt: skip
OF_EFFORT = (*OF_WORK, "lost_reason")
RATIO = "interval: delta method on the logarithm of a ratio of sums (Cochran 1977)"

METRICS = (
    Metric(
        "activities_added",
        "How many activities were added, done or planned.",
        unit="activities",
        good_direction="up",
        facts="activities_added",
        kind="count",
        formula="count of activities by created_at; per week where the period has both ends",
        period="added",
        promise="R31",
        dimensions=OF_WORK,
        rows="activity",
    ),
    Metric(
        "conversations",
        "How many activities that were done came to a meaningful conversation.",
        unit="activities",
        good_direction="up",
        facts="conversations",
        kind="count",
        formula="count of activities by done_at whose outcome counted as a conversation when it was said",
        period="done",
        promise="R31",
        dimensions=OF_WORK,
        rows="activity",
    ),
    Metric(
        "activities_done",
        "How many activities were done.",
        unit="activities",
        good_direction="up",
        facts="activities_done",
        kind="count",
        formula="count of activities by done_at; per week where the period has both ends",
        period="done",
        promise="R8",
        dimensions=OF_WORK,
        rows="activity",
    ),
    Metric(
        "activity_minutes",
        "How many minutes the activities took that were done.",
        unit="minutes",
        good_direction="neither",
        facts="time_spent",
        kind="time_spent",
        formula="sum of minutes over activities done; those without minutes are counted beside it",
        period="done",
        promise="R23",
        dimensions=OF_WORK,
        rows="activity",
    ),
    Metric(
        "activities_per_win",
        "How many activities were done for each deal won.",
        unit="activities",
        good_direction="down",
        facts="efforts",
        kind="effort",
        formula="activities done on deals that closed, won and lost / deals won; n counts the deals that closed",
        period="closed",
        promise="R8",
        source=RATIO,
        dimensions=OF_EFFORT,
    ),
    Metric(
        "activities_per_passage",
        "How many activities were done in a stage for each deal that went on from it.",
        unit="activities",
        good_direction="down",
        facts="passage_efforts",
        kind="effort",
        formula=(
            "activities done while the deal stood in the stage, over passages that advanced or failed / passages that "
            "advanced; n counts the passages"
        ),
        period="entered the stage",
        promise="R8",
        source=RATIO,
        dimensions=OF_EFFORT,
    ),
    Metric(
        "time_on_lost",
        "Of the minutes spent on deals that closed, the share spent on those that were lost.",
        unit="share",
        good_direction="down",
        facts="efforts",
        kind="time_on_lost",
        formula="minutes of activities done on lost deals / those on lost and won deals; n counts deals with minutes",
        period="closed",
        promise="R23",
        source=RATIO,
        dimensions=OF_EFFORT,
    ),
    Metric(
        "reviews_held",
        "How many pipeline reviews were held.",
        unit="activities",
        good_direction="neither",
        facts="reviews",
        kind="count",
        formula='count of activities done of the type "Pipeline review"',
        period="done",
        promise="R26",
        dimensions=("owner", "team", *CALENDAR),
        rows="activity",
    ),
    Metric(
        "review_growth",
        "Of the deals added in the days after a pipeline review, the share that became real.",
        unit="share",
        good_direction="up",
        facts="adds",
        kind="reviews",
        formula=(
            "won, or touched after creation and advanced / added on the day of a review and the two weekdays after it; "
            "the same of other days, and how many times as many are added per weekday, beside it; deals younger than "
            "30 days are left out"
        ),
        period="created",
        promise="R26",
        source=f"{DEFINITION}; intervals: Jeffreys; times as many: Przyborowski and Wilenski 1940",
        dimensions=("owner", "team", "source", "campaign", "pipeline", "revenue_type", "label", *CALENDAR),
    ),
)
