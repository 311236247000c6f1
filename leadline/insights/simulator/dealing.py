"""Deals as the records show them at the end."""

from __future__ import annotations

import numpy as np

from leadline.insights.simulator.company import NOBODY, Deals, Flags, Floats, Moments, Places, Status
from leadline.insights.simulator.crediting import Credit
from leadline.insights.simulator.draws import Lot
from leadline.insights.simulator.journeys import Setting
from leadline.insights.simulator.lives import Lives
from leadline.insights.simulator.money import Amounts, amounts
from leadline.insights.simulator.parameters import BANDS, LOST_REASONS, REASON_GIVEN
from leadline.insights.simulator.plan import Plan
from leadline.insights.simulator.pushing import Expected
from leadline.insights.simulator.span import NOT_YET
from leadline.insights.simulator.traces import Traces

NO_CONTACT, FIRST, SECOND = 0.05, 0.65, 0.9  # running shares of deals without a person, with the first one, the second


def dealt(plan: Plan, credit: Credit, lives: Lives, traces: Traces, expected: Expected) -> tuple[Deals, Amounts]:
    """The rows of deals that are there, and how their amounts came to be."""
    span, setting, draws = plan.span, lives.setting, lives.draws
    status = status_now(plan, lives, traces)
    first, owner, handed = owned(plan, setting, traces)
    money = amounts(plan, lives, traces, status)
    stage = _stage(plan, traces)
    new = lives.revenue == 0
    deals = Deals(
        key=lives.key,
        created=span.moments(traces.created),
        lead=np.where(new, lives.lead, NOBODY),
        account=credit.account[lives.lead],
        contact=_contact(draws.lot(Lot.CONTACT)),
        owner=owner,
        first_owner=first,
        handed=handed,
        originator=np.where(new, credit.originator[lives.lead], first).astype(np.int16),
        source=credit.source[lives.lead],
        campaign=credit.campaign[lives.lead],
        revenue=lives.revenue,
        band=np.searchsorted(BANDS, setting.size).astype(np.int16),
        status=status,
        closed=span.moments(traces.closed),
        stage=stage,
        value=money.value,
        currency=money.currency,
        amount=money.amount,
        first_amount=money.first,
        expected=expected.now,
        first_expected=expected.first,
        lost_reason=_reason(draws.lot(Lot.REASON), draws.lot(Lot.WHICH_REASON), status, stage),
        fluff=np.zeros(len(lives), bool),
        unqualified=lives.journeys.unqualified,
        late=traces.late,
    )
    return deals, money


def owned(plan: Plan, setting: Setting, traces: Traces) -> tuple[Places, Places, Moments]:
    """(the owner at creation, the one at the end, when it changed)."""
    first = np.where(setting.handed <= traces.created, setting.successor, setting.owner).astype(np.int16)
    change = (setting.handed > traces.created) & (setting.handed < np.minimum(traces.closed, plan.span.days))
    owner = np.where(change, setting.successor, first).astype(np.int16)
    return first, owner, plan.span.moments(np.where(change, setting.handed, NOT_YET))


def status_now(plan: Plan, lives: Lives, traces: Traces) -> Places:
    """As of the end."""
    return np.where(traces.closed < plan.span.days, lives.journeys.status, Status.OPEN).astype(np.int16)


def _stage(plan: Plan, traces: Traces) -> Places:
    count = (traces.events < plan.span.days).sum(axis=1)
    stage: Places = traces.stages[np.arange(len(count)), np.maximum(count, 1) - 1]
    return stage


def _contact(lot: Floats) -> Places:
    return (np.searchsorted([NO_CONTACT, FIRST, SECOND], lot, side="right") - 1).astype(np.int16)


def _reason(given: Floats, which: Floats, status: Places, stage: Places) -> Places:
    """One in six lost deals says why; the reasons lean to the later ones for deals lost late."""
    early = np.floor(LOST_REASONS * which**1.6).astype(np.int16)
    reason = np.where(stage >= 3, LOST_REASONS - 1 - early, early)
    told: Flags = (status == Status.LOST) & (given < REASON_GIVEN)
    return np.where(told, reason, NOBODY).astype(np.int16)
