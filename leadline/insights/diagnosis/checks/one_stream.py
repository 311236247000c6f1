"""Leads that come from one side only: other sources have dwindled, and all leads with them (R21)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from leadline.insights.diagnosis.arrivals import Arrivals, Level, arrivals, level
from leadline.insights.diagnosis.changing import certain, looked_for, short_of
from leadline.insights.diagnosis.finding import Act, Candidate, Fact, Opens, Place, Worth
from leadline.insights.diagnosis.missing import Missing
from leadline.insights.diagnosis.money import closed, put_back_all
from leadline.insights.fitted.fitted import Fitted
from leadline.insights.ledger.ledger import Ledger

DWINDLED = float(np.log(2))  # a source that brings less than half of what it did
MARGIN = 0.3  # on the log: the fall that is tested
MOST = 0.75  # of all leads: what is left on one side, from which on it is said
SEVERAL = 2  # sources that dwindled: one alone is a source to mend, not a stream to fear
MATTERS = 1.0  # on the log: a fall that should not be overlooked


@dataclass(frozen=True)
class Streams:
    """The change of each source and of all; which have dwindled; the share of the others before and after."""

    levels: list[Level]
    total: Level
    gone: tuple[int, ...]
    before: float
    after: float


def check(ledger: Ledger, fitted: Fitted | None) -> list[Candidate]:
    """One candidate: at least two sources fell (Benjamini and Heller 2008), and all leads did."""
    came = arrivals(ledger)
    known = [place for place, counts in enumerate(came.counts[:-1]) if counts.sum() > 0]
    if len(known) <= SEVERAL:
        raise Missing("sources")

    def at(since: float) -> tuple[float, Streams]:
        seen = _streams(came, known, since)
        return _deviations(came, seen), seen

    look = looked_for(ledger, came.starts, at)
    return [_candidate(ledger, fitted, came, look.since, (look.p, look.z), look.seen)]


def _streams(came: Arrivals, known: list[int], since: float) -> Streams:
    levels = [level(came, came.counts[place], since) for place in known]
    gone = [place for place, one in enumerate(levels) if one.effect < -DWINDLED]
    left = [one for place, one in enumerate(levels) if place not in gone]
    shares = [
        sum(getattr(one, side) for one in left) / max(1e-9, sum(getattr(one, side) for one in levels))
        for side in ("before", "after")
    ]
    total = level(came, came.counts.sum(axis=0), since)
    return Streams(levels, total, tuple(known[place] for place in gone), *shares)


def _deviations(came: Arrivals, seen: Streams) -> float:
    """The weaker of both: that at least two sources fell, and that all leads together did."""
    if len(seen.gone) < SEVERAL or seen.after < MOST or seen.after - seen.before < 0.1:
        return -np.inf
    freedom = came.weeks - 6
    falls = sorted(special.ndtr(-one.beyond(MARGIN, freedom)) for one in seen.levels)
    second = min(1.0, (len(falls) - 1) * float(falls[1]))
    return min(float(-special.ndtri(max(second, 1e-300))), seen.total.beyond(0.0, freedom))


def _candidate(
    ledger: Ledger, fitted: Fitted | None, came: Arrivals, since: float, found: tuple[float, float], seen: Streams
) -> Candidate:
    """`found` is p, and how many deviations."""
    weeks, all_weeks = seen.total.weeks, came.weeks
    metric, unit = ("leads_added", "leads") if came.leads else ("deals_added", "deals")
    opens = Opens(metric, "", {}, since, ledger.as_of - 1)
    n, was_n = round(seen.total.after * weeks), round(seen.total.before * (all_weeks - weeks))
    facts = (
        Fact("one_side", seen.after, "share", n=n, was=seen.before, was_n=was_n, opens=opens),
        Fact("a_week", seen.total.after, unit, n=n, was=seen.total.before, was_n=was_n, opens=opens),
    )
    more = short_of(closed(ledger), seen.total.error, MATTERS, found[1])
    return Candidate(
        "one_stream",
        Place(),
        found[0],
        seen.total.effect,
        certain(found[1]) if np.isfinite(found[1]) else 0.0,
        _worth(fitted, seen),
        facts,
        Act("source", opens, metric, float(np.round(seen.total.before * 13))),
        since=since,
        enough=not more,
        more=more,
        explains=("fewer_leads",),
    )


def _worth(fitted: Fitted | None, seen: Streams) -> Worth | None:
    """What the dwindled sources would bring if they came as before."""
    falls = {place: one for place, one in enumerate(seen.levels) if one.effect < -DWINDLED}
    return put_back_all(
        fitted,
        "leads",
        {place: (-one.effect, one.error) for place, one in zip(seen.gone, falls.values(), strict=True)},
    )
