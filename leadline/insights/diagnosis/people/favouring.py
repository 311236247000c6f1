"""Whose deals come from worse sources than the others' do, beyond how people's mixes ordinarily differ."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from leadline.insights.diagnosis.missing import Missing
from leadline.insights.diagnosis.people.everyone import everyone
from leadline.insights.diagnosis.people.mixes import Mixes, mixes, weaker
from leadline.insights.diagnosis.people.outliers import tails
from leadline.insights.diagnosis.people.telling import here
from leadline.insights.ledger.ledger import Ledger

ORDINARY, VAGUE = 0.35, 0.5  # spread between people of the log odds of one source, and of that spread's logarithm
MATTERS = -0.10  # a mix that costs less than a tenth of the wins is none to speak of
WINS = 10  # in all, below which no source can be called weak


@dataclass(frozen=True)
class Dealt:
    """All mixes, and the person (`row`) whose mix costs most; `source` is the one that does, `p` after the search."""

    mixes: Mixes
    row: int
    source: int
    p: float

    @property
    def person(self) -> int:
        """Their place in the ledger."""
        return int(self.mixes.owner[self.row])


def worst_dealt(ledger: Ledger) -> Dealt:
    """The person here whose mix costs most, who wins less than the others do. Raises Missing.

    Two things must be so, and p is the larger chance of the two (intersection and union: Berger 1982): the mix is not
    an ordinary one, after the search over people and sources, and the source they have more of goes on less often in
    everybody's hands. How people's mixes ordinarily differ is learnt from the others as if this person had never been
    here.
    """
    if len(ledger.names["source"]) < 2:
        raise Missing("sources")
    found = mixes(ledger)
    if len(found.owner) < 3:
        raise Missing("people")
    if found.won.sum() < WINS:
        raise Missing("wins", WINS - int(found.won.sum()))
    won, decided = found.won.sum(axis=1), found.decided.sum(axis=1)
    own, others = won / np.maximum(decided, 1), (won.sum() - won) / np.maximum(decided.sum() - decided, 1)
    speaks = here(ledger, found.owner) & (found.cost < MATTERS) & (own < others)
    row = int(np.argmin(np.where(speaks, found.cost, np.inf)))
    source = found.source(row)
    return Dealt(found, row, source, _chance(ledger, found, row, source) if speaks[row] else 1.0)


def _chance(ledger: Ledger, found: Mixes, row: int, source: int) -> float:
    value, doubt = found.apart(source)
    rest, noise = found.without(row).apart(source)
    owner = np.arange(len(rest) + 1, dtype=np.int32)
    _, high = tails(owner, np.append(rest, value[row]), np.append(noise, doubt[row]), ORDINARY, VAGUE)
    unlike = -np.expm1(found.share.size * np.log1p(-min(float(high[-1]), 1 - 1e-12)))
    return float(max(unlike, weaker(everyone(ledger).cases, source)))
