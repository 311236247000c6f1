"""How much a leader who sells takes from the first team."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from leadline.insights.simulator.arrivals import Block
from leadline.insights.simulator.blocking import happened
from leadline.insights.simulator.company import Part, Status
from leadline.insights.simulator.dealing import owned, status_now
from leadline.insights.simulator.draws import Lot
from leadline.insights.simulator.money import amounts
from leadline.insights.simulator.plan import Plan


def carried(plan: Plan, blocks: Iterable[Block], share: float) -> float:
    """Below which lot a deal is the leader's, so that they carry this share of the team's open value at the end.

    From a run in which the leader takes nothing yet; who works on a deal changes hardly which are open.
    """
    staff, rows = plan.staff, []
    for block in blocks:
        found = happened(plan, block)
        status = status_now(plan, found.lives, found.traces)
        owner = owned(plan, found.lives.setting, found.traces)[1]
        value = np.nan_to_num(amounts(plan, found.lives, found.traces, status).value)
        own = staff.part[owner] == Part.LEADER
        open_ = (status == Status.OPEN) & (staff.team[owner] == 0)
        lot = np.where(own, 0.0, found.lives.draws.lot(Lot.LEADER))
        rows.append(np.column_stack([lot, value])[open_])
    lots = np.concatenate(rows) if rows else np.zeros((0, 2))
    lots = lots[np.argsort(lots[:, 0])]
    missing = np.abs(np.cumsum(lots[:, 1]) - share * lots[:, 1].sum())
    return float(np.nextafter(lots[np.argmin(missing), 0], 1.0)) if len(lots) else share
