"""The file of stage changes: every stage a deal entered, pushes of its close date, changes of its amount, parking."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from leadline.insights.simulator.cast import Cast
from leadline.insights.simulator.columns import Whole, amounts, days, either, numbered, times
from leadline.insights.simulator.company import NEVER, Batch, Status
from leadline.insights.simulator.files.deals import stage_names

ENTERED, PUSHED, EDITED, PARKED = range(4)  # of one moment, in this order
NURTURE = "Nurture"  # the import takes it for what it is, and for no stage


def stage_changes(cast: Cast, batch: Batch) -> pa.Table:
    """In order of deal and time. The first row of a deal is where it began, with what was then believed of it.

    Amount and close date stand where they were set, the stage in every row.
    """
    deal, at, kind, row = _events(batch)
    order = np.lexsort((kind, at, deal))
    deal, at, kind, row = deal[order], at[order], kind[order], row[order]
    visit = np.maximum.accumulate(np.where(kind == ENTERED, np.arange(len(kind)), 0))
    stage = batch.visits.stage[row[visit]]
    begins = np.diff(deal, prepend=-1) != 0
    amount, expected = _set(batch, deal, kind, row, begins)
    actor = np.where(kind == ENTERED, batch.visits.actor[row[visit]], batch.deals.owner[deal])
    return pa.table(
        {
            "Deal ID": numbered("D", batch.first_deal + deal),
            "Stage": either(kind == PARKED, NURTURE, stage_names(cast, stage, batch.deals.revenue[deal])),
            "Time": times(at),
            "By": cast.emails(actor),
            "Amount": amounts(amount),
            "Close date": days(expected, expected == NEVER),
        }
    )


def _events(batch: Batch) -> tuple[Whole, Whole, Whole, Whole]:
    """(deal, moment, kind, place in its own table) of all that changed a deal."""
    deals = np.arange(len(batch.deals))
    visited = np.repeat(deals, np.diff(batch.visits.offsets))
    pushed = np.repeat(deals, np.diff(batch.pushes.offsets))
    parked = np.flatnonzero(batch.deals.status == Status.NURTURE)
    counts = (len(visited), len(pushed), len(batch.edits.deal), len(parked))
    return (
        np.concatenate([visited, pushed, batch.edits.deal, parked]),
        np.concatenate([batch.visits.entered, batch.pushes.at, batch.edits.at, batch.deals.closed[parked]]),
        np.repeat((ENTERED, PUSHED, EDITED, PARKED), counts),
        np.concatenate([np.arange(count) for count in counts]),
    )


def _set(batch: Batch, deal: Whole, kind: Whole, row: Whole, begins: Any) -> tuple[Any, Any]:
    """The amount and the close date that each row sets: not a number, NEVER where it sets none."""
    amount, expected = np.full(len(deal), np.nan), np.zeros(len(deal), np.int32)
    amount[begins] = batch.deals.first_amount[deal[begins]]
    expected[begins] = batch.deals.first_expected[deal[begins]]
    edited, pushed = kind == EDITED, kind == PUSHED
    amount[edited] = batch.edits.amount[row[edited]]
    expected[pushed] = batch.pushes.now[row[pushed]]
    return amount, expected
