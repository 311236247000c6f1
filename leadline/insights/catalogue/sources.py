"""What each source is worth and where it loses (R13, R21)."""

from __future__ import annotations

from leadline.insights.catalogue.leads import OF_LEADS, OF_STEPS
from leadline.insights.catalogue.metric import MEANS, MEDIANS, SHARES, WON_ONLY, Metric
from leadline.insights.dimensions import BUILT_IN, CALENDAR

OF_CUSTOMERS = ("owner", "originator", "team", "source", "campaign", "pipeline", "revenue_type", *CALENDAR)

METRICS = (
    Metric(
        "lead_leakage",
        "Of the leads that came to a step, the share that ended there.",
        unit="share",
        good_direction="down",
        facts="lead_passages",
        kind="lead_leak",
        formula=(
            "leads that were discarded, parked or lost before the next step / leads that entered it (target, MQL, SQL, "
            "then the stages of their deal); pending ones are among those that entered; of several steps together each "
            "lead counts once; not known where none ended and more wait than went on: then it is not recorded what is "
            "lost"
        ),
        period="entered the step",
        promise="R13",
        source=SHARES,
        dimensions=OF_STEPS,
        rows="lead",
    ),
    Metric(
        "deal_leakage",
        "Of the deals that came to a stage, the share that ended there.",
        unit="share",
        good_direction="down",
        facts="passages",
        kind="deal_leak",
        formula=(
            "deals lost or parked without a later stage / deals that entered it; pending ones are among those; of "
            "several stages together each deal that entered one counts once, not its passages"
        ),
        period="entered the stage",
        promise="R13",
        source=SHARES,
        dimensions=BUILT_IN,
    ),
    Metric(
        "leads_untouched",
        "Of the leads at least 7 days old, the share that nobody touched within 7 days of creation.",
        unit="share",
        good_direction="down",
        facts="leads_followed_up",
        kind="untouched_leads",
        formula="leads without a touch by created_at + 7 days / leads created at least 7 days ago; younger: pending",
        period="created",
        promise="R13",
        source=SHARES,
        dimensions=OF_LEADS,
        rows="lead",
    ),
    Metric(
        "deals_untouched",
        "Of the deals at least 7 days old, the share that nobody touched within 7 days of creation.",
        unit="share",
        good_direction="down",
        facts="deals_followed_up",
        kind="untouched_deals",
        formula="deals without a touch by created_at + 7 days / deals created at least 7 days ago; younger: pending",
        period="created",
        promise="R13",
        source=SHARES,
    ),
    Metric(
        "response_time",
        "How many hours a lead waited for the first touch by whoever had got it.",
        unit="hours",
        good_direction="down",
        facts="answers",
        kind="response",
        formula=(
            "median of first touch by the owner - (created, or handed over); a lead counts for each who got it while "
            "it was open, and what its next owner does is no answer of theirs; 90th percentile, shares within 5 "
            "minutes, 1 hour, 1 day of those that old, never answered beside it; every hour counts, also at night"
        ),
        period="handed over or created",
        promise="R39",
        source=f"{MEDIANS}; with the unanswered censored: Kaplan and Meier 1958",
        dimensions=OF_LEADS,
        rows="lead",
    ),
    Metric(
        "lag",
        "How many days a won deal took from the first conversation to its close.",
        unit="days",
        good_direction="down",
        facts="lag",
        kind="lag",
        formula=(
            "median of closed_at - first touch of the lead or deal before it; where none is logged from the creation "
            "of the lead, without a lead of the deal (counted as from_creation)"
        ),
        period="won",
        promise="R13",
        source=MEDIANS,
        dimensions=WON_ONLY,
    ),
    Metric(
        "lifetime_value",
        "What a customer has bought so far on average, in the base currency, by how they were first won.",
        unit="money",
        good_direction="up",
        facts="customers",
        kind="lifetime",
        formula=(
            "mean over customers (organization, else person) of the value_base of all their won deals; projected from "
            "30 renewals decided: what is bought once + m r / (1 - r), r the share renewed, m the mean renewal"
        ),
        period="first won",
        promise="R13",
        source=f"{MEANS}; projected: Gupta and Lehmann 2003, without discounting",
        dimensions=OF_CUSTOMERS,
    ),
    Metric(
        "source_share",
        "Which share of the leads came from each source.",
        unit="share",
        good_direction="neither",
        facts="leads_added",
        kind="share_of_leads",
        formula="leads of the source / all leads created in the same period",
        period="created",
        promise="R21",
        source="intervals: Brown, Cai and DasGupta 2001 (Jeffreys)",
        dimensions=OF_LEADS,
        rows="lead",
    ),
    Metric(
        "source_value_share",
        "Which share of the won value came from each source.",
        unit="share",
        good_direction="neither",
        facts="won",
        kind="share_of_value",
        formula="won value_base of the source / that of all won in the same period",
        period="won",
        promise="R21",
        dimensions=WON_ONLY,
    ),
    Metric(
        "effective_sources",
        "From how many sources leads come in effect: 4 equal ones are 4, one that brings nearly all is nearly 1.",
        unit="number",
        good_direction="up",
        facts="leads_added",
        kind="effective_number",
        formula="1 / sum of squared shares of leads by source; leads without a source left out",
        period="created",
        promise="R21",
        source="Hill 1973, order 2; interval by the delta method",
        dimensions=OF_LEADS,
        rows="lead",
    ),
    Metric(
        "misattribution",
        "Of the leads credited to somebody, the share that this person did nothing about before the lead was there.",
        unit="share",
        good_direction="down",
        facts="credited",
        kind="lead_trace",
        formula=(
            "leads without an activity of the originator by created_at / leads with an originator; pending: cannot be "
            "told, where under 10 % of the leads of that source and of that person have such a trace"
        ),
        period="created",
        promise="R20",
        source=SHARES,
        dimensions=OF_LEADS,
        rows="lead",
    ),
    Metric(
        "deal_misattribution",
        "Of the deals without a lead of which there is evidence, the share whose originator or source it contradicts.",
        unit="share",
        good_direction="down",
        facts="credited_deals",
        kind="deal_trace",
        formula=(
            "deals first touched by others than the originator, or of another source than most of their campaign's / "
            "those that the evidence tells of; no evidence: apart, nobody known touched them and no campaign tells; "
            "pending: under 10 % of the deals of that source and of that person have a trace of their originator"
        ),
        period="created",
        promise="R20",
        source=SHARES,
        dimensions=WON_ONLY,
    ),
)
