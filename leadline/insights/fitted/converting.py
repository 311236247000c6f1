"""Shares that advance: what is seen of all, and how far streams and people differ beyond chance."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit

from leadline.insights.fitted.fitted import DRAWS, Matrix
from leadline.insights.ledger.ledger import Floats

HALF = 0.5  # Jeffreys
PLAIN = 1.0  # cases lent to a group's own logit


def beta(share: Floats, trials: Floats, rng: np.random.Generator) -> Matrix:
    """(N, ...) draws of Beta(trials × share + 1/2, …); where nothing was tried, of Beta(1/2, 1/2)."""
    wins = np.where(trials > 0, np.nan_to_num(share) * trials, 0.0)
    return rng.beta(wins + HALF, np.maximum(trials - wins, 0.0) + HALF, (DRAWS, *np.shape(share)))


def tempered(deviation: Floats, error: Floats) -> tuple[Floats, Floats, float]:
    """(posterior means, their errors, the spread between groups): DerSimonian and Laird's moments (1986), 0 at least.

    Groups of which nothing is known (error not finite) are taken for average, give or take the spread.
    """
    known = np.isfinite(error) & np.isfinite(deviation)
    if known.sum() < 2:
        return np.zeros_like(deviation), np.where(known, 0.0, 0.0), 0.0
    weight = 1 / error[known] ** 2
    centre = (weight * deviation[known]).sum() / weight.sum()
    excess = (weight * (deviation[known] - centre) ** 2).sum() - (known.sum() - 1)
    spread2 = max(0.0, excess / max(weight.sum() - (weight**2).sum() / weight.sum(), 1e-12))
    pull = np.where(known, spread2 / (spread2 + np.where(known, error, 1.0) ** 2), 0.0)
    mean = centre + pull * (np.where(known, deviation, centre) - centre) if spread2 else np.zeros_like(deviation)
    return np.where(known, mean, 0.0), np.sqrt(spread2 * (1 - pull)), float(np.sqrt(spread2))


def by_group(total: Matrix, wins: Matrix, trials: Matrix, rng: np.random.Generator) -> NDArray[np.float64]:
    """(N, G, K): draws of all together (N, K) taken apart for G groups, by their own `wins` of `trials` (G, K).

    Each group's logit differs from that of all by a normal deviation, tempered; the groups' mean, weighted with their
    trials, is what is drawn for all.
    """
    groups, stages = trials.shape
    found = np.repeat(total[:, None, :], groups, axis=1)
    for stage in range(stages):
        n, won = trials[:, stage], wins[:, stage]
        whole = float(np.clip(won.sum() / max(n.sum(), 1e-9), 0.01, 0.99))
        share = (won + PLAIN * whole) / (n + PLAIN)
        error = np.where(n > 0, 1 / np.sqrt(np.maximum(n, 1e-9) * share * (1 - share) + 1e-12), np.inf)
        mean, doubt, spread = tempered(logit(share) - logit(whole), error)
        if not spread:
            continue
        away = mean + doubt * rng.standard_normal((len(total), groups))
        drawn = expit(logit(np.clip(total[:, [stage]], 1e-6, 1 - 1e-6)) + away)
        seen = (drawn * n).sum(axis=1, keepdims=True) / max(n.sum(), 1e-9)
        found[:, :, stage] = np.clip(drawn * total[:, [stage]] / np.maximum(seen, 1e-9), 0.0, 1.0)
    return found


def departures(seen: Floats, foreseen: Floats, variance: Floats) -> tuple[Floats, Floats]:
    """(deviation on the logit, its error) of groups with `seen` wins where their mix let `foreseen` be expected.

    One step of Newton's method from no difference, (O - E) / V (Peto); NaN and infinity without cases.
    """
    known = variance > 0
    safe = np.where(known, variance + 0.25, 1.0)
    return np.where(known, (seen - foreseen) / safe, np.nan), np.where(known, 1 / np.sqrt(safe), np.inf)
