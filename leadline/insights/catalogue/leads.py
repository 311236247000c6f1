"""What becomes of leads (R12, R14)."""

from __future__ import annotations

from leadline.insights.catalogue.metric import SHARES, Metric
from leadline.insights.dimensions import CALENDAR

OF_LEADS = ("owner", "originator", "team", "source", "campaign", "organization", *CALENDAR)
OF_ACCEPTED = (*OF_LEADS, "pipeline", "revenue_type")
OF_STEPS = (*OF_LEADS, "lead_stage")
ENDLESS = "not known where none ended and more wait than went on: then it is not recorded what is lost, see so far"
PASSAGE = (
    "as in a passage of a stage: jumping over it counts (skipped), discarded or parked without it is a failure, "
    f"pending beside it; so far: of all that entered; {ENDLESS}"
)

METRICS = (
    Metric(
        "leads_added",
        "How many leads were created.",
        unit="leads",
        good_direction="up",
        facts="leads_added",
        kind="count",
        formula="count of leads by created_at; per week where the period has both ends",
        period="created",
        promise="R12",
        dimensions=OF_LEADS,
        rows="lead",
    ),
    Metric(
        "leads_worked",
        "How many leads somebody touched for the first time, counted for who did.",
        unit="leads",
        good_direction="up",
        facts="leads_worked",
        kind="count",
        formula=(
            "count of leads by their first touch, or that of the deal they became; by person: who touched them; per "
            "week where the period has both ends"
        ),
        period="first touched",
        promise="R31",
        dimensions=OF_LEADS,
        rows="lead",
    ),
    Metric(
        "mql",
        "How many leads became marketing-qualified.",
        unit="leads",
        good_direction="up",
        facts="mql",
        kind="count",
        formula="count of leads by the moment at which they first were MQL or further",
        period="became MQL",
        promise="R14",
        dimensions=OF_LEADS,
        rows="lead",
    ),
    Metric(
        "sql",
        "How many leads were qualified by a seller.",
        unit="leads",
        good_direction="up",
        facts="sql",
        kind="count",
        formula="count of leads by the moment at which they first were SQL or further",
        period="became SQL",
        promise="R14",
        dimensions=OF_LEADS,
        rows="lead",
    ),
    Metric(
        "sal",
        "How many leads a closer accepted: the leading indicator of bookings.",
        unit="leads",
        good_direction="up",
        facts="accepted",
        kind="count",
        formula="count of leads by the moment at which they first became a deal",
        period="accepted",
        promise="R12",
        dimensions=OF_ACCEPTED,
        rows="lead",
    ),
    Metric(
        "sal_value",
        "What the leads that a closer accepted are worth, in the base currency.",
        unit="money",
        good_direction="up",
        facts="accepted",
        kind="lead_total",
        formula="sum of value_base of the deals they became, else of the leads; those without a value beside it",
        period="accepted",
        promise="R12",
        dimensions=OF_ACCEPTED,
        rows="lead",
    ),
    Metric(
        "lead_to_opportunity",
        "Of the leads created, the share that became deals among those that are decided.",
        unit="share",
        good_direction="up",
        facts="leads_to_opportunity",
        kind="lead_share",
        formula=f"became a deal / (became one + ended before), {PASSAGE}",
        period="created",
        promise="R12",
        source=SHARES,
        dimensions=OF_LEADS,
        rows="lead",
    ),
    Metric(
        "mql_to_sql",
        "Of the marketing-qualified leads, the share that a seller qualified.",
        unit="share",
        good_direction="up",
        facts="mql",
        kind="lead_step",
        formula=f"became SQL / (became SQL + ended before), {PASSAGE}",
        period="became MQL",
        promise="R14",
        source=SHARES,
        dimensions=OF_LEADS,
        rows="lead",
    ),
    Metric(
        "sql_to_sal",
        "Of the leads that a seller qualified, the share that a closer accepted.",
        unit="share",
        good_direction="up",
        facts="sql",
        kind="lead_step",
        formula=f"became a deal / (became one + ended before), {PASSAGE}",
        period="became SQL",
        promise="R14",
        source=SHARES,
        dimensions=OF_LEADS,
        rows="lead",
    ),
    Metric(
        "lead_step_conversion",
        "Of the leads that came to a step, the share that went on: as leads, then through the stages of their deal.",
        unit="share",
        good_direction="up",
        facts="lead_passages",
        kind="lead_share",
        formula=(
            "advanced / (advanced + ended there) over the steps of leads (target, MQL, SQL) and the stages of the "
            f"deals they became, joined; pending beside it; {ENDLESS}"
        ),
        period="came to the step",
        promise="R14",
        source=SHARES,
        dimensions=OF_STEPS,
        rows="lead",
    ),
    Metric(
        "sal_to_won",
        "Of the leads that a closer accepted, the share whose deal was won.",
        unit="share",
        good_direction="up",
        facts="accepted_and_kept",
        kind="lead_share",
        formula=f"won / (won + lost or parked); pending beside it; without leads whose deal was deleted; {ENDLESS}",
        period="accepted",
        promise="R12",
        source=SHARES,
        dimensions=OF_ACCEPTED,
        rows="lead",
    ),
    Metric(
        "lead_to_won",
        "Of the leads created, the share whose deal was won among those that are decided.",
        unit="share",
        good_direction="up",
        facts="leads_to_won",
        kind="lead_share",
        formula=(
            "won / (won + lead or deal ended before); pending beside it; so far: won / all leads created; without "
            f"leads whose deal was deleted; {ENDLESS}"
        ),
        period="created",
        promise="R14",
        source=SHARES,
        dimensions=OF_LEADS,
        rows="lead",
    ),
)
