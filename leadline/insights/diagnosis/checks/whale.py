"""One deal on which the last year's bookings rest, larger than the other sizes would let one expect (R22)."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from leadline.insights.diagnosis.finding import Act, Candidate, Fact, Opens, Place
from leadline.insights.diagnosis.missing import Missing
from leadline.insights.fitted.fitted import Fitted
from leadline.insights.ledger.ledger import Floats, Ledger, Status

YEAR = 365.25
FEWEST = 20  # won deals with a value in the year
TAIL = 0.05  # the largest of all deals, from which the tail of sizes is learnt; TAIL_FEWEST of them at the least
TAIL_FEWEST = 10
LENT, INDEX = 40.0, 2.5  # large deals that the tail is lent, and the index of Pareto's law they would have
MATTERS = 0.15  # of the year's bookings


def check(ledger: Ledger, fitted: Fitted | None) -> list[Candidate]:
    """The largest deal of the trailing year.

    The sizes of all other deals above their 95th percentile follow Pareto's law (Hill 1975); with its index unsure the
    chance that a size is above x is share * (1 + log(x / u) / S)^-k (gamma posterior of the index), and p that the
    largest of so many wins is. A share below MATTERS is no finding.
    """
    deals = ledger.deals
    year = max(ledger.as_of - YEAR, ledger.start)
    won = np.flatnonzero((deals.status == Status.WON) & (deals.closed >= year) & (deals.value > 0))
    if len(won) < FEWEST:
        raise Missing("wins", FEWEST - len(won))
    largest = int(won[np.argmax(deals.value[won])])
    value, total = float(deals.value[largest]), float(deals.value[won].sum())
    rest = np.flatnonzero((deals.value > 0) & (np.arange(len(deals)) != largest))
    p = 1 - (1 - above(value, deals.value[rest])) ** len(won) if value / total >= MATTERS else 1.0
    return [_candidate(ledger, won, largest, value, total, year, p)]


def above(value: float, sizes: Floats) -> float:
    """The chance that another size is above a value."""
    ordered = np.sort(sizes)[::-1]
    count = min(max(TAIL_FEWEST, round(TAIL * len(ordered))), len(ordered) - 1)
    if count < 1 or value <= ordered[count]:
        return float((sizes >= value).mean())
    start = float(ordered[count])
    reach = float(np.log(ordered[:count] / start).sum()) + LENT / INDEX
    return float(count / len(ordered) * (1 + math.log(value / start) / reach) ** -(count + LENT))


def _candidate(
    ledger: Ledger, won: NDArray[np.intp], largest: int, value: float, total: float, year: float, p: float
) -> Candidate:
    values = np.sort(ledger.deals.value[won])[::-1]
    opens = Opens("effective_deals", "", {}, year, ledger.as_of - 1)
    following = float(values[1] / total)
    facts = (
        Fact("largest_share", value / total, "share", len(won), was=following, was_n=1, opens=opens, deals=(largest,)),
        Fact("without_largest", total - value, "money", len(won) - 1, was=total, was_n=len(won), opens=opens),
        Fact("effective_deals", float(total**2 / (values**2).sum()), "deals", len(won), opens=opens),
    )
    return Candidate(
        "whale",
        Place(),
        float(p),
        math.log(value / float(values[1])),
        float(1 - p),
        None,
        facts,
        Act("targets", opens, "effective_deals"),
        since=float(ledger.deals.closed[largest]),
    )
