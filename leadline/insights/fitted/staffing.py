"""Who takes how much, who lets how much advance beyond their mix, and how long newcomers take."""

from __future__ import annotations

import numpy as np

from leadline.insights.fitted.arriving import self_found
from leadline.insights.fitted.converting import departures, tempered
from leadline.insights.fitted.fitted import DRAWS, QUARTER, Matrix, People, Sellers, Window
from leadline.insights.fitted.paths import Paths
from leadline.insights.ledger.ledger import Floats, Ledger

MONTH = 365.25 / 12
USUAL_RAMP = 4.0  # months
RAMPS = np.arange(0.0, 18.5, 0.5)
BEGINS_AT = 0.2  # of what the others take
TENURED = 18.0  # months
PART = 0.3  # of the median load: who takes less sells beside other work
IDLE_LEAD = 30.0  # days without an answer after which nobody will
NEWCOMERS = 20  # new deals that newcomers must have taken for their ramp to be told


def people(paths: Paths, chance: Matrix, window: Window, taken: Matrix, count: int) -> People:
    """`chance` (n, K) is what the stream of each deal lets be expected; `taken` (Q, P) are new deals a quarter."""
    ended = (paths.ended >= window.start) & (paths.ended < window.end) & (paths.outcome != 0) & (paths.owner >= 0)
    stages = paths.ended.shape[1]
    code = (paths.owner * stages + np.arange(stages))[ended]

    def per(weights: Floats) -> Matrix:
        found = np.bincount(code, weights, minlength=count * stages).reshape(count, stages)
        return np.asarray(found, dtype=np.float64)

    up, foreseen = (paths.outcome == 1)[ended].astype(np.float64), chance[ended]
    load = per(np.ones(len(code)))
    raw, error = departures(per(up), per(foreseen), per(foreseen * (1 - foreseen)))
    skill, doubt, spread = np.zeros_like(raw), np.zeros_like(raw), np.zeros(stages)
    for stage in range(stages):
        skill[:, stage], doubt[:, stage], spread[stage] = tempered(raw[:, stage], error[:, stage])
    recent = taken[-window.quarters :]
    usual = recent.mean(axis=0) if len(recent) else np.zeros(count)
    some = usual[usual > 0]
    working = usual >= max(PART * float(np.median(some)) if len(some) else 0.0, 1e-9)
    return People(load, skill, doubt, raw, error, spread, _full(taken), usual, working)


def _full(taken: Matrix) -> Floats:
    """The upper quartile of a person's quarters in which they took new deals: what they can carry, less luck."""
    found = np.zeros(taken.shape[1])
    for person in np.flatnonzero(taken.any(axis=0)):
        own = taken[:, person]
        found[person] = np.quantile(own[own > 0], 0.75)
    return found


def sellers(ledger: Ledger, paths: Paths, window: Window, staff: People, rng: np.random.Generator) -> Sellers:
    """What one more of them would do."""
    carried = staff.busiest[staff.working]
    capacity = np.full(DRAWS, np.nan)
    if len(carried):
        picks = rng.integers(0, len(carried), (DRAWS, len(carried)))
        capacity = carried[picks].mean(axis=1)
    ramp, known = _ramp(ledger, paths, staff, rng)
    spare, unanswered = _spare(ledger, window, rng)
    own = self_found(ledger, int(ledger.stages.pipeline[paths.stages[0]]), window.start) if len(paths.stages) else 0.0
    return Sellers(capacity, ramp, known, own, spare, unanswered, int(staff.working.sum()))


def _ramp(ledger: Ledger, paths: Paths, staff: People, rng: np.random.Generator) -> tuple[Floats, bool]:
    """Months until newcomers take as many new deals as the tenured: draws over a grid, by a Poisson likelihood."""
    hired = ledger.staff.hired
    owner, created = ledger.deals.owner[paths.deal], ledger.deals.created[paths.deal]
    there = (owner >= 0) & (created >= ledger.start)
    owner, created = owner[there], created[there]
    tenure = (created - hired[owner]) / MONTH
    fresh = staff.working & (hired > ledger.start - TENURED * MONTH)
    old = staff.working & ~fresh
    watched = (ledger.as_of - ledger.start) / MONTH
    rate = old[owner].sum() / max(1.0, old.sum() * watched)
    months = np.arange(int(TENURED))
    took = np.histogram(tenure[fresh[owner]], np.arange(int(TENURED) + 1))[0]
    from_day = (ledger.start - hired[fresh]) / MONTH
    exposure = np.zeros(len(months))
    for begins in from_day:
        until = (ledger.as_of - ledger.start) / MONTH + begins
        exposure += np.clip(np.minimum(months + 1, until) - np.maximum(months, begins), 0, 1)
    if took.sum() < NEWCOMERS or not rate or not old.any():
        return np.full(DRAWS, USUAL_RAMP), False
    share = np.clip(BEGINS_AT + (1 - BEGINS_AT) * (months + 0.5) / np.maximum(RAMPS, 0.25)[:, None], BEGINS_AT, 1.0)
    mean = np.maximum(rate * exposure * share, 1e-9)
    spread = 1.0 + 0.1 * took.sum() / max(1, fresh.sum())  # people differ by a third
    evidence = (took * np.log(mean) - mean).sum(axis=1) / spread
    weight = np.exp(evidence - evidence.max())
    return rng.choice(RAMPS, DRAWS, p=weight / weight.sum()), True


def _spare(ledger: Ledger, window: Window, rng: np.random.Generator) -> tuple[Floats, float]:
    """Leads a quarter left without an answer for want of hands, and all that are left without one.

    In the fuller half of the weeks a greater share is left only if hands are short: what goes beyond the share of the
    calmer half. Where the two are alike, another pair of hands would answer no more of them.
    """
    leads = ledger.leads
    seen = (leads.created >= window.start) & (leads.created < window.end - IDLE_LEAD)
    if not np.isfinite(leads.responded).any() or not seen.any():
        return np.zeros(DRAWS), np.nan
    week = np.floor((leads.created[seen] - window.start) / 7).astype(np.int64)
    idle = ~np.isfinite(leads.responded[seen]) & (leads.deal[seen] < 0)
    came, left = np.bincount(week), np.bincount(week, idle)
    full = came > np.median(came)
    share = [rng.beta(left[half].sum() + 0.5, (came - left)[half].sum() + 0.5, DRAWS) for half in (full, ~full)]
    quarters = len(came) * 7 / QUARTER
    over = np.maximum(0.0, share[0] - share[1]) * came[full].sum() / quarters
    return over, float(idle.sum() / quarters)
