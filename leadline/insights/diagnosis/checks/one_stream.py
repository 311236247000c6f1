"""Leads that come from one side only: other sources have dwindled, and all leads with them (R21)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from leadline.insights.diagnosis import evidence
from leadline.insights.diagnosis.arrivals import Arrivals, Level, arrivals, level
from leadline.insights.diagnosis.changing import certain, looked_for
from leadline.insights.diagnosis.finding import Act, Candidate, Place, Worth
from leadline.insights.diagnosis.missing import Missing
from leadline.insights.diagnosis.money import put_back_all
from leadline.insights.fitted.fitted import Fitted
from leadline.insights.ledger.ledger import NOBODY, Ledger

DWINDLED = float(np.log(2))  # a source that brings less than half of what it did
MARGIN = 0.3  # on the log: the fall that is tested
MOST = 0.75  # of all leads: what is left on one side, from which on it is said
RISE, FALL = 0.1, 0.1  # of that share, and of all leads (on the log): without them nothing is said
SEVERAL = 2  # sources that dwindled: one alone is a source to mend, not a stream to fear


@dataclass(frozen=True)
class Streams:
    """The change of each known source and of all; which have dwindled, the smallest first; the share of the
    rest before and after; by how many deviations those that dwindled beside the largest fell.
    """

    known: list[int]
    levels: list[Level]
    total: Level
    gone: tuple[int, ...]
    before: float
    after: float
    others: float


def check(ledger: Ledger, fitted: Fitted | None) -> list[Candidate]:
    """One candidate: more than one source fell, and all leads with them."""
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
    levels = [level(came, came.counts[place], since, MARGIN) for place in known]
    gone = [place for place, one in enumerate(levels) if one.effect < -DWINDLED]
    left = [one for place, one in enumerate(levels) if place not in gone]
    before, after = (
        sum(getattr(one, side) for one in left) / max(1e-9, sum(getattr(one, side) for one in levels))
        for side in ("before", "after")
    )
    total = level(came, came.counts.sum(axis=0), since)
    lost = sorted((known[place] for place in gone), key=lambda place: came.counts[place].sum())
    return Streams(known, levels, total, tuple(lost), before, after, _others(came, known, lost[:-1], since))


def _others(came: Arrivals, known: list[int], lost: list[int], since: float) -> float:
    """By how many deviations those that dwindled beside the largest fell together, whichever they had been."""
    if not lost:
        return -np.inf
    z = level(came, came.counts[lost].sum(axis=0), since, MARGIN).z
    p = min(1.0, (len(known) - 1) * float(special.ndtr(-z)))
    return float(-special.ndtri(max(p, 1e-300)))


def _deviations(came: Arrivals, seen: Streams) -> float:
    """That more than one source fell; and all leads did, and what is left is nearly all."""
    if len(seen.gone) < SEVERAL or seen.after < MOST or seen.after - seen.before < RISE:
        return -np.inf
    return seen.others if seen.total.effect < -FALL else -np.inf


def _candidate(
    ledger: Ledger, fitted: Fitted | None, came: Arrivals, since: float, found: tuple[float, float], seen: Streams
) -> Candidate:
    """`found` is p, and how many deviations."""
    weeks, all_weeks = seen.total.weeks, came.weeks
    metric, unit = ("leads_added", "leads") if came.leads else ("deals_added", "deals")
    opens = evidence.since(ledger, metric, since)
    n, was_n = round(seen.total.after * weeks), round(seen.total.before * (all_weeks - weeks))
    facts = (
        evidence.share("one_side", (seen.after * n, n), (seen.before * was_n, was_n), opens),
        evidence.level("a_week", unit, (seen.total.after, seen.total.doubt, n), (seen.total.before, was_n), opens),
    )
    left = [(one.after, place) for place, one in zip(seen.known, seen.levels, strict=True) if place not in seen.gone]
    return Candidate(
        "one_stream",
        Place(source=max(left)[1] if left else NOBODY),
        found[0],
        seen.total.effect,
        certain(found[1]) if np.isfinite(found[1]) else 0.0,
        _worth(fitted, seen),
        facts,
        Act("source", opens, metric, float(np.round(seen.total.before * 13))),
        since=since,
        explains=("fewer_leads",),
    )


def _worth(fitted: Fitted | None, seen: Streams) -> Worth | None:
    """What the dwindled sources would bring if they came as before."""
    fell = {place: one for place, one in zip(seen.known, seen.levels, strict=True) if place in seen.gone}
    return put_back_all(fitted, "leads", {place: (-one.effect, one.error) for place, one in fell.items()})
