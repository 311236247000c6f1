"""Open deals with what each is expected to bring, and what speaks for it and against."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from leadline.insights.forecast.answer import OpenDeals
from leadline.insights.ledger.ledger import NEVER, NOBODY, Floats, Ledger
from leadline.insights.outlook.days import day_of
from leadline.insights.outlook.outlook import OpenDeal

MOST = 400  # that are kept: the rest together carries next to nothing
ENOUGH = 5  # open deals of a stage make a usual chance


def open_deals(ledger: Ledger, deals: OpenDeals) -> tuple[OpenDeal, ...]:
    """Those that carry most first."""
    if not len(deals):
        return ()
    order = np.argsort(-np.nan_to_num(np.maximum(deals.money, deals.money_in_quarter)), kind="stable")[:MOST]
    usual, waiting = _usual(deals), _waiting(ledger, deals.deal)
    quiet, pushes = _quiet(ledger, deals.deal), _pushes(ledger, deals.deal)
    source = ledger.deals.source[deals.deal]
    return tuple(
        OpenDeal(
            id=int(deals.id[at]),
            owner=_id(ledger, "owner", deals.owner[at]),
            source=_id(ledger, "source", source[at]),
            stage=_id(ledger, "stage", deals.stage[at]),
            value=float(deals.value[at]),
            chance=float(deals.won[at]),
            chance_in_quarter=float(deals.won_in_quarter[at]),
            money=float(deals.money[at]),
            money_in_quarter=float(deals.money_in_quarter[at]),
            likely=day_of(float(deals.likely[at])),
            expected=day_of(float(deals.expected[at])),
            usual=float(usual[at]),
            waiting=float(waiting[at]),
            quiet=float(quiet[at]),
            pushes=int(pushes[at]),
        )
        for at in order
    )


def _id(ledger: Ledger, name: str, place: int) -> int | None:
    return None if place == NOBODY else int(ledger.names[name].ids[place])


def _usual(deals: OpenDeals) -> Floats:
    """The mean chance of the open deals of the same stage; NaN where there are few."""
    stage = deals.stage - NOBODY
    counts = np.bincount(stage)
    means = np.bincount(stage, weights=deals.won) / np.maximum(counts, 1)
    return np.where(counts >= ENOUGH, means, np.nan)[stage]


def _waiting(ledger: Ledger, rows: NDArray[np.int32]) -> Floats:
    """Days since the deal came into its stage; NaN where that is not known."""
    visits = ledger.visits
    there = visits.left == NEVER
    since = np.full(len(ledger.deals), np.nan)
    since[visits.deal[there]] = visits.entered[there]
    return np.asarray(ledger.as_of - since[rows])


def _quiet(ledger: Ledger, rows: NDArray[np.int32]) -> Floats:
    """Days since anything was done about it; NaN where nothing ever was."""
    touches = ledger.touches
    latest = np.full(len(ledger.deals), -np.inf)
    about = touches.deal != NOBODY
    np.maximum.at(latest, touches.deal[about], touches.when[about])
    found = ledger.as_of - latest[rows]
    return np.where(np.isfinite(found), found, np.nan)


def _pushes(ledger: Ledger, rows: NDArray[np.int32]) -> NDArray[np.int64]:
    """How often its expected close was put off."""
    facts = ledger.expectations
    if len(facts) < 2:
        return np.zeros(len(rows), np.int64)
    later = (facts.deal[1:] == facts.deal[:-1]) & (facts.was[1:] > facts.was[:-1])
    return np.bincount(facts.deal[1:][later], minlength=len(ledger.deals))[rows]
