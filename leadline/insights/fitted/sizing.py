"""What a won deal brings, and an open one that has no amount yet."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from leadline.insights.fitted.converting import tempered
from leadline.insights.fitted.fitted import DRAWS, Sizes
from leadline.insights.ledger.ledger import Floats, Ledger

MOST = 4_000  # values that are kept; the latest


def sizes(values: Floats, stream: NDArray[np.int64], streams: int, filled: float, rng: np.random.Generator) -> Sizes:
    """Of won deals in order of time: `values` in base currency, NaN where none is recorded. Nothing priced: all 0."""
    values, stream = values[-MOST:], stream[-MOST:]
    known = np.isfinite(values) & (values > 0)
    priced = rng.beta(known.sum() + 0.5, (~known).sum() + 0.5, DRAWS)
    value, of = values[known], stream[known]
    if not len(value):
        return Sizes(value, 0.0, np.ones((DRAWS, streams)), np.zeros(DRAWS), np.zeros(DRAWS), 0.0)
    if known.all():
        priced = np.ones(DRAWS)
    away, doubt = _by_stream(np.log(value), of, streams)
    factor = np.exp(away + doubt * rng.standard_normal((DRAWS, streams)))
    even = value / np.exp(away)[of]
    weights = rng.standard_exponential((DRAWS, len(even)))
    return Sizes(even, float(value.mean()), factor, (weights @ even) / weights.sum(axis=1), priced, filled)


def filled(ledger: Ledger, won: NDArray[np.int64]) -> float:
    """Of won deals (rows) that had no amount half-way to their win: the share that got one."""
    deals, facts = ledger.deals, ledger.values
    half = np.full(len(deals), -np.inf)
    half[won] = (deals.created[won] + deals.closed[won]) / 2
    then = np.full(len(deals), np.nan)
    early = facts.since <= half[facts.deal]
    then[facts.deal[early]] = facts.was[early]  # the last one before it stays
    bare = won[~(then[won] > 0)]
    return float(((deals.value[bare] > 0).sum() + 0.5) / (len(bare) + 1))


def _by_stream(logs: Floats, of: NDArray[np.int64], streams: int) -> tuple[Floats, Floats]:
    """How streams differ on the logarithm, and how unsure that is."""
    n = np.bincount(of, minlength=streams).astype(np.float64)
    spread = float(logs.std(ddof=1)) if len(logs) > 1 else 0.0
    if not spread:
        return np.zeros(streams), np.zeros(streams)
    mean = np.bincount(of, logs, minlength=streams) / np.maximum(n, 1)
    error = np.where(n > 0, spread / np.sqrt(np.maximum(n, 1)), np.inf)
    away, doubt, between = tempered(np.where(n > 0, mean - logs.mean(), np.nan), error)
    return away, doubt if between else np.zeros(streams)
