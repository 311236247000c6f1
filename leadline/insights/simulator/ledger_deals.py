"""Deals of a batch as the ledger has them: how they stand at the end, their stays in stages, what changed on them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from leadline.insights.derived.undone import MINUTES, Move, undone
from leadline.insights.ledger.ledger import NEVER, Deals, Facts, Flags, Floats, Status, Visits
from leadline.insights.ledger.rows import stacked
from leadline.insights.simulator.cast import Cast
from leadline.insights.simulator.company import DAY, NOBODY, Batch
from leadline.insights.simulator.files.deals import goods
from leadline.insights.simulator.ledger_times import at, dates

CENTS, PARTS = 100, 10_000  # rates have four places


def deals(cast: Cast, batch: Batch) -> Deals:
    """Each with its number as `id`, and its lead's. What its row leaves open it has from its lead, as in the import."""
    some, lead = batch.deals, batch.deals.lead
    led = lead != NOBODY
    source, originator = some.source.astype(np.int32), some.originator.astype(np.int32)
    campaign = campaigns(cast, some.source, some.campaign)
    if led.any():
        leads = batch.leads
        source = _inherited(source, leads.source, lead)
        originator = _inherited(originator, leads.originator, lead)
        campaign = _inherited(campaign, campaigns(cast, leads.source, leads.campaign), lead)
    numbers = batch.first_deal + np.arange(len(some))
    return Deals(
        id=numbers,
        created=some.created / DAY,
        closed=np.where(some.status == Status.OPEN, NEVER, some.closed / DAY),
        status=some.status.astype(np.int8),
        pipeline=np.zeros(len(some), np.int32),
        stage=some.stage.astype(np.int32),
        owner=some.owner.astype(np.int32),
        originator=originator,
        source=source,
        campaign=campaign,
        organization=some.account.astype(np.int64),
        person=(some.contact != NOBODY) | led,
        revenue=some.revenue.astype(np.int8),
        value=in_base(cast, batch, np.arange(len(some)), some.amount),
        expected=dates(some.expected),
        lead=numbered(lead, batch.first_lead),
        lost_reason=np.where(some.status == Status.LOST, some.lost_reason, NOBODY).astype(np.int32),
        title_key=_titles(batch, numbers),
    )


def visits(batch: Batch) -> Visits:
    """Stays in stages: a move undone at once is none, nor is one with another at the same moment."""
    deal = np.repeat(np.arange(len(batch.deals)), np.diff(batch.visits.offsets))
    stage, entered = batch.visits.stage.astype(np.int32), batch.visits.entered
    stays = ~_followed(deal, entered) & ~_same(deal, stage)
    deal, stage, entered, actor = deal[stays], stage[stays], entered[stays], batch.visits.actor[stays]
    stays = _standing(deal, stage, entered, actor)
    deal, stage, entered = deal[stays], stage[stays], entered[stays]
    last = np.append(deal[1:] != deal[:-1], True)[: len(deal)]
    left = np.append(entered[1:], 0)[: len(deal)] / DAY
    closed = np.where(batch.deals.status == Status.OPEN, NEVER, batch.deals.closed / DAY)
    return Visits(
        numbered(deal, batch.first_deal),
        stage,
        entered / DAY,
        np.where(last, closed[deal], left),
        batch.deals.owner[deal].astype(np.int32),
    )


def moved(batch: Batch) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int16]]:
    """(deal, moment, actor) of every recorded move to another stage after the creation, undone ones among them."""
    deal = np.repeat(np.arange(len(batch.deals)), np.diff(batch.visits.offsets))
    moved = np.append(False, deal[1:] == deal[:-1])[: len(deal)] & ~_same(deal, batch.visits.stage)
    moved &= batch.visits.entered > batch.deals.created[deal]
    return deal[moved], batch.visits.entered[moved], batch.visits.actor[moved]


def values(cast: Cast, batch: Batch) -> Facts:
    """What was typed first, and the correction."""
    edited = batch.edits.deal
    first = batch.deals.first_amount
    return _told(
        batch,
        in_base(cast, batch, np.arange(len(batch.deals)), first),
        [(edited, batch.edits.at, in_base(cast, batch, edited, batch.edits.amount))],
    )


