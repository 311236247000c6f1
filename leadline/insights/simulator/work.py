"""Activities: what people did about leads and deals, what they have planned, and the answers that came."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from leadline.insights.simulator.chance import Purpose, chance
from leadline.insights.simulator.company import NOBODY, STAGES, Activities, Floats, Numbers, Places, Status, Work
from leadline.insights.simulator.crediting import Credit
from leadline.insights.simulator.draws import Lot
from leadline.insights.simulator.leads import LeadLives
from leadline.insights.simulator.lives import Lives
from leadline.insights.simulator.parameters import (
    A_DAY,
    A_VISIT,
    ATTENTION,
    OUTREACH,
    PLANNED_DEAL,
    PLANNED_LEAD,
    REPLIES,
    UNTOUCHED,
)
from leadline.insights.simulator.plan import Plan
from leadline.insights.simulator.span import NOT_YET
from leadline.insights.simulator.traces import Traces

# By stage: running shares of calls, e-mails, meetings, demos; the rest are tasks.
KINDS = np.cumsum(
    [
        [0.55, 0.4, 0.03, 0.0],
        [0.5, 0.35, 0.1, 0.03],
        [0.25, 0.25, 0.28, 0.18],
        [0.35, 0.3, 0.25, 0.02],
        [0.4, 0.3, 0.15, 0.0],
    ],
    axis=1,
)
MINUTES = np.array([[3, 25], [4, 12], [30, 75], [40, 60], [5, 30]])
LATE_WORK = 1.5  # activities of a deal that was written down when it was over
LEAD_WORK = 0.6  # between the response and the deal


@dataclass(frozen=True)
class Done:
    """Activities before they are dressed: times in days since the start; `planned` ones are due then."""

    kind: Places
    owner: Places
    lead: Numbers
    deal: Numbers
    since: Floats  # when the record they are on was created
    at: Floats
    planned: bool = False


def worked(
    plan: Plan, block: int, leads: LeadLives, credit: Credit, lives: Lives, traces: Traces, status: Places
) -> Activities:
    """All of a block, in no order."""
    rng = chance(plan.seed, block, Purpose.WORK)
    parts = [
        *_on_leads(plan, rng, leads, credit, lives),
        _on_visits(plan, rng, lives, traces),
        _on_late(plan, rng, lives, traces),
        _planned(plan, rng, lives, traces, status),
    ]
    return _joined([_dressed(plan, rng, part) for part in parts])


def _on_leads(plan: Plan, rng: np.random.Generator, leads: LeadLives, credit: Credit, lives: Lives) -> list[Done]:
    """The response; what is done until the deal, or in vain; and for outreach what was written to make the lead."""
    end = plan.span.days
    answered = np.flatnonzero(leads.responded < end)
    outbound = leads.source[answered] == OUTREACH
    kind = np.where((rng.random(len(answered)) < 0.5) | outbound, Work.EMAIL, Work.CALL)
    first = _of_leads(leads, answered, kind, leads.created[answered], leads.responded[answered])
    until = np.minimum(np.where(np.isfinite(leads.accepted), leads.accepted, leads.ended), end)
    counts = np.where(leads.responded < until, rng.poisson(LEAD_WORK, len(leads)), 0)
    rows = np.repeat(np.arange(len(leads)), counts)
    stay = np.minimum(until[rows] - leads.responded[rows], ATTENTION)
    at = plan.span.in_office(leads.responded[rows] + stay * rng.random(len(rows)), rng.random(len(rows)))
    at = np.clip(at, leads.responded[rows], until[rows] - 1e-4)
    more = _of_leads(leads, rows, rng.integers(0, 2, len(rows)), leads.created[rows], at)
    rows = np.flatnonzero((leads.source == OUTREACH) & ~credit.unlogged)
    at = np.maximum(0.0, leads.created[rows] - 0.02 - 5 * rng.random(len(rows)) ** 2)
    before = _of_leads(leads, rows, np.full(len(rows), Work.EMAIL), at, at)
    rows = np.flatnonzero((leads.responded < end) & (until >= end) & (rng.random(len(leads)) < PLANNED_LEAD))
    next_ = end + rng.triangular(-5, 2, 12, len(rows))
    planned = _of_leads(leads, rows, rng.integers(0, 2, len(rows)), leads.responded[rows], next_, planned=True)
    return [first, more, before, planned]


def _of_leads(
    leads: LeadLives, rows: Numbers, kind: Numbers, since: Floats, at: Floats, *, planned: bool = False
) -> Done:
    return Done(kind.astype(np.int16), leads.owner[rows], rows, np.full(len(rows), NOBODY), since, at, planned)


def _on_visits(plan: Plan, rng: np.random.Generator, lives: Lives, traces: Traces) -> Done:
    """In each stage some, and more the longer it lasts, until the deal is let lie."""
    ends = np.minimum(np.minimum(lives.journeys.left, traces.closed[:, None]), plan.span.days)
    entered = np.minimum(lives.journeys.entered, plan.span.days)
    stay = np.minimum(ends - entered, ATTENTION)
    looked_after = ~traces.late & (lives.draws.lot(Lot.UNTOUCHED) >= UNTOUCHED)
    mean = np.where((stay > 0) & looked_after[:, None], A_VISIT + A_DAY * stay, 0.0)
    cell = np.repeat(np.arange(mean.size), rng.poisson(mean.ravel()))
    deal, stage = cell // STAGES, cell % STAGES
    begun = entered.ravel()[cell]
    at = plan.span.in_office(begun + stay.ravel()[cell] * rng.random(len(cell)), rng.random(len(cell)))
    at = np.clip(at, begun, ends.ravel()[cell] - 1e-4)
    return _of_deals(lives, traces, deal, _kind(rng, stage), at)


def _on_late(plan: Plan, rng: np.random.Generator, lives: Lives, traces: Traces) -> Done:
    """Deals written down when they were over have their work written down then, too."""
    late = traces.late & (traces.created < plan.span.days)
    deal = np.repeat(np.arange(len(lives)), np.where(late, rng.poisson(LATE_WORK, len(lives)), 0))
    until = np.minimum(traces.closed[deal], plan.span.days)
    at = traces.created[deal] + (until - traces.created[deal]) * rng.random(len(deal))
    return _of_deals(lives, traces, deal, _kind(rng, traces.stages[deal, 0]), at)


def _planned(plan: Plan, rng: np.random.Generator, lives: Lives, traces: Traces, status: Places) -> Done:
    """The next activity of open deals; some are overdue."""
    there = (traces.created < plan.span.days) & (status == Status.OPEN)
    deal = np.flatnonzero(there & (rng.random(len(lives)) < PLANNED_DEAL))
    at = plan.span.days + rng.triangular(-6, 2, 16, len(deal))
    stage = np.maximum((traces.events[deal] < plan.span.days).sum(axis=1), 1) - 1
    return _of_deals(lives, traces, deal, _kind(rng, traces.stages[deal, stage]), at, planned=True)


def _of_deals(lives: Lives, traces: Traces, deal: Numbers, kind: Places, at: Floats, *, planned: bool = False) -> Done:
    setting = lives.setting
    owner = np.where(at < setting.handed[deal], setting.owner[deal], setting.successor[deal])
    return Done(kind, owner, np.full(len(deal), NOBODY), deal, traces.created[deal], at, planned)


def _kind(rng: np.random.Generator, stage: Numbers | Places) -> Places:
    kind: Places = (rng.random(len(stage))[:, None] >= KINDS[stage]).sum(axis=1).astype(np.int16)
    return kind


def _dressed(plan: Plan, rng: np.random.Generator, part: Done) -> Activities:
    """With when it was planned, how long it took, and whether it was answered."""
    span, count = plan.span, len(part.kind)
    done = np.full(count, NOT_YET) if part.planned else part.at
    due = part.at if part.planned else part.at - rng.choice([0, 0, 0, 0, 1, 2, 5], count)
    created = np.maximum(np.minimum(part.since, part.at), np.minimum(due, span.days) - 4 * rng.random(count))
    created = np.minimum(created, span.days - 1e-3)
    due = np.maximum(due, created)
    low, high = MINUTES[part.kind].T
    minutes = low + np.floor((high - low + 1) * rng.random(count))
    answered = (part.kind == Work.EMAIL) & (rng.random(count) < REPLIES)
    answer = done + 0.3 * np.exp(rng.standard_normal(count))
    return Activities(
        part.kind,
        part.owner.astype(np.int16),
        part.lead.astype(np.int64),
        part.deal.astype(np.int64),
        span.moments(created),
        _ahead(plan, due),
        span.moments(done),
        np.where(part.planned, 0, minutes).astype(np.int16),
        span.moments(np.where(answered, answer, NOT_YET)),
    )


def _ahead(plan: Plan, days: Floats) -> Numbers:
    """Moments, those after the end too."""
    return (plan.span.start + np.floor(days * 86_400)).astype(np.int64)


def _joined(parts: list[Activities]) -> Activities:
    names = Activities.__dataclass_fields__
    return Activities(**{name: np.concatenate([getattr(part, name) for part in parts]) for name in names})
