"""How the process is kept: hand-offs, reasons, key events, what each version of a playbook brought (R2, R4, R39)."""

from __future__ import annotations

from leadline.insights.catalogue.leads import OF_LEADS
from leadline.insights.catalogue.metric import MEDIANS, SHARES, Metric
from leadline.insights.dimensions import BUILT_IN

PAIRS = ("giver", "taker", "giver_role", "taker_role")
OF_HAND_OFFS = (*PAIRS, *OF_LEADS)
WORDS = "by person: who was to take it; what its giver took back does not count"

METRICS = (
    Metric(
        "hand_offs",
        "How many leads were handed from one person to another.",
        unit="leads",
        good_direction="up",
        facts="hand_offs",
        kind="count",
        formula=f"count of hand-offs by handed_at, a lead handed over twice counts twice; {WORDS}",
        period="handed over",
        promise="R39",
        dimensions=OF_HAND_OFFS,
        rows="lead",
    ),
    Metric(
        "hand_offs_accepted",
        "Of the leads handed over, the share that was accepted among those that were answered.",
        unit="share",
        good_direction="up",
        facts="hand_offs",
        kind="lead_trace",
        formula=f"accepted / (accepted + given back); waiting beside it (pending); each hand-off counts; {WORDS}",
        period="handed over",
        promise="R39",
        source=SHARES,
        dimensions=OF_HAND_OFFS,
        rows="lead",
    ),
    Metric(
        "time_to_accept",
        "How many hours it takes until a lead that was handed over is accepted.",
        unit="hours",
        good_direction="down",
        facts="acceptances",
        kind="response",
        formula=(
            "median of answered_at - handed_at over accepted hand-offs; 90th percentile, the share accepted in time "
            f"and the Kaplan-Meier median with waiting ones censored beside it; those given back are left out; {WORDS}"
        ),
        period="handed over",
        promise="R39",
        source=f"{MEDIANS}; Kaplan and Meier 1958, its interval after Brookmeyer and Crowley 1982",
        dimensions=OF_HAND_OFFS,
        rows="lead",
    ),
    Metric(
        "return_reasons",
        "Of the leads given back, the share that lacked each thing.",
        unit="share",
        good_direction="down",
        facts="lacks",
        kind="share_of_leads_within",
        formula=f"given back for lack of it / all given back; one may lack several; {WORDS}",
        period="given back",
        promise="R39",
        source=SHARES,
        dimensions=("lack", *OF_HAND_OFFS),
        rows="lead",
    ),
    Metric(
        "deal_hand_offs_accepted",
        "Of the won deals handed to who looks after the customer, the share accepted among those answered.",
        unit="share",
        good_direction="up",
        facts="deal_hand_offs",
        kind="proportion",
        formula=f"accepted / (accepted + given back); waiting beside it (pending); each hand-off counts; {WORDS}",
        period="handed over",
        promise="R39",
        source=SHARES,
        dimensions=(*PAIRS, *BUILT_IN),
    ),
    Metric(
        "lost_reasons",
        "Of the deals lost, the share that was lost for each reason.",
        unit="share",
        good_direction="neither",
        facts="lost",
        kind="share_of_lost",
        formula=(
            "lost for the reason / all lost, among those of the same stage, source, person …; by stage: where it stood "
            "when it was lost; deals lost without a reason are a row of their own"
        ),
        period="lost",
        promise="R4",
        source=SHARES,
        dimensions=(*BUILT_IN, "competitor"),
    ),
    Metric(
        "lost_to",
        "Of the deals lost, the share that went to each competitor.",
        unit="share",
        good_direction="neither",
        facts="lost_to",
        kind="share_of_lost",
        formula=(
            "lost to the competitor / all lost, among those of the same stage, source, reason …; a name in "
            "whatever case counts as it was written most often; deals of which nobody said who got them are a row of "
            "their own"
        ),
        period="lost",
        promise="R4",
        source=SHARES,
        dimensions=(*BUILT_IN, "competitor"),
    ),
    Metric(
        "discard_reasons",
        "Of the leads discarded, the share that was discarded for each reason.",
        unit="share",
        good_direction="neither",
        facts="discarded",
        kind="share_of_leads_within",
        formula="discarded for the reason / all discarded, among those of the same source, person …",
        period="discarded",
        promise="R4",
        source=SHARES,
        dimensions=("discard_reason", *OF_LEADS),
        rows="lead",
    ),
    Metric(
        "key_events",
        "How many deals had each key event of their playbooks.",
        unit="deals",
        good_direction="up",
        facts="key_events",
        kind="count",
        formula=(
            "count of deals by the first time they had it: answered (waived is not), the person or file added, the "
            "activity done; a deal counts once for each event; per week where the period has both ends"
        ),
        period="happened",
        promise="R2",
        dimensions=("event", *BUILT_IN),
    ),
    Metric(
        "playbook_conversion",
        "Of the deals that came to a stage under each version of its playbook, the share that went on.",
        unit="share",
        good_direction="up",
        facts="passages_by_version",
        kind="passage",
        formula=(
            "as stage_conversion, by the version that was in force when the deal came to the stage; not recorded: "
            "before the first one"
        ),
        period="entered the stage",
        promise="R2",
        source=SHARES,
        dimensions=("playbook", *BUILT_IN),
    ),
)