def expectations(batch: Batch) -> Facts:
    """The close date expected first, and each push."""
    pushed = np.repeat(np.arange(len(batch.deals)), np.diff(batch.pushes.offsets))
    return _told(batch, dates(batch.deals.first_expected), [(pushed, batch.pushes.at, dates(batch.pushes.now))])


def owners(batch: Batch) -> Facts:
    """Files tell of the owner only as of now."""
    return _told(batch, batch.deals.owner.astype(np.float64), [])


def statuses(batch: Batch) -> Facts:
    """Open, then how it ended."""
    over = np.flatnonzero(batch.deals.status != Status.OPEN)
    ends = (over, batch.deals.closed[over], batch.deals.status[over].astype(np.float64))
    return _told(batch, np.zeros(len(batch.deals)), [ends])


def campaigns(cast: Cast, source: NDArray[np.int16], campaign: NDArray[np.int16]) -> NDArray[np.int32]:
    """Places of campaigns among those of all sources."""
    first = np.cumsum([0, *(len(names) for names in cast.campaigns)])
    empty = (source == NOBODY) | (campaign == NOBODY)
    return np.where(empty, NOBODY, first[source] + campaign).astype(np.int32)


def in_base(cast: Cast, batch: Batch, deal: NDArray[np.int64], amount: Floats) -> Floats:
    """Whole amounts of deals in the base currency, to the cent, half to even as in the import; NaN where unknown."""
    rates = np.rint(np.array([one.rate for one in cast.company.currencies]) * PARTS).astype(np.int64)
    told = np.nan_to_num(amount).astype(np.int64) * rates[batch.deals.currency[deal]]
    cents, rest = np.divmod(told, PARTS // CENTS)
    cents += (2 * rest > CENTS) | ((2 * rest == CENTS) & (cents % 2 == 1))
    return np.where(np.isnan(amount), np.nan, cents / CENTS)


def numbered(places: NDArray[np.int64], first: int) -> NDArray[np.int32]:
    """The numbers of the deals or leads at these places of a batch; NOBODY stays what it is."""
    return np.where(places == NOBODY, NOBODY, first + places).astype(np.int32)


def _told(batch: Batch, first: Floats, later: Sequence[tuple[NDArray[np.int64], NDArray[np.int64], Floats]]) -> Facts:
    begins = Facts(numbered(np.arange(len(batch.deals)), batch.first_deal), batch.deals.created / DAY, first)
    return stacked([begins, *(Facts(numbered(deal, batch.first_deal), at / DAY, was) for deal, at, was in later)])


def _inherited(own: NDArray[np.int32], leads: NDArray[np.integer[Any]], lead: NDArray[np.int64]) -> NDArray[np.int32]:
    return np.where((own == NOBODY) & (lead != NOBODY), leads[lead], own).astype(np.int32)


def _titles(batch: Batch, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """A title names the firm, no two of which are called the same, and what is sold."""
    _product, _quantity, short = goods(batch.deals, numbers)
    words = np.asarray(short.dictionary_encode().indices, np.int64)
    return batch.deals.account * 1000 + words


def _followed(deal: NDArray[np.int64], at: NDArray[np.int64]) -> Flags:
    """Rows with another one of the same deal at the same moment behind them."""
    return np.append((deal[1:] == deal[:-1]) & (at[1:] == at[:-1]), False)[: len(deal)]


def _same(deal: NDArray[np.int64], stage: NDArray[np.integer[Any]]) -> Flags:
    """Rows of the same deal and stage as the one before."""
    return np.append(False, (deal[1:] == deal[:-1]) & (stage[1:] == stage[:-1]))[: len(deal)]


def _standing(
    deal: NDArray[np.int64], stage: NDArray[np.int32], entered: NDArray[np.int64], actor: NDArray[np.int16]
) -> Flags:
    """All but what was undone at once; only deals that were back within minutes are looked at one by one."""
    found = np.ones(len(deal), bool)
    back = (deal[2:] == deal[:-2]) & (stage[2:] == stage[:-2]) & (entered[2:] - entered[1:-1] <= MINUTES * 60)
    for one in np.unique(deal[2:][back]).tolist():
        begin, end = np.searchsorted(deal, one), np.searchsorted(deal, one, "right")
        moves = (
            Move(one, seq, str(stage[seq]), at(int(entered[seq])), None if actor[seq] < 0 else int(actor[seq]))
            for seq in range(int(begin), int(end))
        )
        for _deal, seq in undone(moves):
            found[seq] = False
    return found
