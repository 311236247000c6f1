"""Leads as they are lived: answered, qualified, accepted as deals, or not."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, Self

import numpy as np
from scipy.special import expit

from leadline.insights.simulator.arrivals import Arrived
from leadline.insights.simulator.company import Flags, Floats, Numbers, Part, Places
from leadline.insights.simulator.parameters import (
    ACCEPTED_DAYS,
    ACCEPTED_SPREAD,
    DISCARDED_DAYS,
    DISCARDED_SPREAD,
    FIT_ON_LEAD,
    FOLLOWED_UP,
    FORGOTTEN_DAYS,
    LEAD_PARKED,
    NO_CAMPAIGN,
    OUTREACH,
    RESPONSE_HOURS,
    RESPONSE_SPREAD,
    SOURCES,
    SQL_IN_VAIN,
)
from leadline.insights.simulator.plan import Plan
from leadline.insights.simulator.span import NOT_YET

LOTS = 12
KEPT, OWNER, CLOSER, CONVERTS, FOLLOWED, QUALIFIED, PARKED, WHEN, HOUR, CAMPAIGN, CREDIT, AGAIN = range(LOTS)
CAMPAIGNS = np.array([source.campaigns for source in SOURCES])


@dataclass(frozen=True)
class LeadLives:
    """One row a lead, times in days since the start, of the future too; NOT_YET where it never comes."""

    key: Numbers
    created: Floats
    source: Places
    campaign: Places
    owner: Places
    closer: Places  # who gets the deal
    fit: Floats
    responded: Floats
    qualified: Floats
    accepted: Floats
    ended: Floats  # discarded or parked
    parked: Flags
    lots: Floats  # (n, LOTS), uniform

    def __len__(self) -> int:
        return len(self.key)

    def __getitem__(self, rows: Any) -> Self:
        return type(self)(*(getattr(self, one.name)[rows] for one in fields(self)))


def logits(plan: Plan, source: Places, owner: Places, fit: Floats) -> Floats:
    """The log odds of becoming a deal, before a fault."""
    found: Floats = plan.lead_intercept[source] + FIT_ON_LEAD * fit + plan.staff.skill[owner, 0]
    return found


def lived(plan: Plan, arrived: Arrived, rng: np.random.Generator) -> LeadLives:
    """What becomes of leads. Those that a fault keeps away are among them: see `staying`."""
    count = len(arrived.key)
    lots, normal = rng.random((count, LOTS)), rng.standard_normal((count, 4))
    created, source, fit = arrived.created, arrived.source, normal[:, 0]
    since = plan.since(created)
    owner = _owner(plan, created, source, lots[:, OWNER])
    responded = _responded(plan, created, lots, normal[:, 1])
    chance = expit(logits(plan, source, owner, fit)) * np.where(since, plan.forces.lead_conversion, 1.0)
    converts = lots[:, CONVERTS] < chance / FOLLOWED_UP
    accepting = ACCEPTED_DAYS * np.exp(ACCEPTED_SPREAD * normal[:, 2])
    accepted = plan.span.in_office(np.where(converts, responded + accepting, NOT_YET), lots[:, HOUR])
    accepted = np.maximum(accepted, responded + 0.02)
    answered = np.isfinite(responded)
    idle = np.where(answered, DISCARDED_DAYS * np.exp(DISCARDED_SPREAD * normal[:, 3]), FORGOTTEN_DAYS)
    ended = np.where(np.isfinite(accepted), NOT_YET, np.where(answered, responded, created) + idle)
    in_vain = answered & (lots[:, QUALIFIED] < SQL_IN_VAIN)
    until = np.where(np.isfinite(accepted), accepted, np.where(in_vain, ended, NOT_YET))
    begun = np.where(answered, responded, 0.0)
    qualified = begun + (until - begun) * np.maximum(lots[:, WHEN], 0.01)
    campaign = np.floor(lots[:, CAMPAIGN] * CAMPAIGNS[source] / (1 - NO_CAMPAIGN)).astype(np.int16)
    return LeadLives(
        arrived.key,
        created,
        source,
        np.where(campaign < CAMPAIGNS[source], campaign, -1).astype(np.int16),
        owner,
        _closer(plan, accepted, source, owner, lots[:, CLOSER]),
        fit,
        responded,
        qualified,
        accepted,
        ended,
        lots[:, PARKED] < LEAD_PARKED,
        lots,
    )


def staying(plan: Plan, leads: LeadLives) -> Flags:
    """Those that come at all."""
    return ~plan.since(leads.created) | (leads.lots[:, KEPT] < plan.forces.arriving[leads.source])


def _owner(plan: Plan, created: Floats, source: Places, lot: Floats) -> Places:
    roster = plan.roster
    kinds = np.array([one.kind for one in SOURCES])[source]
    closer = roster.pick(roster.closers, created, lot)
    owner = np.where(kinds == "inbound", roster.pick(roster.inbound, created, lot), closer)
    return np.where(source == OUTREACH, roster.pick(roster.outbound, created, lot), owner)


def _closer(plan: Plan, accepted: Floats, source: Places, owner: Places, lot: Floats) -> Places:
    """Whoever developed it hands over; a closer keeps what they began with."""
    roster = plan.roster
    others = roster.pick(roster.closers, accepted, lot)
    picked = np.where(source == OUTREACH, roster.pick(roster.weakest, accepted, lot), others)
    develops = np.isin(plan.staff.part[owner], (Part.INBOUND, Part.OUTBOUND))
    gone = plan.staff.left[owner] <= accepted
    return np.where(develops | gone, picked, owner)


def _responded(plan: Plan, created: Floats, lots: Floats, normal: Floats) -> Floats:
    """The first touch. One that would fall into the night waits for the morning, unless it beats the median."""
    median = np.where(plan.since(created), plan.forces.response_hours, RESPONSE_HOURS) / 24
    busy = plan.overload[plan.span.weeks(created)]
    waited = median * np.exp(RESPONSE_SPREAD * normal) * busy
    moment = created + waited
    morning = plan.span.in_office(np.ceil(moment), lots[:, HOUR] / 4)
    slept = plan.span.off_hours(moment) & (waited > median)
    late = plan.span.in_office(moment, lots[:, HOUR])
    return np.where(
        lots[:, FOLLOWED] < FOLLOWED_UP, np.where(slept, np.where(late > moment, late, morning), moment), NOT_YET
    )
