"""Who and what a lead is credited to, which a fault may falsify; and which organization it is from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from leadline.insights.simulator.company import Flags, Numbers, Places
from leadline.insights.simulator.leads import AGAIN, CREDIT, OWNER, LeadLives
from leadline.insights.simulator.parameters import OUTREACH, SAME_ACCOUNT, SHARE, SOURCES, UNLOGGED_ORIGIN
from leadline.insights.simulator.plan import Plan


@dataclass(frozen=True)
class Credit:
    """One row a lead. `unlogged`: credited to outreach without a trace of it before the lead was there."""

    source: Places
    campaign: Places
    originator: Places
    account: Numbers
    unlogged: Flags


def credited(plan: Plan, leads: LeadLives) -> Credit:
    """As recorded."""
    roster, lot = plan.roster, leads.lots[:, CREDIT]
    false = _falsely(plan, leads)
    campaigns = SOURCES[OUTREACH].campaigns
    outbound = roster.pick(roster.outbound, leads.created, leads.lots[:, OWNER])
    return Credit(
        np.where(false, OUTREACH, leads.source).astype(np.int16),
        np.where(false, np.minimum(leads.campaign, campaigns - 1), leads.campaign).astype(np.int16),
        np.where(false, outbound, leads.owner).astype(np.int16),
        _accounts(leads),
        false | ((leads.source == OUTREACH) & (lot < UNLOGGED_ORIGIN)),
    )


def _falsely(plan: Plan, leads: LeadLives) -> Flags:
    """Inbound leads that outreach is credited with: so many that, of all its leads, the planted share has no trace."""
    share = plan.forces.misattributed
    if share is None:
        return np.zeros(len(leads), bool)
    inbound = np.array([source.kind == "inbound" for source in SOURCES])
    wanted = (share - UNLOGGED_ORIGIN) / (1 - share) * SHARE[OUTREACH] / SHARE[inbound].sum()
    found: Flags = inbound[leads.source] & plan.since(leads.created) & (leads.lots[:, CREDIT] < wanted)
    return found


def _accounts(leads: LeadLives) -> Numbers:
    """A number from 0 for each lead's organization; a few are those of an earlier lead."""
    own = np.arange(len(leads))
    lot = leads.lots[:, AGAIN]
    earlier = np.floor(lot / SAME_ACCOUNT * own).astype(np.int64)
    return np.unique(np.where(lot < SAME_ACCOUNT, earlier, own), return_inverse=True)[1].astype(np.int64)
