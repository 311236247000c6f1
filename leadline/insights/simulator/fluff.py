"""Deals that nobody believes in, written down in the last days of a quarter to fill the pipeline."""

from __future__ import annotations

import numpy as np

from leadline.insights.simulator.chance import Purpose, chance
from leadline.insights.simulator.company import (
    NOBODY,
    QUALIFYING,
    Deals,
    Flags,
    Floats,
    Pushes,
    Revenue,
    Status,
    Visits,
)
from leadline.insights.simulator.draws import moves_drawn
from leadline.insights.simulator.parameters import OUTREACH
from leadline.insights.simulator.plan import Plan
from leadline.insights.simulator.pushing import expected
from leadline.insights.simulator.span import Span

DEFAULTS = np.array([10_000.0, 15_000.0, 20_000.0, 25_000.0])
CLEANED_UP, CLEANED_SPREAD = 150.0, 0.5  # median days until somebody admits it
PUSHED_A_DAY = 0.04


def fluff(plan: Plan, block: int, created: Floats, first_account: int) -> tuple[Deals, Visits, Pushes] | None:
    """So many that they are the planted share of the deals of those days; None without such a fault.

    `created` are the days since the start of the block's real deals.
    """
    if plan.forces.fluff is None:
        return None
    rng = chance(plan.seed, block, Purpose.FLUFF)
    real = created[_last_days(plan.span, created, plan.forces.fluff_days) & plan.since(created)]
    count = int(len(real) * plan.forces.fluff / (1 - plan.forces.fluff) + rng.random()) if len(real) else 0
    day = np.floor(rng.choice(real, count)) if count else np.zeros(0)
    begun = np.minimum(day + (7.5 + 10 * rng.random(count)) / 24, plan.span.days - 1e-3)
    closed = plan.span.in_office(
        begun + CLEANED_UP * np.exp(CLEANED_SPREAD * rng.standard_normal(count)), rng.random(count)
    )
    owner = plan.roster.pick(plan.roster.closers, begun, rng.random(count))
    stage = np.full(count, QUALIFYING, np.int16)
    dates = expected(plan.span, begun, closed, stage, PUSHED_A_DAY, moves_drawn(rng, count))
    value = rng.choice(DEFAULTS, count)
    none, never = np.full(count, NOBODY, np.int16), np.zeros(count, np.int64)
    deals = Deals(
        key=-1 - (np.arange(count) + (block << 24)),
        created=plan.span.moments(begun),
        lead=none.astype(np.int64),
        account=first_account + np.arange(count),
        contact=none,
        owner=owner,
        first_owner=owner,
        handed=never,
        originator=owner,
        source=np.full(count, OUTREACH, np.int16),
        campaign=none,
        revenue=np.full(count, Revenue.NEW, np.int16),
        band=np.ones(count, np.int16),
        status=np.where(closed < plan.span.days, Status.LOST, Status.OPEN).astype(np.int16),
        closed=plan.span.moments(closed),
        stage=stage,
        value=value,
        currency=np.zeros(count, np.int16),
        amount=value,
        first_amount=value,
        expected=dates.now,
        first_expected=dates.first,
        lost_reason=none,
        fluff=np.ones(count, bool),
        unqualified=np.zeros(count, bool),
        late=np.zeros(count, bool),
    )
    return deals, Visits(np.arange(count + 1), stage, deals.created, owner), dates.pushes


def _last_days(span: Span, day: Floats, days: int) -> Flags:
    """Whether these are among the last days of a quarter."""
    dates = np.datetime64(span.first) + np.floor(day).astype(np.int64)
    quarter = dates.astype("datetime64[M]").astype(np.int64) // 3
    ends = (3 * (quarter + 1)).astype("datetime64[M]").astype("datetime64[D]")
    found: Flags = (ends - dates).astype(np.int64) <= days
    return found
