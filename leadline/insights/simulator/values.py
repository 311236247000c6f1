"""What deals are worth: a log-normal body, a Pareto tail, rounded as people round."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtr, ndtri

from leadline.insights.simulator.company import Floats
from leadline.insights.simulator.parameters import LARGEST, TAIL, TAIL_INDEX, VALUE_SPREAD


def standard(chance: Floats) -> Floats:
    """The standard normal variable behind a value, by `chance` in [0, 1)."""
    normal: Floats = ndtri(np.maximum(chance, 1e-12))
    return normal


def sized(normal: Floats) -> Floats:
    """Times the median: log-normal below the quantile 1 - TAIL, from there on Pareto with TAIL_INDEX, up to LARGEST."""
    above = ndtr(-normal)
    begins = np.exp(VALUE_SPREAD * ndtri(1 - TAIL))
    tail = begins * (np.maximum(above, 1e-12) / TAIL) ** (-1 / TAIL_INDEX)
    found: Floats = np.minimum(LARGEST, np.where(above < TAIL, tail, np.exp(VALUE_SPREAD * normal)))
    return found


def typed(values: Floats) -> Floats:
    """Two digits that count and zeros behind them; at least 10."""
    step = 10 ** np.maximum(1, np.floor(np.log10(np.maximum(values, 10.0))) - 1)
    rounded: Floats = np.maximum(10.0, np.round(values / step) * step)
    return rounded
