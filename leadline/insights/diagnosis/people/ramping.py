"""How long new people take until they are given, and take, as many deals as those who have long been here.

Somebody's new deals in the months since the hire are Poisson's around weight x what a tenured person took in the same
time x g(month), where g climbs straight from START to 1 in so many months; weights are log-normal between people. The
likelihood of the months is integrated over each person's weight (Gauss-Hermite), so that a person who will never take
much is not taken for one who learns slowly.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from leadline.insights.diagnosis.people.mixes import first_owners
from leadline.insights.ledger.ledger import NOBODY, Flags, Floats, Ledger, Places, Revenue

MONTH = 30.4375  # days
TENURED = 365.25  # days here
WATCHED = 15  # months since the hire
START = 0.45  # of the full load in the first days
GRID = np.arange(0.5, 18.01, 0.25)  # months that a ramp may take
WEIGHTS = 0.3  # standard deviation of the logarithm of what people take
NODES, SHARES = np.polynomial.hermite_e.hermegauss(21)
FEWEST = 3  # people here for a year at the time
SAME_DAY = 1.0  # deals written down when they were over tell nothing of when they were taken on


@dataclass(frozen=True)
class Newcomers:
    """One row per person hired since the records began, with M months since the hire each.

    `taken` (P, M) new deals, `usual` (P, M) what a tenured person took in the same time; both 0 where not watched.
    """

    owner: Places
    hired: Floats
    taken: Floats
    usual: Floats

    def fit(self, chosen: Flags) -> Floats:
        """The log likelihood of each of GRID, of these people together."""
        found = np.zeros(len(GRID))
        for row in np.flatnonzero(chosen):
            found += _likelihood(self.taken[row], self.usual[row])
        return found


def newcomers(ledger: Ledger) -> Newcomers:
    """Everybody hired since the records began who was given new business, beside those who were tenured then."""
    deals, first = ledger.deals, first_owners(ledger)
    real = (deals.revenue == Revenue.NEW) & (first != NOBODY) & (deals.closed - deals.created >= SAME_DAY)
    real &= deals.created >= ledger.start
    given, when = first[real], deals.created[real]
    sellers = np.flatnonzero(np.bincount(given, minlength=len(ledger.staff.hired)) >= 1)
    hired, left = np.nan_to_num(ledger.staff.hired, nan=-np.inf), np.nan_to_num(ledger.staff.left, nan=np.inf)
    chosen = sellers[(hired[sellers] >= ledger.start) & (hired[sellers] < ledger.as_of - MONTH)]
    taken, usual = np.zeros((len(chosen), WATCHED)), np.zeros((len(chosen), WATCHED))
    sells = _sells(ledger, given)
    for row, person in enumerate(chosen):
        until = min(ledger.as_of, float(left[person]) - 7)
        for month in range(WATCHED):
            start = hired[person] + month * MONTH
            if start + MONTH > until:
                break
            there = sells & (hired <= start - TENURED) & (left >= start + MONTH + 7)
            if there.sum() < FEWEST:
                continue
            within = given[(when >= start) & (when < start + MONTH)]
            taken[row, month] = (within == person).sum()
            usual[row, month] = there[within].sum() / there.sum()
    return Newcomers(chosen.astype(np.int32), hired[chosen], taken, usual)


def _sells(ledger: Ledger, given: Places) -> Flags:
    """Who is given new deals as a matter of course: a quarter of what the middle person is, at the least."""
    counts = np.bincount(given, minlength=len(ledger.staff.hired)).astype(np.float64)
    some = counts[counts > 0]
    found: Flags = counts >= (np.median(some) / 4 if len(some) else 1.0)
    return found


def _likelihood(taken: Floats, usual: Floats) -> Floats:
    months = np.arange(len(taken)) + 0.5
    climb = START + (1 - START) * np.minimum(months[None, :] / GRID[:, None], 1.0)
    weight = np.exp(WEIGHTS * NODES)
    expected = (climb @ usual)[:, None] * weight[None, :]
    shape = np.log(climb) @ taken
    each = taken.sum() * np.log(weight)[None, :] - expected + np.log(SHARES / SHARES.sum())[None, :]
    most = each.max(axis=1, keepdims=True)
    found: Floats = shape + (most + np.log(np.exp(each - most).sum(axis=1, keepdims=True))).ravel()
    return found
