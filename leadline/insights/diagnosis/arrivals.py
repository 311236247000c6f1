"""How many came each week from each source: leads, or new deals in a company that keeps no leads."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from leadline.insights.diagnosis.changing import normal, wobble
from leadline.insights.diagnosis.missing import Missing
from leadline.insights.ledger.ledger import Floats, Ledger, Revenue

WEEK = 7.0
YEAR = 365.25
SEASON = 0.12  # spread of a season on the log, where the records are too short to know it
KNOWN = 1.3  # years from which on a season is fitted
SHORT = 26  # weeks below which nothing is said
FEW = 20  # leads that make records of leads
ENDED = 6  # weeks without any lead from anywhere, after which records of leads have ended
STEPS = 12
FEWEST = 0.05  # of a week's count, so that an empty week has a logarithm


@dataclass(frozen=True)
class Arrivals:
    """`counts` (S, W) of whole weeks, source by source in the order of the names, those without a source last."""

    starts: Floats  # (W,)
    counts: NDArray[np.float64]
    leads: bool  # or new deals

    @property
    def weeks(self) -> int:
        return len(self.starts)


@dataclass(frozen=True)
class Level:
    """A change of level on the log from a day on, and its standard error; `before` and `after` are counts a week.

    `z` is by how many deviations it fell by more than a margin.
    """

    effect: float
    error: float
    before: float
    after: float
    weeks: int  # after
    z: float
    doubt: float  # standard error of the logarithm of `after`


def arrivals(ledger: Ledger) -> Arrivals:
    """Raises Missing: too young, nothing came, or it is no longer recorded."""
    whole = int((ledger.as_of - ledger.start) // WEEK) if np.isfinite(ledger.start) else 0
    if whole < SHORT:
        raise Missing("history")
    starts = ledger.as_of - WEEK * np.arange(whole, 0, -1)
    known = ledger.leads.created >= starts[0]
    leads = int(known.sum()) >= FEW
    if leads:
        when, source = ledger.leads.created[known], ledger.leads.source[known]
    else:
        new = (ledger.deals.revenue == Revenue.NEW) & (ledger.deals.created >= starts[0])
        when, source = ledger.deals.created[new], ledger.deals.source[new]
    if len(when) < FEW:
        raise Missing("leads", FEW - len(when))
    if when.max() < ledger.as_of - ENDED * WEEK:
        raise Missing("leads")  # they were recorded until then: nobody knows what has come since
    sources = len(ledger.names["source"])
    week = np.minimum((when - starts[0]) // WEEK, whole - 1).astype(np.int64)
    place = np.where(source < 0, sources, source).astype(np.int64)
    counts: Floats = np.bincount(place * whole + week, minlength=(sources + 1) * whole).astype(np.float64)
    return Arrivals(np.asarray(starts, np.float64), counts.reshape(sources + 1, whole), leads)


def level(came: Arrivals, counts: Floats, since: float, margin: float = 0.0) -> Level:
    """How the level of counts (W,) changed: quasi-Poisson with two waves of a season (McCullagh and Nelder 1989, 9.2).

    The variance is the mean times the larger of the dispersions of weeks and of four weeks together, so that weeks that
    come in runs are not taken for many: of those before, for what comes after may have changed on another day. Short
    records cannot tell season from change: its usual spread is added.
    `z` is the signed root of the deviance between this fit and a fall by the margin: small counts ask for it.
    """
    after = (came.starts + WEEK / 2 >= since).astype(np.float64)
    seasonal = came.weeks * WEEK >= KNOWN * YEAR
    season = _waves(came.starts) if seasonal else []
    design = np.column_stack([np.ones(came.weeks), *season, after])
    weights, covariance, mean = _poisson(design, counts, np.zeros(came.weeks))
    freedom = came.weeks - design.shape[1]
    early, used = after == 0, design.shape[1] - 1
    scale = max(_dispersion(counts[early], mean[early], together, used) for together in (1, 4))
    unknown = 0.0 if seasonal else SEASON**2
    error = float(np.sqrt(covariance[-1, -1] * scale + unknown))
    bound = _poisson(design[:, :-1], counts, -margin * after)[2]
    root = np.sqrt(max(0.0, _deviance(counts, bound) - _deviance(counts, mean)) / scale)
    beyond = -float(weights[-1]) - margin
    z = np.sign(beyond) * root * np.sqrt(1 - unknown / error**2) if error > 0 else 0.0
    later = after > 0
    return Level(
        float(weights[-1]),
        error,
        float(counts[~later].mean()) if (~later).any() else 0.0,
        float(counts[later].mean()) if later.any() else 0.0,
        int(later.sum()),
        normal(float(z), freedom),
        float(np.sqrt(scale / max(0.5, float(counts[later].sum())))),
    )


def _deviance(counts: Floats, mean: Floats) -> float:
    return float(2 * (special.xlogy(counts, counts / mean) - counts + mean).sum())


def _waves(starts: Floats) -> list[Floats]:
    turn = 2 * np.pi * (starts + WEEK / 2) / YEAR
    return [wave(number * turn) for number in (1, 2) for wave in (np.sin, np.cos)]


def _poisson(design: NDArray[np.float64], counts: Floats, offset: Floats) -> tuple[Floats, NDArray[np.float64], Floats]:
    """Weights, their covariance and the means, by iterated weighted least squares; a slight ridge keeps them finite."""
    ridge = np.diag([1e-9, *[1e-2] * (design.shape[1] - 1)])
    line = np.full(len(counts), np.log(np.maximum(counts.mean(), FEWEST)))
    weights = np.zeros(design.shape[1])
    for _ in range(STEPS):
        mean = np.exp(line)
        wanted = line - offset + (counts - mean) / mean
        bend = (design * mean[:, None]).T @ design + ridge
        found = np.linalg.solve(bend, design.T @ (mean * wanted))
        line = np.clip(design @ found + offset, -12, 25)
        if np.abs(found - weights).max() < 1e-6:
            break
        weights = found
    mean = np.exp(line)
    return found, np.linalg.inv((design * mean[:, None]).T @ design + ridge), mean


def _dispersion(counts: Floats, mean: Floats, together: int, used: int) -> float:
    blocks = len(counts) // together
    seen, hoped = (one[len(one) - blocks * together :].reshape(blocks, together).sum(axis=1) for one in (counts, mean))
    chi = float(((seen - hoped) ** 2 / np.maximum(hoped, FEWEST)).sum())
    return wobble(chi, max(1, blocks - used), lent=3.0)
