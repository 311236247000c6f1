"""Who is there to take new deals: what one seller more or less changes (R24)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from leadline.insights.fitted.fitted import QUARTER_WEEKS, Change, Fitted, Hired, Matrix
from leadline.insights.ledger.ledger import Floats

MONTH_WEEKS = 365.25 / 12 / 7
BEGINS_AT = 0.2  # of what the others take


def manned(fitted: Fitted, change: Change, rows: NDArray[np.int64], deals: NDArray[np.float64]) -> NDArray[np.float64]:
    """New deals (n, G, weeks) that somebody takes.

    More sellers find some deals themselves, answer leads that were left for want of hands, and may carry what the
    others could not; of all else they only take from the others. Fewer carry no more than people were seen to carry.
    """
    hired, sellers = change.hired, fitted.sellers
    limit = sellers.capacity[rows] if hired is None or np.isnan(hired.capacity) else np.full(len(rows), hired.capacity)
    if hired is None and not change.capped:
        return deals
    weeks = deals.shape[2]
    there = np.zeros((len(rows), weeks)) if hired is None else hired.count * _productive(fitted, hired, rows, weeks)
    found = deals
    if hired is not None and hired.count > 0:
        found = deals + _more(fitted, hired, rows, deals, there * np.nan_to_num(limit)[:, None] / QUARTER_WEEKS)
    if change.capped or (hired is not None and hired.count < 0):
        own = sellers.capacity[rows][:, None] * sellers.count
        most = (own + there * limit[:, None]) / QUARTER_WEEKS
        most = np.where(np.isnan(most), np.inf, np.maximum(most, 0.0))
        found = found * np.minimum(1.0, most / np.maximum(found.sum(axis=1), 1e-9))[:, None, :]
    return found


def _productive(fitted: Fitted, hired: Hired, rows: NDArray[np.int64], weeks: int) -> Matrix:
    """(n, weeks): what each does, as a share of what the others do; who leaves is gone at once."""
    months = (np.arange(weeks) + 0.5) / MONTH_WEEKS - hired.after
    if hired.count < 0:
        return np.broadcast_to((months >= 0).astype(np.float64), (len(rows), weeks))
    ramp = fitted.sellers.ramp[rows] if np.isnan(hired.ramp) else np.full(len(rows), hired.ramp)
    share = BEGINS_AT + (1 - BEGINS_AT) * months / np.maximum(ramp, 0.25)[:, None]
    return np.where(months >= 0, np.clip(share, BEGINS_AT, 1.0), 0.0)


def _more(
    fitted: Fitted, hired: Hired, rows: NDArray[np.int64], deals: NDArray[np.float64], carried: Matrix
) -> NDArray[np.float64]:
    """(n, G, weeks): deals that would not be there; spread over the streams as the others' are."""
    own = fitted.sellers.own if np.isnan(hired.own) else hired.own
    found = own * carried
    left = fitted.sellers.spare[rows] * _of_leads(fitted)[rows] / QUARTER_WEEKS
    answered = np.minimum(carried - found, left[:, None])
    mix = deals.sum(axis=2) / np.maximum(deals.sum(axis=(1, 2)), 1e-9)[:, None]
    return np.asarray(mix[:, :, None] * (found + answered)[:, None, :])


def _of_leads(fitted: Fitted) -> Floats:
    """(N,): the share of all leads that become deals."""
    weight = fitted.arrivals * fitted.streams.of_leads
    return np.asarray((weight * fitted.lead_conversion).sum(axis=1) / np.maximum(weight.sum(axis=1), 1e-9))
