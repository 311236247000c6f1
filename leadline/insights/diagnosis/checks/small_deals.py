"""Won deals that are worth less than they were."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special, stats

from leadline.insights.diagnosis import evidence
from leadline.insights.diagnosis.changing import certain, looked_for, normal, short_of
from leadline.insights.diagnosis.finding import Act, Candidate, Place
from leadline.insights.diagnosis.missing import Missing
from leadline.insights.diagnosis.money import closed, put_back
from leadline.insights.fitted.fitted import Fitted
from leadline.insights.ledger.ledger import Floats, Ledger, Moments, Status

FEW = 30  # won deals with an amount
DRIFT = 0.03  # of normal scores: by how much times differ where nothing is wrong
MATTERS = 0.4  # on the logarithm: a fall that should not be overlooked


@dataclass(frozen=True)
class Won:
    """Deals won with an amount, its logarithm less what source and kind of money make of it, and its normal score."""

    closed: Moments
    value: Floats
    rest: Floats
    score: Floats
    freedom: float


@dataclass(frozen=True)
class Fall:
    """On the logarithm, with its error: later values less earlier ones."""

    effect: float
    error: float


def check(ledger: Ledger, fitted: Fitted | None) -> list[Candidate]:
    """One candidate. Ranks decide, so that no single large deal does (van der Waerden's scores)."""
    won = _won(ledger)

    def at(since: float) -> tuple[float, Fall]:
        after = won.closed >= since
        n, m = int(after.sum()), int((~after).sum())
        if n < 5 or m < 5:
            return -np.inf, Fall(0.0, np.inf)
        deviation = float(np.hypot(won.score.std(ddof=1) * np.sqrt(1 / n + 1 / m), DRIFT))
        z = float(won.score[~after].mean() - won.score[after].mean()) / deviation
        spread = float(won.rest.std(ddof=1)) * np.sqrt(1 / n + 1 / m)
        return normal(z, won.freedom), Fall(_between(won.rest[~after], won.rest[after]), float(spread))

    look = looked_for(ledger, won.closed, at)
    return [_candidate(ledger, fitted, won, look.since, (look.p, look.z), look.seen)]


def _won(ledger: Ledger) -> Won:
    deals = ledger.deals
    rows = np.flatnonzero((deals.status == Status.WON) & (deals.closed >= ledger.start) & (deals.value > 0))
    if len(rows) < FEW:
        raise Missing("wins" if (deals.status == Status.WON).sum() < FEW else "values", FEW - len(rows))
    value = deals.value[rows]
    rest, parts = _adjusted(np.log(value), deals.source[rows], deals.revenue[rows])
    if rest.std() < 1e-9:
        raise Missing("values")  # all alike: nothing to compare
    score = special.ndtri((stats.rankdata(rest) - 0.5) / len(rest))
    return Won(deals.closed[rows], value, rest, score, float(len(rows) - parts))


def _adjusted(log: Floats, *factors: NDArray[np.integer]) -> tuple[Floats, int]:
    """What least squares on the factors' levels leave, about its mean, and how many weights that took."""
    codes = [np.unique(factor, return_inverse=True)[1] for factor in factors]
    columns = [np.ones((len(log), 1)), *(np.eye(int(code.max()) + 1)[code][:, 1:] for code in codes)]
    design = np.concatenate(columns, axis=1)
    weights = np.linalg.lstsq(design, log, rcond=None)[0]
    rest: Floats = log - design @ weights
    return rest, design.shape[1]


def _between(before: Floats, after: Floats) -> float:
    """Later less earlier, by the middle of all pairs (Hodges and Lehmann 1963), of a thousand quantiles at the most."""
    at = (np.arange(200) + 0.5) / 200
    one, other = (each if len(each) <= len(at) else np.quantile(each, at) for each in (before, after))
    return float(np.median(other[None, :] - one[:, None]))


def _candidate(
    ledger: Ledger, fitted: Fitted | None, won: Won, since: float, found: tuple[float, float], fall: Fall
) -> Candidate:
    """`found` is p, and how many deviations."""
    after = won.closed >= since
    fact = evidence.median(
        "size", "money", won.value[after], won.value[~after], evidence.since(ledger, "deal_size", since)
    )
    error = 2 * float(won.rest.std(ddof=1)) / np.sqrt(len(won.rest))  # of a date in the middle
    more = short_of(closed(ledger), error, MATTERS)
    return Candidate(
        "small_deals",
        Place(),
        found[0],
        fall.effect,
        certain(found[1]),
        put_back(fitted, "size", max(0.0, -fall.effect), min(fall.error, 1.0)),
        (fact,) if fact else (),
        Act("deals", fact.opens if fact else None, "deal_size", fact.was if fact else None),
        since=since,
        enough=not more,
        more=more,
        apart=MATTERS / error,
    )
