"""The chance that there is nothing behind a deal, from the signs it shows (R19)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from leadline.insights.numbers.logistic import Matrix, calibrated
from leadline.insights.numbers.proportions import Floats

SIGNS = ("untouched", "pushes", "surge", "copied", "usual", "jumped", "faceless", "habit")
# The stated rule, in use until outcomes exist: log odds of being fluff without a sign, and what each sign adds.
RULE_FROM = -3.0
RULE = np.array([2.0, 0.7, 0.7, 1.2, 0.7, 0.5, 0.5, 0.5])
OUTCOMES = 50  # won deals, and others, that it takes to learn
COMMON = 0.9  # a sign that more of the deals show says nothing of any
DRAWS = 200


@dataclass(frozen=True)
class Model:
    """`weights` of each of SIGNS: on the log odds to be won where it was learnt, else on those to be fluff.

    `cases` is the number of deals it was learnt from; 0: the stated rule.
    """

    weights: Floats
    intercept: float
    cases: int = 0
    spread: Matrix | None = None

    def chance(self, signs: Matrix) -> Floats:
        """The probability of being fluff for each row of signs (n, 8)."""
        return self._chance(signs, self.weights, self.intercept)

    def drawn(self, signs: Matrix, seed: int = 19) -> Matrix:
        """The same for weights as they may be as well: (draws, n); one draw where the rule is in use."""
        if self.spread is None:
            return self.chance(signs)[None, :]
        centre = np.concatenate(([self.intercept], self.weights))
        some = np.random.default_rng(seed).multivariate_normal(centre, self.spread, DRAWS, method="eigh")
        return np.stack([self._chance(signs, np.minimum(each[1:], 0.0), each[0]) for each in some])

    def _chance(self, signs: Matrix, weights: Floats, intercept: float) -> Floats:
        line = intercept + signs @ weights
        if not self.cases:
            rule: Floats = special.expit(line)
            return rule
        found: Floats = np.clip(1 - special.expit(line) / special.expit(intercept), 0.0, 1.0)
        return found


def learn(signs: Matrix, won: Floats, not_won: Floats) -> Model:
    """The model from patterns of signs (n, 8) with how many deals of each were won, and were not.

    Deals are taken for a mixture: fluff is never won, others are with the chance of a deal without any sign. So the
    probability of fluff is 1 - P(won | signs) / P(won | none). P(won) is a penalised logistic regression, calibrated on
    held-out fifths (`numbers.logistic`); a sign that would speak for a deal is left out, one that nearly all show too.
    Below 50 won or 50 other deals: the rule, log odds of -3 and what RULE adds for each sign.
    """
    total = won + not_won
    shown = (signs > 0).T @ total / max(total.sum(), 1.0)
    rare = (shown <= COMMON) | (np.array(SIGNS) == "habit")
    if min(won.sum(), not_won.sum()) < OUTCOMES:
        return Model(np.where(rare, RULE, 0.0), RULE_FROM)  # also a sign that only open deals show
    telling = np.flatnonzero(rare & ((shown > 0) | (np.array(SIGNS) == "habit")))
    while True:
        found = calibrated(signs[:, telling], won, total)
        against = found.weights[1:] <= 0
        if against.all():
            break
        telling = telling[against]
    weights, kept = np.zeros(len(SIGNS)), np.concatenate(([0], telling + 1))
    weights[telling] = found.weights[1:]
    spread = np.zeros((len(SIGNS) + 1, len(SIGNS) + 1))
    spread[np.ix_(kept, kept)] = found.spread
    return Model(weights, float(found.weights[0]), int(total.sum()), spread)


def habits(sellers: list[int | None], signs: Matrix, deals: Floats, lent: float = 20.0) -> Floats:
    """For each pattern how much more often its seller's deals show two signs or more than all do, in tenths.

    Drawn towards the company's share as if that were `lent` deals of it. Nobody's deals have no habit.
    """
    double = ((signs > 0).sum(axis=1) >= 2) * deals
    whole = double.sum() / max(deals.sum(), 1.0)
    places = {seller: place for place, seller in enumerate(dict.fromkeys(sellers))}
    at = np.array([places[seller] for seller in sellers], dtype=np.int64)
    own, all_of = (np.bincount(at, weights=counts, minlength=len(places)) for counts in (double, deals))
    share = (own + lent * whole) / (all_of + lent)
    known = np.array([seller is not None for seller in sellers], dtype=bool)
    return np.where(known, 10 * (share[at] - whole), 0.0)
