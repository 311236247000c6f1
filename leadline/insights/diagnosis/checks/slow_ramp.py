"""The hires of the last year take longer to get going than those before them did (R23)."""

from __future__ import annotations

import numpy as np

from leadline.insights.diagnosis.finding import Act, Candidate, Fact, Opens, Place
from leadline.insights.diagnosis.missing import Missing
from leadline.insights.diagnosis.people.model import Interval, interval
from leadline.insights.diagnosis.people.ramping import GRID, Newcomers, newcomers
from leadline.insights.diagnosis.people.telling import rows
from leadline.insights.fitted.fitted import Fitted
from leadline.insights.ledger.ledger import Flags, Floats, Ledger, Status

YEAR = 365.25
USUAL, VAGUE = 4.0, 0.5  # months that a ramp ordinarily takes, and the standard deviation of its logarithm
MATTERS = 0.8  # on the log: a little more than twice as long ought to be seen
FEWEST = 5  # new deals of each group


def check(ledger: Ledger, fitted: Fitted | None) -> list[Candidate]:
    """The one question asked: p is the posterior probability that the ramp is no longer than it was.

    What is known beforehand of the earlier hires' ramp is little (USUAL, VAGUE), of the later ones' nothing.
    """
    if not np.isfinite(ledger.staff.hired).any():
        raise Missing("newcomers")
    found = newcomers(ledger)
    late: Flags = found.hired > ledger.as_of - YEAR
    now, before = found.usual[late].sum(), found.usual[~late].sum()
    if not now or not before or min(found.taken[late].sum(), found.taken[~late].sum()) < FEWEST:
        raise Missing("newcomers")
    lately = _chances(found.fit(late))
    earlier = _chances(found.fit(~late) - 0.5 * (np.log(GRID / USUAL) / VAGUE) ** 2)
    # Of both at the same months one half is longer.
    p = float((lately * (np.cumsum(earlier[::-1])[::-1] - earlier / 2)).sum())
    return [_candidate(ledger, found, late, lately, earlier, p)]


def _chances(heights: Floats) -> Floats:
    weights: Floats = np.exp(heights - heights.max())
    return np.asarray(weights / weights.sum())


def _candidate(ledger: Ledger, found: Newcomers, late: Flags, lately: Floats, earlier: Floats, p: float) -> Candidate:
    now, before = interval(GRID, lately), interval(GRID, earlier)
    doubt = float(np.sqrt(_variance(lately) + _variance(earlier)))
    closed = int(((ledger.deals.status == Status.WON) | (ledger.deals.status == Status.LOST)).sum())
    enough = p < 0.05 or doubt < MATTERS / 2
    return Candidate(
        "slow_ramp",
        Place(),
        p,
        float(np.log(now.value / before.value)),
        1 - p,
        None,
        _facts(ledger, found, late, now, before),
        Act("coaching", Opens("ramp"), "ramp", before.value),
        scope="people",
        enough=enough,
        more=0 if enough else max(1, round(closed * ((2 * doubt / MATTERS) ** 2 - 1))),
        apart=MATTERS / doubt,
    )


def _variance(chances: Floats) -> float:
    months = np.log(GRID)
    return float(chances @ months**2 - (chances @ months) ** 2)


def _facts(ledger: Ledger, found: Newcomers, late: Flags, now: Interval, before: Interval) -> tuple[Fact, ...]:
    taken = [round(float(found.taken[which].sum())) for which in (late, ~late)]
    deals = rows(np.isin(ledger.deals.owner, found.owner[late]) & (ledger.deals.created >= found.hired[late].min()))
    load = [float(found.taken[which].sum() / found.usual[which].sum()) for which in (late, ~late)]
    return (
        Fact("ramp_months", now.value, "months", taken[0], now.low, now.high, before.value, taken[1], Opens("ramp")),
        Fact("ramp_load", load[0], "share", taken[0], was=load[1], was_n=taken[1], deals=deals),
        Fact("ramp_hires", float(late.sum()), "number", was=float((~late).sum())),
    )
