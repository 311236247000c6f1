"""How far the pipeline can be believed: fluff, pushed dates, whales, and how well deals are recorded."""

from __future__ import annotations

from leadline.insights.catalogue.metric import OF_OPEN, WON_ONLY, Metric

WON = "what was won, not an estimate: no interval"

METRICS = (
    Metric(
        "pushes",
        "How often expected close dates were moved later.",
        unit="number",
        good_direction="down",
        facts="pushes",
        kind="pushing",
        formula="count of changes of expected_close_on to a later day; pushed days in all and the deals beside it",
        period="moved",
        promise="R19",
    ),
    Metric(
        "fluff_share",
        "The share of the open deals that is probably fluff: nothing stands behind them.",
        unit="share",
        good_direction="down",
        facts="signs",
        kind="fluff",
        formula=(
            "mean over open deals of 1 - P(won | signs) / P(won | none); signs: no touch after creation, pushes, "
            "created in the last 10 days of a quarter, copied title and value, default amount, stages skipped, no "
            "person, the seller's habit; below 50 won and 50 other outcomes log odds of -3 and +2, 0.7 a push, 0.7, "
            "1.2, 0.7, 0.5, 0.5, 0.5; a sign that over 90 % of the decided deals show counts for nothing"
        ),
        period="expected to close",
        promise="R19",
        source=(
            "penalised logistic regression (le Cessie and van Houwelingen 1992), calibrated on held-out fifths (Cox "
            "1958); interval: draws of its weights"
        ),
        dimensions=OF_OPEN,
    ),
    Metric(
        "coverage",
        "How far the open deals expected to close in the period, without fluff, cover what its target still lacks.",
        unit="number",
        good_direction="up",
        facts="signs",
        kind="coverage",
        formula="sum of value_base x (1 - P(fluff)) of open deals expected to close in the period / (target - booked)",
        period="expected to close",
        promise="R19",
        source="interval: draws of the weights of fluff",
        dimensions=("owner", "team"),
    ),
    Metric(
        "effective_deals",
        "On how many deals of equal size the won value would rest.",
        unit="number",
        good_direction="up",
        facts="won_by",
        kind="deal_concentration",
        formula=(
            "1 / sum(share^2) over won deals with a value; the shares of the largest and of the top 1, 3 and 10 % (one "
            "at least) and what is left without the largest beside it"
        ),
        period="won",
        promise="R22",
        source=f"Herfindahl 1950, Hirschman 1945; {WON}",
        dimensions=WON_ONLY,
    ),
    Metric(
        "effective_customers",
        "On how many customers of equal size the won value would rest.",
        unit="number",
        good_direction="up",
        facts="won_by",
        kind="customer_concentration",
        formula="1 / sum(share^2) over organizations with won value; shares of the largest beside it",
        period="won",
        promise="R22",
        source=f"Herfindahl 1950, Hirschman 1945; {WON}",
        dimensions=WON_ONLY,
    ),
    Metric(
        "data_quality",
        "Of all that can be checked of a deal's record, the share that is in order.",
        unit="share",
        good_direction="up",
        facts="records",
        kind="recording",
        formula=(
            "mean over deals of checks in order / checks that apply: value, owner, close date, source, organization, "
            "person, stage; won without value, lost without reason, closed before created, never touched, duplicate, "
            "stage skipped, closed the same day, moved with several others within a minute; each counted beside it"
        ),
        period="created",
        promise="R16",
        source="interval: Student's t",
    ),
)
