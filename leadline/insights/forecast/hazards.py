"""Weekly chances that an open deal is won, lost or stays open: competing risks in discrete time.

The multinomial logistic model of (won, lost, still open) per deal and week (Allison, "Discrete-time methods for the
analysis of event histories", Sociological Methodology 13, 1982), fitted as two logistic regressions, each against
"still open" (Begg and Gray, "Calculation of polychotomous logistic regression parameters using individualized
regressions", Biometrika 71, 1984), with a normal prior on the effects. What is uncertain about the effects is drawn
from the normal approximation at the mode.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from leadline.insights.forecast.design import Design, design
from leadline.insights.forecast.rows import WEEK, Rows
from leadline.insights.forecast.spells import LOST, STILL, WON
from leadline.insights.forecast.standing import Standing
from leadline.insights.ledger.ledger import NOBODY, Floats, Ids

PRIOR = 1.0  # the standard deviation of an effect beforehand
OWNERS = 20.0  # wins that a person's own rate is held against
FARTHEST = 60.0  # log odds: beyond it nothing is to be told
TINY = 1e-30


@dataclass(frozen=True)
class Hazards:
    """Fitted. `won` and `lost` are (B, q) draws of the effects, the mode first."""

    design: Design
    won: Floats
    lost: Floats
    said: Floats  # of each row that taught: its chance to be won as fitted
    owner: Floats  # the logarithm of what an owner does to the chance to win, by place; the last: nobody's

    def ahead(self, known: Standing, weeks: int, today: float) -> tuple[Floats, Floats]:
        """Chances (B, n, weeks) to be won, and lost, in each week ahead if open until then, for deals as they stand."""
        case = np.repeat(np.arange(len(known.age)), weeks)
        week = np.tile(np.arange(1, weeks + 1), len(known.age))
        columns = self.design.ahead(
            self.design.landmark(known), known, case, week, -WEEK * week.astype(np.float64), today
        )
        shape = (len(self.won), len(known.age), weeks)
        own = np.repeat(self.owner[known.owner], weeks)
        won = _odds(self.won, columns, own).reshape(shape)
        lost = _odds(self.lost, columns, np.zeros(1)).reshape(shape)
        neither = 1 + won + lost
        return won / neither, lost / neither


def _odds(effects: Floats, columns: Floats, own: Floats) -> Floats:
    """(B, n); the draws' mean is the mode's, or what is uncertain of a logarithm would make wins more likely."""
    found = np.exp(np.clip(effects.astype(np.float32) @ columns.T + own.astype(np.float32), -FARTHEST, 6))
    if len(found) > 1:
        found[1:] *= found[0] / np.maximum(found[1:].mean(axis=0), TINY)
    return np.asarray(found)


def _share(odds: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-np.clip(odds, -FARTHEST, FARTHEST))))


def fitted(
    rows: Rows, people: int, quarter_ends: Floats, today: float, draws: int, rng: np.random.Generator
) -> Hazards:
    """From the rows of the past; `people` is how many places of owners there are."""
    counted = np.bincount(rows.case, rows.weight, minlength=len(rows.known.age)).astype(np.float64)
    how = design(rows.known, counted, quarter_ends)
    columns = how.ahead(how.landmark(rows.known), rows.known, rows.case, rows.ahead, rows.back, today)
    modes = []
    for outcome in (WON, LOST):
        mine = (rows.outcome == outcome) | (rows.outcome == STILL)
        modes.append(_drawn(columns[mine], rows.outcome[mine] == outcome, rows.weight[mine], draws, rng))
    won = _share(columns @ modes[0][0].astype(np.float32))
    owner = _owners(rows, won, people)
    return Hazards(how, modes[0], modes[1], won, owner)


def _drawn(columns: Floats, event: Floats, weight: Floats, draws: int, rng: np.random.Generator) -> Floats:
    """The effects that fit best, then draws around them: (draws, q)."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415  half a second to load

    if not event.any():
        best = np.zeros(columns.shape[1])
        best[0] = -12.0  # has never happened
        return np.tile(best, (draws, 1))
    model = LogisticRegression(C=PRIOR**2, fit_intercept=False, solver="newton-cholesky", tol=1e-3, max_iter=30)
    exact = columns.astype(np.float64)  # columns that are nearly one (age, and time in an only stage) need it
    best = model.fit(exact, event, sample_weight=weight).coef_[0]
    chance = _share(columns @ best.astype(np.float32))
    curved = columns * np.sqrt(weight * chance * (1 - chance))[:, None].astype(np.float32)
    precision = (curved.T @ curved).astype(np.float64) + np.eye(len(best)) / PRIOR**2
    root = np.linalg.cholesky(precision)
    noise = np.linalg.solve(root.T, rng.standard_normal((len(best), draws - 1)))
    return np.concatenate([best[None], best + noise.T])


def _owners(rows: Rows, expected: Floats, people: int) -> Floats:
    """How much more often each person wins than the rest of the model says, held against OWNERS wins as expected."""
    owner: Ids = rows.known.owner[rows.case].astype(np.int64)
    owner = np.where(owner == NOBODY, people, owner)
    won = np.bincount(owner, rows.weight * (rows.outcome == WON), minlength=people + 1)
    said = np.bincount(owner, rows.weight * expected * (rows.outcome != LOST), minlength=people + 1)
    return np.asarray(np.log((won + OWNERS) / (said + OWNERS)))
