"""Who is unlike the others at a stage, beyond what people ordinarily differ by.

What somebody's own cases say (`model.People.alone`) is u ~ N(0, spread^2 + doubt^2) where they are one of the others.
The spread is learnt from everybody else, all stages together: from the likelihood of a normal one with a few strangers
in it (so that a second outlier does not hide the first), around what is ordinary in companies. p is the chance of a
value as far out, averaged over the spreads that the others leave possible (posterior predictive: Rubin 1984).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray
from scipy import special

from leadline.insights.diagnosis.people.model import ORDINARY, People
from leadline.insights.ledger.ledger import Flags, Floats, Places

POOLED = np.linspace(0.02, 1.0, 50)
VAGUE = (
    0.25  # of the logarithm of the spread: how far a company may be from the ordinary before anything is known of it
)
STRANGERS, STRANGE = 0.03, 4.0  # how many of the others may be strangers, and how many times further out those are
MATTERS = 1.0  # an effect on the logit that ought to be seen: conversion of 60 % comes to 36 %
FAMILY = 0.01  # chance of error for which the tests are weighed
LEAST = 1e-4  # of that chance for all tests together, so that none is left without any
FEWEST = 8  # cases of a person at a stage


@dataclass(frozen=True)
class Outliers:
    """One entry per person and stage with enough cases: `stage` is a place in the stages asked about.

    `low` and `high` are the chances of a value as low, as high; `excess` is how far the value lies from the others',
    shrunk by the doubt of it alone, and `weight` what each test counts in the family (mean 1).
    """

    stage: NDArray[np.intp]
    row: NDArray[np.intp]  # of the stage's people
    owner: Places
    value: Floats
    doubt: Floats
    low: Floats
    high: Floats
    weight: Floats

    def of(self, chosen: Flags) -> Outliers:
        """Only some of the tests: what they are held against stays."""
        found = Outliers(*(getattr(self, one.name)[chosen] for one in fields(self)))
        return replace(found, weight=found.weight / found.weight.mean()) if len(found.weight) else found

    def family(self, p: Floats) -> Floats:
        """The same chances when all have been looked at: weighted Sidak (Genovese, Roeder and Wasserman 2006)."""
        found: Floats = -np.expm1(len(p) / self.weight * np.log1p(-np.minimum(p, 1 - 1e-12)))
        return found


def outliers(stages: Sequence[People]) -> Outliers:
    """Of all people at all stages."""
    if not stages:
        none, empty = np.zeros(0, np.intp), np.zeros(0)
        return Outliers(none, none, none.astype(np.int32), *[empty] * 5)
    many = [one.trials >= FEWEST for one in stages]
    stage = np.concatenate([np.full(int(kept.sum()), place, np.intp) for place, kept in enumerate(many)])
    row = np.concatenate([np.flatnonzero(kept) for kept in many])
    owner = np.concatenate([one.owner[kept] for one, kept in zip(stages, many, strict=True)])
    value = np.concatenate([one.alone[kept] for one, kept in zip(stages, many, strict=True)])
    doubt = np.concatenate([one.doubt[kept] for one, kept in zip(stages, many, strict=True)])
    low, high = tails(owner, value, doubt)
    return Outliers(stage, row, owner, value, doubt, low, high, _weights(doubt))


def tails(
    owner: Places, value: Floats, doubt: Floats, ordinary: float = ORDINARY, vague: float = VAGUE
) -> tuple[Floats, Floats]:
    """(chances of a value as low, as high) of each entry, were its owner one of the others.

    `ordinary` is the spread between people to be expected, `vague` the standard deviation of its logarithm.
    """
    grid = POOLED * ordinary / ORDINARY
    chances = _spreads(owner, value, doubt, grid, -0.5 * (np.log(grid / ordinary) / vague) ** 2 - np.log(grid))
    z = value[:, None] / np.sqrt(grid**2 + doubt[:, None] ** 2)
    return (chances * special.ndtr(z)).sum(axis=1), (chances * special.ndtr(-z)).sum(axis=1)


def _spreads(owner: Places, value: Floats, doubt: Floats, grid: Floats, prior: Floats) -> Floats:
    """Per entry the probabilities of a grid of spreads, by all entries of other people."""
    reach = np.sqrt(grid**2 + doubt[:, None] ** 2)
    far = np.sqrt((STRANGE * grid) ** 2 + doubt[:, None] ** 2)
    each = np.logaddexp(
        np.log1p(-STRANGERS) - np.log(reach) - 0.5 * (value[:, None] / reach) ** 2,
        np.log(STRANGERS) - np.log(far) - 0.5 * (value[:, None] / far) ** 2,
    )
    whose = np.unique(owner, return_inverse=True)[1]
    own = np.zeros((int(whose.max(initial=-1)) + 1, len(grid)))
    np.add.at(own, whose, each)
    others = each.sum(axis=0) - own[whose] + prior
    found = np.exp(others - others.max(axis=1, keepdims=True, initial=-np.inf))
    chances: Floats = found / found.sum(axis=1, keepdims=True)
    return chances


def _weights(doubt: Floats) -> Floats:
    """Those at which most strangers would be found, which the cases alone decide: few for tests that are hopeless.

    w = m / a P(Z > x / 2 + c / x) at an effect of x standard deviations, c such that their mean is 1 (Roeder and
    Wasserman, "Genome-wide significance levels and weighted hypothesis testing", Statistical Science 24, 2009).
    """
    if not len(doubt):
        return doubt
    reach = MATTERS / np.hypot(ORDINARY, doubt)
    low, high = -50.0, 50.0
    for _ in range(60):
        middle = (low + high) / 2
        mean = special.ndtr(-(reach / 2 + middle / reach)).mean() * len(doubt) / FAMILY
        low, high = (middle, high) if mean > 1 else (low, middle)
    weight = special.ndtr(-(reach / 2 + high / reach)) + LEAST / len(doubt)
    found: Floats = weight / weight.mean()
    return found
