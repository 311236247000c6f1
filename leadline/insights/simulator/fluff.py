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
from leadline.insights.simulator.pushing import Expected, expected
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
    begun = _begun(plan, rng, created, plan.forces.fluff)
    closed = begun + CLEANED_UP * np.exp(CLEANED_SPREAD * rng.standard_normal(len(begun)))
    closed = plan.span.in_office(closed, rng.random(len(begun)))
    stage = np.full(len(begun), QUALIFYING, np.int16)
    dates = expected(plan.span, begun, closed, stage, PUSHED_A_DAY, moves_drawn(rng, len(begun)))
    deals = _dealt(plan, block, rng, begun, closed, dates, first_account)
    return deals, Visits(np.arange(len(begun) + 1), stage, deals.created, deals.owner), dates.pushes


def _begun(plan: Plan, rng: np.random.Generator, created: Floats, share: float) -> Floats:
    """When: on the same days as real ones, in the last days of quarters."""
    there = (created >= plan.span.shown) & plan.since(created)
    real = created[_last_days(plan.span, created, plan.forces.fluff_days) & there]
    count = int(len(real) * share / (1 - share) + rng.random()) if len(real) else 0
    day = np.floor(rng.choice(real, count)) if count else np.zeros(0)
    return np.minimum(day + (7.5 + 10 * rng.random(count)) / 24, plan.span.days - 1e-3)


def _dealt(
    plan: Plan,
    block: int,
    rng: np.random.Generator,
    begun: Floats,
    closed: Floats,
    dates: Expected,
    first_account: int,
) -> Deals:
    """As the records show them: round amounts, nobody on the other side, never corrected."""
    count = len(begun)
    owner = plan.roster.pick(plan.roster.closers, begun, rng.random(count))
    value = rng.choice(DEFAULTS, count)
    none, never = np.full(count, NOBODY, np.int16), np.zeros(count, np.int64)
    return Deals(
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
        stage=np.full(count, QUALIFYING, np.int16),
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


def _last_days(span: Span, day: Floats, days: int) -> Flags:
    """Whether these are among the last days of a quarter."""
    dates = np.datetime64(span.first) + np.floor(day).astype(np.int64)
    quarter = dates.astype("datetime64[M]").astype(np.int64) // 3
    ends = (3 * (quarter + 1)).astype("datetime64[M]").astype("datetime64[D]")
    found: Flags = (ends - dates).astype(np.int64) <= days
    return found
