"""What a departure costs a quarter, from what is booked: for findings that the fitted pipeline cannot price."""

from __future__ import annotations

import numpy as np

from leadline.insights.diagnosis.finding import Worth
from leadline.insights.ledger.ledger import Flags, Ledger, Status

QUARTER = 91.3125  # days
Z = 1.645  # of a 90 % interval


def booked(ledger: Ledger, start: float, end: float, which: Flags | None = None) -> float:
    """Won value a quarter, of deals closed from `start` to `end`; `which` (D,) chooses among them."""
    deals = ledger.deals
    if end <= start:
        return 0.0
    rows = (deals.status == Status.WON) & (deals.closed >= start) & (deals.closed < end)
    if which is not None:
        rows &= which
    return float(np.nansum(deals.value[rows])) * QUARTER / (end - start)


def closed(ledger: Ledger) -> int:
    """How many deals were won or lost."""
    return int(((ledger.deals.status == Status.WON) | (ledger.deals.status == Status.LOST)).sum())


def lifted(money: float, effect: float, error: float) -> Worth | None:
    """What is gained a quarter when a factor of `money` is put back by `effect` (on the log), known up to `error`."""
    if not np.isfinite(money) or money <= 0 or not np.isfinite(effect):
        return None
    ends = np.clip([effect, effect - Z * error, effect + Z * error], -5.0, 5.0)
    value, low, high = (float(money * np.expm1(one)) for one in ends)
    return Worth(value, low, high)
