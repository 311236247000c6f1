"""How many leads come, and deals without one: the level of the present, the season, and weeks better or worse."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from leadline.insights.fitted.fitted import AHEAD, DRAWS, QUARTER_WEEKS, WEEK, Matrix, Streams
from leadline.insights.ledger.ledger import NOBODY, Floats, Ledger, Revenue

YEAR = 365.25 / WEEK  # weeks
A_YEAR = 56  # weeks of records that tell a season from a trend
WAVES = 3  # a year's, half a year's, a third's
SMOOTH = 15.0  # weeks of an even year that the season is tempered with
AT_LEAST = 0.5  # of what comes once in the window: nothing seen is not nothing to come


@dataclass(frozen=True)
class Coming:
    """What came, one entry each in no order: when, and in which stream. Rows of leads, or of deals without one."""

    when: Floats
    stream: NDArray[np.int64]


@dataclass(frozen=True)
class Season:
    """Weights of waves; the factor of a week is exp of them, 1 on average over a year."""

    weights: Floats

    @property
    def told(self) -> bool:
        return bool(self.weights.any())

    def factor(self, weeks: Any) -> Floats:
        """For weeks counted from `as_of` (below 0: past)."""
        return np.asarray(np.exp(_waves(weeks) @ self.weights)) if self.told else np.ones(len(weeks))


def streams(ledger: Ledger, pipeline: int) -> tuple[Streams, NDArray[np.int64], NDArray[np.int64]]:
    """The streams, and in which each lead and each deal is (-1: of another pipeline)."""
    sources = len(ledger.names["source"])
    deals, leads = ledger.deals, ledger.leads
    elsewhere = (leads.deal >= 0) & (deals.pipeline[leads.deal] != pipeline) if len(deals) else leads.deal >= 0
    of_lead = np.where(elsewhere, -1, np.where(leads.source == NOBODY, sources, leads.source) * 2 + 1)
    own_source = np.where(deals.source == NOBODY, sources, deals.source)
    by_lead = deals.lead >= 0
    if len(leads):
        own_source = np.where(by_lead, of_lead[deals.lead] // 2, own_source)
    of_deal = np.where(deals.pipeline == pipeline, own_source * 2 + by_lead, -1)
    codes = np.unique(np.concatenate([of_lead[of_lead >= 0], of_deal[of_deal >= 0]])).astype(np.int64)
    source = np.where(codes // 2 == sources, NOBODY, codes // 2).astype(np.int32)
    place = np.full(2 * sources + 3, -1)
    place[codes] = np.arange(len(codes))
    return Streams(source, codes % 2 == 1), place[of_lead], place[of_deal]


def coming(ledger: Ledger, of_lead: NDArray[np.int64], of_deal: NDArray[np.int64]) -> Coming:
    """Leads, and deals without a lead."""
    alone = (of_deal >= 0) & (ledger.deals.lead < 0)
    there = of_lead >= 0
    return Coming(
        np.concatenate([ledger.leads.created[there], ledger.deals.created[alone]]),
        np.concatenate([of_lead[there], of_deal[alone]]),
    )


def weekly(came: Coming, count: int, start: float, end: float) -> Matrix:
    """(W, G): how many came in each whole week before `end`, oldest first; without those of a day not known."""
    weeks = int((end - start) // WEEK)
    seen = (came.when <= end) & (came.when >= start)
    when, stream = came.when[seen], came.stream[seen]
    place = np.where(when >= end, weeks - 1, weeks - 1 - np.floor((end - when) / WEEK).astype(np.int64))
    found = np.bincount((place * count + stream)[place >= 0], minlength=weeks * count)
    return found.reshape(weeks, count).astype(np.float64)


def season(counts: Matrix) -> Season:
    """Of all streams together: waves of a year and its parts beside a trend, by Poisson regression, tempered.

    No season is told from less than a year and a month, or from too few to tell waves from luck.
    """
    total, weeks = counts.sum(axis=1), len(counts)
    none = Season(np.zeros(2 * WAVES))
    if weeks < A_YEAR or total.sum() < 4 * weeks:
        return none
    at = np.arange(-weeks, 0) + 0.5
    design = np.column_stack([np.ones(weeks), at / YEAR, _waves(at)])
    weights = np.zeros(design.shape[1])
    weights[0] = np.log(total.mean())
    ridge = np.diag([0.0, 0.0, *[total.mean() * SMOOTH / 2] * (2 * WAVES)]) / max(1.0, _dispersion(total))
    for _ in range(12):
        mean = np.exp(np.clip(design @ weights, -20, 20))
        step = np.linalg.solve((design.T * mean) @ design + ridge, design.T @ (total - mean) - ridge @ weights)
        weights = weights + np.clip(step, -2, 2)
    return Season(weights[2:]) if np.isfinite(weights).all() else none


def rates(counts: Matrix, weight: Floats, recent: int, rng: np.random.Generator) -> tuple[Matrix, Floats]:
    """(N, G) weekly levels of the last `recent` weeks, and each stream's clumping.

    Counts are negative binomial: the variance of a week is m + clumping m². The level is a gamma variable about what
    came over the season's weeks, as wide as that variance asks.
    """
    weight = weight[-len(counts) :]
    last, weeks = counts[-recent:], weight[-recent:]
    came, exposure = last.sum(axis=0), max(weeks.sum(), 1e-9)
    level = (came + AT_LEAST) / exposure
    clumping = _clumping(counts, weight)
    # The variance of the sum is exposure m + clumping m² sum of squared weights.
    inflation = 1.0 + clumping * level * (weeks**2).sum() / exposure
    shape = np.maximum(came + AT_LEAST, 1e-3) / inflation
    return rng.gamma(shape, level / shape, (DRAWS, len(level))), clumping


def _clumping(counts: Matrix, weight: Floats) -> Floats:
    """By moments, quarter-wise level taken out; streams lend each other what they show."""
    if not counts.size:
        return np.zeros(counts.shape[1])
    block = np.arange(len(counts)) // QUARTER_WEEKS
    size = np.maximum(np.bincount(block), 1)[block]
    exposure = np.bincount(block, weight)[block]
    mean = np.stack([np.bincount(block, one)[block] for one in counts.T], axis=1) / exposure[:, None]
    mean = mean * weight[:, None]
    fair = np.where(size > 1, size / np.maximum(size - 1, 1), 1.0)[:, None]
    excess = ((counts - mean) ** 2 * fair - mean).sum(axis=0)
    squares = (mean**2).sum(axis=0)
    whole = excess.sum() / max(squares.sum(), 1e-9)
    own = (excess + whole * squares.mean()) / np.maximum(squares + squares.mean(), 1e-9)
    return np.asarray(np.clip(own, 0.0, 2.0))


def _dispersion(total: Floats) -> float:
    """Variance over mean, between neighbouring weeks."""
    return float(np.mean(np.diff(total) ** 2) / 2 / max(total.mean(), 1e-9)) if len(total) > 1 else 1.0


def _waves(weeks: Any) -> Matrix:
    angle = 2 * np.pi * np.asarray(weeks)[:, None] / YEAR * np.arange(1, WAVES + 1)
    return np.concatenate([np.sin(angle), np.cos(angle)], axis=1)


def ahead(found: Season) -> Floats:
    """(AHEAD,): the factors of the weeks to come."""
    return found.factor(np.arange(AHEAD) + 0.5)


def self_found(ledger: Ledger, pipeline: int, since: float) -> float:
    """The share of new deals since then that their seller found: without a lead, originated by who sells it."""
    deals = ledger.deals
    new = (deals.pipeline == pipeline) & (deals.created >= since) & (deals.revenue == Revenue.NEW)
    own = new & (deals.lead < 0) & (deals.originator >= 0) & (deals.originator == deals.owner)
    return float(own.sum() / max(1, new.sum()))
