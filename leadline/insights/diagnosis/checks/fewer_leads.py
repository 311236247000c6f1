"""A source from which fewer leads come than did."""

from __future__ import annotations

from typing import Any

import numpy as np

from leadline.insights.diagnosis.arrivals import Arrivals, Level, arrivals, level
from leadline.insights.diagnosis.changing import beginnings, certain, largest, searched, short_of
from leadline.insights.diagnosis.finding import Act, Candidate, Fact, Opens, Place
from leadline.insights.diagnosis.missing import Missing
from leadline.insights.diagnosis.money import booked, closed, lifted
from leadline.insights.ledger.ledger import Floats, Ledger

MARGIN = 0.10  # on the log: a fall by less is not looked for
MATTERS = 0.5  # a fall that should not be overlooked
FEWEST = 0.25  # a week: a source that hardly ever brought anything is no source to lose


def check(ledger: Ledger, fitted: Any) -> list[Candidate]:
    """One candidate for each source that leads came from."""
    came, dates = arrivals(ledger), beginnings(ledger)
    if not len(dates):
        raise Missing("history")
    found = []
    for source, counts in enumerate(came.counts[:-1]):
        if counts.sum() >= FEWEST * came.weeks:
            found.append(_candidate(ledger, came, dates, source, counts))
    return found


def fallen(came: Arrivals, counts: Floats, dates: Floats, margin: float = MARGIN) -> tuple[int, Level, float, float]:
    """(which date, the change there, how many deviations, p after the search) of a fall."""
    levels = [level(came, counts, date) for date in dates]
    z = np.array([one.beyond(margin, came.weeks - 6) for one in levels])
    best = largest(z)
    share = np.array([one.weeks for one in levels]) / came.weeks
    return best, levels[best], float(z[best]), searched(float(z[best]), share)


def _candidate(ledger: Ledger, came: Arrivals, dates: Floats, source: int, counts: Floats) -> Candidate:
    best, change, z, p = fallen(came, counts, dates)
    since = float(dates[best])
    own = ledger.deals.source == source
    before = booked(ledger, ledger.start, since, own)
    worth = lifted(before * np.exp(change.effect), -change.effect, change.error) if change.effect < 0 else None
    label = ledger.names["source"].labels[source]
    metric = "leads_added" if came.leads else "deals_added"
    after, weeks = float(change.after), change.weeks
    fact = Fact(
        "a_week",
        after,
        "leads" if came.leads else "deals",
        n=round(after * weeks),
        was=change.before,
        was_n=round(change.before * (came.weeks - weeks)),
        opens=Opens(metric, "", {"source": label}, since, ledger.as_of - 1),
    )
    more = short_of(closed(ledger), change.error, MATTERS, z)
    return Candidate(
        "fewer_leads",
        Place(source=source),
        p,
        change.effect,
        certain(z),
        worth,
        (fact,),
        Act("source", fact.opens, metric, change.before * 13),
        since=since,
        enough=not more,
        more=more,
    )
