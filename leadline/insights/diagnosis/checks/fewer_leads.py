"""A source from which fewer leads come than did."""

from __future__ import annotations

import numpy as np

from leadline.insights.diagnosis import evidence
from leadline.insights.diagnosis.arrivals import Arrivals, Level, arrivals, level
from leadline.insights.diagnosis.changing import Look, certain, looked_for, short_of
from leadline.insights.diagnosis.finding import Act, Candidate, Place
from leadline.insights.diagnosis.missing import Missing
from leadline.insights.diagnosis.money import closed, put_back_all
from leadline.insights.fitted.fitted import Fitted
from leadline.insights.ledger.ledger import NOBODY, Floats, Ledger

MARGIN = 0.10  # on the log: a fall by less is not looked for
MATTERS = 0.6  # a fall that should not be overlooked
FEWEST = 0.25  # a week: a source that hardly ever brought anything is no source to lose


def check(ledger: Ledger, fitted: Fitted | None) -> list[Candidate]:
    """One candidate for each source that leads came from; where no source is recorded, one of all that comes."""
    came = arrivals(ledger)
    if not came.counts[:-1].any() and came.counts[-1].sum() >= FEWEST * came.weeks:
        return [_candidate(ledger, fitted, came, NOBODY)]
    sources = [one for one, counts in enumerate(came.counts[:-1]) if counts.sum() >= FEWEST * came.weeks]
    if not sources:
        raise Missing("sources")
    return [_candidate(ledger, fitted, came, one) for one in sources]


def fallen(ledger: Ledger, came: Arrivals, counts: Floats, margin: float = MARGIN) -> Look[Level]:
    """The fall of counts (W,) by more than the margin, where it shows most."""

    def at(since: float) -> tuple[float, Level]:
        found = level(came, counts, since, margin)
        return found.z, found

    return looked_for(ledger, came.starts, at)


def _candidate(ledger: Ledger, fitted: Fitted | None, came: Arrivals, source: int) -> Candidate:
    look = fallen(ledger, came, came.counts[source])
    change, weeks = look.seen, look.seen.weeks
    metric = "leads_added" if came.leads else "deals_added"
    label = {} if source == NOBODY else {"source": ledger.names["source"].labels[source]}
    opens = evidence.since(ledger, metric, look.since, label)
    n, was_n = round(change.after * weeks), round(change.before * (came.weeks - weeks))
    unit = "leads" if came.leads else "deals"
    fact = evidence.level("a_week", unit, (change.after, change.doubt, n), (change.before, was_n), opens)
    more = short_of(closed(ledger), change.error, MATTERS)
    return Candidate(
        "fewer_leads",
        Place(source=source),
        look.p,
        change.effect,
        certain(look.z),
        put_back_all(fitted, "leads", {source: (max(0.0, -change.effect), change.error)}),
        (fact,),
        Act("deals" if source == NOBODY else "source", opens, metric, float(np.round(change.before * 13))),
        since=look.since,
        enough=not more,
        more=more,
        apart=MATTERS / max(change.error, 1e-9),
    )
