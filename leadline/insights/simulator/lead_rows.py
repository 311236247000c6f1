"""Leads as the records show them at the end."""

from __future__ import annotations

import numpy as np

from leadline.insights.simulator.company import NOBODY, Floats, Leads, LeadStage, LeadStatus, Numbers, Part
from leadline.insights.simulator.crediting import Credit
from leadline.insights.simulator.leads import LeadLives
from leadline.insights.simulator.parameters import OUTREACH
from leadline.insights.simulator.plan import Plan
from leadline.insights.simulator.span import NOT_YET

MINUTE = 1 / 1440


def listed(plan: Plan, leads: LeadLives, credit: Credit, deal: Numbers, created: Floats) -> Leads:
    """`deal` is the place of each lead's deal in the records, or NOBODY; `created` when that was created (days)."""
    span, end = plan.span, plan.span.days
    accepted = np.where(deal != NOBODY, created, NOT_YET)
    coming = np.isfinite(leads.accepted)
    ended = np.where(coming, NOT_YET, leads.ended)
    qualified = np.minimum(leads.qualified, np.where(coming, accepted - MINUTE, leads.qualified))
    mql = np.where(leads.source == OUTREACH, np.minimum(leads.responded, accepted), leads.created)
    stage = np.select(
        [accepted < end, qualified < end, mql < end], [LeadStage.SAL, LeadStage.SQL, LeadStage.MQL], LeadStage.TARGET
    )
    over = np.where(leads.parked, LeadStatus.NURTURE, LeadStatus.DISCARDED)
    status = np.select(
        [accepted < end, ended < end], [np.full(len(leads), LeadStatus.CONVERTED), over], LeadStatus.OPEN
    )
    develops = np.isin(plan.staff.part[leads.owner], (Part.INBOUND, Part.OUTBOUND))
    return Leads(
        key=leads.key,
        created=span.moments(leads.created),
        source=credit.source,
        campaign=credit.campaign,
        originator=credit.originator,
        owner=leads.owner.astype(np.int16),
        account=credit.account,
        fit=leads.fit,
        responded=span.moments(leads.responded),
        mql=span.moments(mql),
        sql=span.moments(qualified),
        sal=span.moments(accepted),
        handed=span.moments(np.where(develops & coming, qualified, NOT_YET)),
        stage=stage.astype(np.int16),
        status=status.astype(np.int16),
        closed=span.moments(np.minimum(accepted, ended)),
        deal=deal,
        true_source=leads.source,
    )
