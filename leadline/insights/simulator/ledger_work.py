"""Leads of a batch as the ledger has them, work on them and their deals, and all that touched either."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from leadline.insights.ledger.ledger import NEVER, Activities, Floats, Leads, LeadStatus, Touch, Touches
from leadline.insights.ledger.rows import stacked
from leadline.insights.simulator.cast import Cast
from leadline.insights.simulator.company import DAY, NOBODY, Batch, LeadStage
from leadline.insights.simulator.company import NEVER as NO_TIME
from leadline.insights.simulator.files.activities import in_office, kinds
from leadline.insights.simulator.ledger_deals import campaigns, moved, numbered
from leadline.insights.simulator.ledger_times import moments

Numbers = NDArray[np.int64]


def leads(cast: Cast, batch: Batch) -> Leads:
    """Each with its number as `id`, and its deal's. Files tell nothing of hand-overs."""
    some = batch.leads
    mql, sql, sal = path(batch)
    there = some.deal != NOBODY
    originator = some.originator.astype(np.int32)
    if there.any():
        own = batch.deals.originator[some.deal]
        originator = np.where((originator == NOBODY) & there, own, originator).astype(np.int32)
    return Leads(
        id=batch.first_lead + np.arange(len(some)),
        created=some.created / DAY,
        source=some.source.astype(np.int32),
        campaign=campaigns(cast, some.source, some.campaign),
        originator=originator,
        owner=some.owner.astype(np.int32),
        organization=some.account.astype(np.int64),
        responded=np.full(len(some), NEVER),  # found when the ledger is laid out
        mql=mql,
        sql=sql,
        sal=sal,
        handed=np.full(len(some), NEVER),
        closed=np.where(some.status == LeadStatus.OPEN, NEVER, moments(some.closed)),
        status=some.status.astype(np.int8),
        deal=numbered(some.deal, batch.first_deal),
    )


def path(batch: Batch) -> tuple[Floats, Floats, Floats]:
    """When each lead became an MQL, an SQL, an SAL or more: none before its creation, none after a later one."""
    some, found, later = batch.leads, [], np.full(len(batch.leads), NEVER)
    for stage, told in ((LeadStage.SAL, some.sal), (LeadStage.SQL, some.sql), (LeadStage.MQL, some.mql)):
        came = np.where(some.stage >= stage, moments(told), NEVER)
        later = np.minimum(later, came)
        found.append(np.maximum(later, some.created / DAY))
    return found[2], found[1], found[0]


def activities(batch: Batch, first: int) -> Activities:
    """Work on deals and leads; its kinds are told by its numbers from `first`, as in the files."""
    some = batch.activities
    done = some.done != NO_TIME
    due = np.where(done, some.due, in_office(some.due))
    return Activities(
        deal=numbered(some.deal, batch.first_deal),
        lead=numbered(some.lead, batch.first_lead),
        type=kinds(batch, first + np.arange(len(some))).astype(np.int32),
        owner=some.owner.astype(np.int32),
        created=some.created / DAY,
        due=np.where(some.due == NO_TIME, NEVER, due / DAY),
        done=moments(some.done),
    )


def touches(batch: Batch) -> Touches:
    """Work that was done, moves of deals after their creation, and steps of leads after theirs."""
    return stacked([_work(batch), _moves(batch), *_steps(batch)])


def _work(batch: Batch) -> Touches:
    some = batch.activities
    done = np.flatnonzero(some.done != NO_TIME)
    return Touches(
        numbered(some.deal[done], batch.first_deal),
        numbered(some.lead[done], batch.first_lead),
        some.done[done] / DAY,
        np.full(len(done), Touch.ACTIVITY, np.int8),
        some.owner[done].astype(np.int32),
    )


def _moves(batch: Batch) -> Touches:
    deal, at, actor = moved(batch)
    return Touches(
        numbered(deal, batch.first_deal),
        np.full(len(deal), NOBODY, np.int32),
        at / DAY,
        np.full(len(deal), Touch.MOVE, np.int8),
        actor.astype(np.int32),
    )


def _steps(batch: Batch) -> list[Touches]:
    """A lead whose last step has no time of its own came with it."""
    some, found, created = batch.leads, [], batch.leads.created / DAY
    told = dict(zip((LeadStage.MQL, LeadStage.SQL, LeadStage.SAL), path(batch), strict=True))
    for stage, at in told.items():
        own = np.flatnonzero((some.stage >= stage) & (at > created) & np.isfinite(at))
        nobody = np.full(len(own), NOBODY, np.int32)
        kind = np.full(len(own), Touch.MOVE, np.int8)
        found.append(Touches(nobody, numbered(own, batch.first_lead), at[own], kind, nobody))
    return found
