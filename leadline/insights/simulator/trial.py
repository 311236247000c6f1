"""A trial run of the company without its fault: what its parameters must be, and what it yields."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from scipy.special import expit, logit

from leadline.insights.simulator.arrivals import Block, arrived, arriving
from leadline.insights.simulator.blocking import happened
from leadline.insights.simulator.chance import TRIAL, Purpose, chance
from leadline.insights.simulator.company import STAGES, Floats, Revenue, Status
from leadline.insights.simulator.dealing import status_now
from leadline.insights.simulator.forces import Forces
from leadline.insights.simulator.leads import lived, logits
from leadline.insights.simulator.lives import converted
from leadline.insights.simulator.money import amounts
from leadline.insights.simulator.parameters import LEAD_CONVERSION, RAMP_MONTHS, SOURCES
from leadline.insights.simulator.plan import Plan
from leadline.insights.simulator.roster import rostered
from leadline.insights.simulator.span import Span
from leadline.insights.simulator.staff import staffed

LEADS = 30_000.0


@dataclass(frozen=True)
class Trial:
    """Intercepts (S,) and (K,) at which conversions are as the parameters say; yields are means."""

    lead_intercept: Floats
    intercept: Floats
    deals_per_lead: float
    new_bookings_per_deal: float
    other_bookings_per_deal: float  # add-ons and renewals; both over all deals


@lru_cache(maxsize=16)  # one trial for all scenarios of a seed
def tried(seed: int, sellers: int, span: Span) -> Trial:
    """As many leads as give means to half a percent, whatever the size of the company."""
    staff, calm = staffed(seed, sellers, span, RAMP_MONTHS), Forces(begins=0.0)
    roster = rostered(staff, span, calm)
    counts = arriving(seed, TRIAL, span, LEADS)
    block = Block(TRIAL, 0, range(span.days), counts)
    weeks = (span.days + 6) // 7
    plan = Plan(seed, span, calm, staff, roster, np.zeros(len(SOURCES)), np.zeros(STAGES), counts, np.ones(weeks))
    plan = replace(plan, lead_intercept=_settled_leads(plan, block))
    leads = lived(plan, arrived(chance(seed, TRIAL, Purpose.ARRIVALS), block, span), chance(seed, TRIAL, Purpose.LEADS))
    intercept = np.zeros(STAGES)
    converted(plan, leads, chance(seed, TRIAL, Purpose.DEALS), settling=intercept)
    plan = replace(plan, intercept=intercept)
    found = happened(plan, block)
    status = status_now(plan, found.lives, found.traces)
    value = np.nan_to_num(amounts(plan, found.lives, found.traces, status).value) * (status == Status.WON)
    new = found.lives.revenue == Revenue.NEW
    deals = max(1, len(new))
    return Trial(
        plan.lead_intercept,
        intercept,
        deals / max(1, len(found.leads)),
        float(value[new].sum()) / deals,
        float(value[~new].sum()) / deals,
    )


def _settled_leads(plan: Plan, block: Block) -> Floats:
    """The intercept of each source, by Newton's method on the mean chance."""
    lead = lived(
        plan,
        arrived(chance(plan.seed, TRIAL, Purpose.ARRIVALS), block, plan.span),
        chance(plan.seed, TRIAL, Purpose.LEADS),
    )
    found = logit(LEAD_CONVERSION)
    base = logits(plan, lead.source, lead.owner, lead.fit)
    for place, wanted in enumerate(LEAD_CONVERSION):
        own = base[lead.source == place]
        for _ in range(8 if len(own) else 0):
            share = expit(own + found[place])
            found[place] += (wanted - share.mean()) / max(1e-9, (share * (1 - share)).mean())
    return found
