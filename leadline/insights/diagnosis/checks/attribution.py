"""Leads credited to people who did nothing about them before they were there (R20)."""

from __future__ import annotations

import numpy as np
from scipy import special

from leadline.insights.diagnosis.company_days import days
from leadline.insights.diagnosis.finding import Act, Candidate, Fact, Opens, Place
from leadline.insights.diagnosis.missing import Missing
from leadline.insights.diagnosis.people.telling import label, share
from leadline.insights.fitted.fitted import Fitted
from leadline.insights.ledger.ledger import NOBODY, Flags, Ledger, Places

EXPECTED = 0.1  # of a source's leads have a trace before creation: then one without is missed
ORDINARY = 0.12  # of leads that were made by somebody, this many may lack what was written first
FEWEST = 10  # leads of a source


def check(ledger: Ledger, fitted: Fitted | None) -> list[Candidate]:
    """The source with the clearest contradiction; p minds how many sources were looked at."""
    leads = ledger.leads
    if not len(leads):
        raise Missing("leads", FEWEST)
    if not np.isfinite(ledger.activities.done).any():
        raise Missing("activities")
    credited = (leads.originator != NOBODY) & (leads.source != NOBODY) & np.isfinite(leads.created)
    own = traced(ledger)
    width = len(ledger.names["source"])
    n = np.bincount(leads.source[credited], minlength=width)
    missing = np.bincount(leads.source[credited & ~own], minlength=width)
    asked = np.flatnonzero((n >= FEWEST) & (n - missing >= EXPECTED * n))
    if not len(asked):
        raise Missing("activities")
    # The chance of so many without a trace, where as many as are ordinary lack one (binomial).
    p = np.where(
        missing[asked] > 0, special.betainc(np.maximum(missing[asked], 1), n[asked] - missing[asked] + 1, ORDINARY), 1.0
    )
    best = int(np.argmin(p))
    source = int(asked[best])
    found = float(-np.expm1(len(asked) * np.log1p(-min(float(p[best]), 1 - 1e-12))))
    return [_candidate(ledger, source, credited & (leads.source == source), own, found)]


def traced(ledger: Ledger) -> Flags:
    """Which leads the originator did something about by their creation; of a creation without a time, on its day."""
    leads, work = ledger.leads, ledger.activities
    by = np.where(days(ledger, leads.created) == days(ledger, leads.created - 1e-5), leads.created, leads.created + 1)
    found = np.zeros(len(leads), dtype=bool)
    became = np.full(len(ledger.deals) + 1, NOBODY, np.int64)
    rows = np.flatnonzero(leads.deal != NOBODY)[::-1]
    became[leads.deal[rows]] = rows
    for lead in (work.lead, became[work.deal]):
        about = np.flatnonzero(lead != NOBODY)
        of = lead[about]
        early = (work.done[about] <= by[of]) & (work.owner[about] == leads.originator[of])
        found[of[early]] = True
    return found


def _candidate(ledger: Ledger, source: int, chosen: Flags, own: Flags, p: float) -> Candidate:
    name = label(ledger, "source", source)
    n, k = int(chosen.sum()), int((chosen & ~own).sum())
    opens = Opens("misattribution", "numerator", {"source": name})
    facts = [share("without_trace", k, n, None, opens), *_by_person(ledger, chosen, own, name)]
    return Candidate(
        "attribution",
        Place(source=source),
        p,
        float(np.log((k + 0.5) / (n - k + 0.5)) - np.log(ORDINARY / (1 - ORDINARY))),
        1 - p,
        None,
        tuple(facts),
        Act("source", opens, "misattribution", ORDINARY),
    )


def _by_person(ledger: Ledger, chosen: Flags, own: Flags, name: str | None) -> list[Fact]:
    """Who is credited with most of them."""
    originator: Places = ledger.leads.originator
    people, counts = np.unique(originator[chosen & ~own], return_counts=True)
    if not len(people):
        return []
    person = int(people[np.argmax(counts)])
    theirs = chosen & (originator == person)
    rest = chosen & ~theirs
    opens = Opens("misattribution", "numerator", {"source": name, "originator": label(ledger, "owner", person)})
    held = float((rest & ~own).sum()), float(rest.sum())
    return [share("without_trace_most", float((theirs & ~own).sum()), float(theirs.sum()), held, opens)]
