"""One deal as large as the fault wants it, beside all the others of the trailing year."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from leadline.insights.simulator.arrivals import Block
from leadline.insights.simulator.blocking import happened
from leadline.insights.simulator.company import Revenue, Status
from leadline.insights.simulator.dealing import status_now
from leadline.insights.simulator.money import amounts
from leadline.insights.simulator.plan import Plan, Whale

YEAR = 365.0
MONTHS_AGO = 120.0  # days before the end: about when the whale is won


def whale(plan: Plan, blocks: Iterable[Block], share: float, following: float) -> Whale:
    """The deal that becomes it and its value, from a run of everything before; no other is `following` of the year.

    Raises ValueError where the year has too few wins for that.
    """
    since = plan.span.days - YEAR
    values, best = [], (np.inf, -1)
    for block in blocks:
        found = happened(plan, block)
        status = status_now(plan, found.lives, found.traces)
        value = amounts(plan, found.lives, found.traces, status).value
        won = (status == Status.WON) & (found.traces.closed >= since) & np.isfinite(value)
        distance = np.abs(found.traces.closed - (plan.span.days - MONTHS_AGO))
        distance[~won | (found.lives.revenue != Revenue.NEW)] = np.inf
        if len(distance) and distance.min() < best[0]:
            best = (float(distance.min()), int(found.lives.key[np.argmin(distance)]))
        values.append(np.column_stack([found.lives.key[won], value[won]]))
    rows = np.concatenate(values) if values else np.zeros((0, 2))
    others = rows[rows[:, 0] != best[1], 1]
    if best[1] < 0 or len(others) * following <= (1 - share) * 1.1:
        raise ValueError(
            "With so few deals won in the last year, no single one can be a whale: simulate more deals, at least 300."
        )
    most = float(others.max())
    for _ in range(200):
        most = min(most, 0.97 * following * np.minimum(others, most).sum() / (1 - share))
    return Whale(best[1], np.minimum(others, most).sum() * share / (1 - share), most, since)
