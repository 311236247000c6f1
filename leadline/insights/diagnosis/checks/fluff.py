"""A pipeline filled under pressure: in the last days of quarters come deals behind which there is nothing (R19)."""

from __future__ import annotations

import numpy as np
from scipy import stats

from leadline.insights.diagnosis.company_days import days, last_days
from leadline.insights.diagnosis.finding import Act, Candidate, Opens, Place
from leadline.insights.diagnosis.missing import Missing
from leadline.insights.diagnosis.people.telling import rows, share
from leadline.insights.fitted.fitted import Fitted
from leadline.insights.ledger.ledger import NEVER, NOBODY, Flags, Ledger, Status

LAST_DAYS = 10  # of a quarter
RIPE = 21.0  # days that a deal had to be worked on
SIGNS = 2  # besides that nothing was ever done: nobody on the other side, no lead, the date pushed, a usual value
OFTEN = 10  # deals of one value, and that many times the mean of how often a value comes, make it a usual one
FEWEST = 30  # deals in the last days of quarters
MATTERS = 0.03  # of the deals of those days: fewer are not worth a word


def check(ledger: Ledger, fitted: Fitted | None) -> list[Candidate]:
    """Hollow deals among those created in the last days of quarters, against those of all other days (Fisher 1935)."""
    deals = ledger.deals
    if not np.isfinite(ledger.activities.done).any():
        raise Missing("activities")
    asked = (deals.created >= ledger.start) & (deals.created < ledger.as_of - RIPE)
    late = last_days(ledger, days(ledger, deals.created), LAST_DAYS) & asked
    n, n_rest = int(late.sum()), int((asked & ~late).sum())
    if n < FEWEST or n_rest < FEWEST:
        raise Missing("deals", FEWEST)
    empty = hollow(ledger)
    k, k_rest = int((empty & late).sum()), int((empty & asked & ~late).sum())
    p = float(stats.hypergeom.sf(k - 1, n + n_rest, k + k_rest, n)) if k / n - k_rest / n_rest > MATTERS else 1.0
    return [_candidate(ledger, empty, late, (k, n), (k_rest, n_rest), p)]


def hollow(ledger: Ledger) -> Flags:
    """Deals about which nothing was ever done, with SIGNS more signs that there is nothing behind them."""
    deals = ledger.deals
    signs = (~deals.person).astype(np.int64) + (deals.lead == NOBODY) + _usual(ledger) + _pushed(ledger)
    found: Flags = ~_worked(ledger) & (signs >= SIGNS) & (deals.status != Status.WON)
    return found


def _worked(ledger: Ledger) -> Flags:
    found = np.zeros(len(ledger.deals), dtype=bool)
    work = ledger.activities
    found[work.deal[(work.deal != NOBODY) & (work.done < NEVER)]] = True
    return found


def _pushed(ledger: Ledger) -> Flags:
    facts = ledger.expectations
    found = np.zeros(len(ledger.deals), dtype=bool)
    later = (facts.deal[1:] == facts.deal[:-1]) & (facts.was[1:] > facts.was[:-1])
    found[facts.deal[1:][later]] = True
    return found


def _usual(ledger: Ledger) -> Flags:
    """Deals whose value is one that comes far more often than others."""
    known = np.isfinite(ledger.deals.value)
    if not known.any():
        return known
    _values, place, times = np.unique(ledger.deals.value[known], return_inverse=True, return_counts=True)
    often = (times >= OFTEN) & (times >= OFTEN * times.mean())
    found = np.zeros(len(known), dtype=bool)
    found[known] = often[place.ravel()]
    return found


def _candidate(
    ledger: Ledger, empty: Flags, late: Flags, own: tuple[int, int], rest: tuple[int, int], p: float
) -> Candidate:
    there = np.flatnonzero(empty & late)
    still = empty & late & (ledger.deals.status == Status.OPEN)
    opens = Opens("fluff_share")
    facts = (
        share("hollow_at_quarter_end", *own, rest, deals=rows(empty & late)),
        share("hollow_open", float(still.sum()), float((ledger.deals.status == Status.OPEN).sum()), None, opens),
    )
    return Candidate(
        "fluff",
        Place(),
        p,
        float(np.log((own[0] + 0.5) / (own[1] + 1)) - np.log((rest[0] + 0.5) / (rest[1] + 1))),
        1 - p,
        None,
        facts,
        Act("deals", opens, "fluff_share"),
        since=float(ledger.deals.created[there[0]]) if len(there) else None,
    )
