"""A person who converts less because of what they are given, not of what they do with it (R18)."""

from __future__ import annotations

from typing import Any

import numpy as np

from leadline.insights.diagnosis.finding import Act, Candidate, Fact, Opens, Place
from leadline.insights.diagnosis.missing import Missing
from leadline.insights.diagnosis.people.everyone import everyone
from leadline.insights.diagnosis.people.mixes import Mixes, mixes, weaker
from leadline.insights.diagnosis.people.outliers import tails
from leadline.insights.diagnosis.people.telling import here, label, share
from leadline.insights.fitted.fitted import Fitted
from leadline.insights.ledger.ledger import Ledger

ORDINARY, VAGUE = 0.35, 0.5  # spread between people of the log odds of one source, and of that spread's logarithm
MATTERS = -0.10  # a mix that costs less than a tenth of the wins is none to speak of
WINS = 10  # in all, below which no source can be called weak


def check(ledger: Ledger, fitted: Fitted | None) -> list[Candidate]:
    """The person here whose mix costs most beyond what people's mixes ordinarily differ by.

    Two things must be so, and p is the larger chance of the two (intersection and union: Berger 1982): the mix is not
    an ordinary one (after the search over people), and the sources they have more of are worse in others' hands.
    """
    if len(ledger.names["source"]) < 2:
        raise Missing("sources")
    found = mixes(ledger)
    if len(found.owner) < 3:
        raise Missing("people")
    if found.won.sum() < WINS:
        raise Missing("wins", WINS - int(found.won.sum()))
    own, others = _raw(found)
    speaks = here(ledger, found.owner) & (found.cost < MATTERS) & (own < others)
    row = int(np.argmin(np.where(speaks, found.cost, np.inf)))
    return [_candidate(ledger, found, row, _chance(ledger, found, row) if speaks[row] else 1.0)]


def _chance(ledger: Ledger, found: Mixes, row: int) -> float:
    """Of a mix as far from the others', after the search over people and sources, and of sources no weaker than that.

    How people's mixes ordinarily differ is learnt from the others as if this person had never been here.
    """
    source = found.source(row)
    value, doubt = found.apart(source)
    rest, noise = found.without(row).apart(source)
    owner = np.append(np.arange(len(rest)), len(rest)).astype(np.int32)
    _, high = tails(owner, np.append(rest, value[row]), np.append(noise, doubt[row]), ORDINARY, VAGUE)
    unlike = -np.expm1(found.share.size * np.log1p(-min(float(high[-1]), 1 - 1e-12)))
    return float(max(unlike, weaker(everyone(ledger).cases, source)))


def _raw(found: Mixes) -> tuple[Any, Any]:
    """(own win rate, the others') as they are, of each person."""
    won, decided = found.won.sum(axis=1), found.decided.sum(axis=1)
    return won / np.maximum(decided, 1), (won.sum() - won) / np.maximum(decided.sum() - decided, 1)


def _candidate(ledger: Ledger, found: Mixes, row: int, p: float) -> Candidate:
    person, source = int(found.owner[row]), found.source(row)
    facts = _facts(ledger, found, row, source)
    return Candidate(
        "mix",
        Place(source=source, person=person),
        p,
        float(found.cost[row]),
        1 - min(p, 1.0),
        None,
        facts,
        Act("source", facts[0].opens, "source_share", float(found.others[row, source])),
        scope="mix",
        explains=("weak_person",),
    )


def _facts(ledger: Ledger, found: Mixes, row: int, source: int) -> tuple[Fact, ...]:
    who, stream = label(ledger, "owner", int(found.owner[row])), label(ledger, "source", source)
    given = found.given.sum() - found.given[row]
    own = found.share[row, source] * found.given[row], found.given[row]
    team = found.others[row, source] * given, given
    won, decided = found.won.sum(axis=1), found.decided.sum(axis=1)
    rest = won.sum() - won[row], decided.sum() - decided[row]
    weak = found.won[:, source].sum(), found.decided[:, source].sum()
    as_given = float((found.decided[row] * found.rate[row]).sum() / max(decided[row], 1))
    return (
        share("weak_source_share", *own, team, Opens("deals_added", "", {"owner": who, "source": stream})),
        share("own_win_rate", won[row], decided[row], rest, Opens("win_rate", "", {"owner": who})),
        Fact("expected_win_rate", as_given, "share", round(decided[row]), opens=_adjusted(who)),
        share("source_win_rate", *weak, (won.sum() - weak[0], decided.sum() - weak[1]), _of_source(stream)),
    )


def _adjusted(who: str | None) -> Opens:
    return Opens("adjusted_win_rate", "", {"owner": who})


def _of_source(name: str | None) -> Opens:
    return Opens("win_rate", "", {"source": name})
