"""The amounts in the records: typed, in several currencies, missing, corrected later."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from leadline.insights.simulator.company import Edits, Floats, Places, Status
from leadline.insights.simulator.draws import Lot
from leadline.insights.simulator.lives import Lives
from leadline.insights.simulator.parameters import CURRENCIES, CURRENCY_SHARE, EDITED, NO_AMOUNT
from leadline.insights.simulator.plan import Plan
from leadline.insights.simulator.traces import Traces
from leadline.insights.simulator.values import typed

RATE = np.array([currency.rate for currency in CURRENCIES])
FILLED_IN = 0.3  # of the corrections: there was no amount before
GUESS_SPREAD = 0.35  # of the logarithm, of what was typed first


@dataclass(frozen=True)
class Amounts:
    """One row a deal; NaN: none. `first` is what was typed at creation."""

    value: Floats
    currency: Places
    amount: Floats
    first: Floats


def amounts(plan: Plan, lives: Lives, traces: Traces, status: Places) -> Amounts:
    """What stands on each deal at the end."""
    draws = lives.draws
    currency = np.searchsorted(np.cumsum(CURRENCY_SHARE)[:-1], draws.lot(Lot.CURRENCY), side="right").astype(np.int16)
    rate = RATE[currency]
    won = status == Status.WON
    factor = np.where(won & plan.since(traces.closed), plan.forces.won_value, 1.0)
    amount = typed(lives.value * factor / rate)
    missing = draws.lot(Lot.NO_AMOUNT) < NO_AMOUNT[status]
    if plan.whale:
        ours = lives.key == plan.whale.key
        capped = won & (traces.closed >= plan.whale.since) & ~ours
        amount = np.where(capped, np.minimum(amount, np.floor(plan.whale.others / rate)), amount)
        amount = np.where(ours, np.round(plan.whale.value / rate), amount)
    amount = np.where(missing, np.nan, amount)
    return Amounts(amount * rate, currency, amount, _first(lives, traces, amount))


def edits(plan: Plan, lives: Lives, traces: Traces, money: Amounts) -> Edits:
    """The corrections: at some time while the deal was open."""
    lot = lives.draws.lot(Lot.EDITED_AT)
    deal = np.flatnonzero(np.isfinite(money.amount) & (money.first != money.amount))
    until = np.minimum(traces.closed, plan.span.days)[deal]
    at = traces.created[deal] + (0.05 + 0.9 * lot[deal]) * (until - traces.created[deal])
    return Edits(deal.astype(np.int64), plan.span.moments(at), money.amount[deal])


def _first(lives: Lives, traces: Traces, amount: Floats) -> Floats:
    """What was typed at creation: of some deals something else, or nothing; of late ones the amount itself."""
    lot = lives.draws.lot(Lot.EDITED)
    guess = typed(amount * np.exp(GUESS_SPREAD * lives.draws.stay[:, 0]))
    before = np.where(lot < EDITED * FILLED_IN, np.nan, guess)
    return np.where((lot < EDITED) & ~traces.late, before, amount)
