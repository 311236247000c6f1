"""A person who carries unqualified deals along: far more go on early, fewer later, and no more are won (R11)."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import special

from leadline.insights.diagnosis.finding import Act, Candidate, Fact, Opens, Place
from leadline.insights.diagnosis.missing import Missing
from leadline.insights.diagnosis.people.cases import Cases, cells
from leadline.insights.diagnosis.people.everyone import FEWEST, Everyone, compared
from leadline.insights.diagnosis.people.model import ORDINARY, People, people
from leadline.insights.diagnosis.people.outliers import Outliers, outliers
from leadline.insights.diagnosis.people.telling import here, label, share
from leadline.insights.fitted.fitted import Fitted
from leadline.insights.ledger.ledger import NOBODY, Floats, Ledger, Status

EARLY, LATE = 1.0, 0.4  # on the logit: what it adds at a stage, and takes from the wins of what went on
LOOKED_INTO = 1.0  # standard deviations above the others, below which nobody is suspected
MOST = 500  # deals behind a number that no metric opens
WINS_MORE = 1.0  # standard deviations: who wins so much more of what came in is better, not less honest


@dataclass(frozen=True)
class Early:
    """Entries of one stage: `early` and `late` are normal deviates, above 0 in the suspected direction."""

    stage: int
    row: NDArray[np.intp]
    early: Floats
    late: Floats
    p: Floats
    weight: Floats


def check(ledger: Ledger, fitted: Fitted | None) -> list[Candidate]:
    """The person and stage that show it most; p minds that all people and all but the last stages were looked at.

    Two things that have nothing to do with each other where nothing is wrong are added up: how much more goes on at the
    stage, and how much less of that is won, each against the ordinary spread between people.
    """
    everybody = compared(ledger)
    asked = [place for place in everybody.stages if not _last(ledger, place)]
    if not asked:
        raise Missing("stages")
    first = outliers([everybody.at(place) for place in asked])
    first = first.of(here(ledger, first.owner))
    if not len(first.owner):
        raise Missing("people")
    p = np.ones(len(first.owner))
    for number, stage in enumerate(asked):
        own = first.stage == number
        if (special.ndtri(1 - first.high[own]) > LOOKED_INTO).any():
            p[own] = _joint(ledger, everybody, stage, first, own)
    family = first.family(p)
    entry = int(np.argmin(family))
    return [_candidate(ledger, everybody, asked[first.stage[entry]], first, entry, float(family[entry]))]


def _last(ledger: Ledger, place: int) -> bool:
    """Whether no stage of its pipeline lies behind."""
    if place == NOBODY:
        return True
    stages = ledger.stages
    later = (stages.pipeline == stages.pipeline[place]) & (stages.rank > stages.rank[place]) & ~stages.gone
    return not later.any()


def _joint(ledger: Ledger, everybody: Everyone, stage: int, first: Outliers, own: NDArray[np.bool_]) -> Floats:
    """The chance of both together, of each entry of a stage (Stouffer's sum, weighted by what each would show)."""
    early = special.ndtri(1 - np.clip(first.high[own], 1e-15, 1 - 1e-15))
    later = _won(ledger, everybody.cases, stage)
    late, power = np.zeros(len(early)), np.zeros(len(early))
    if later is not None:
        told = outliers([later])
        place = {int(who): n for n, who in enumerate(told.owner)}
        for n, who in enumerate(first.owner[own]):
            at = place.get(int(who))
            if at is not None:
                late[n] = special.ndtri(1 - min(max(float(told.low[at]), 1e-15), 1 - 1e-15))
                power[n] = LATE / np.hypot(ORDINARY, told.doubt[at])
    strength = EARLY / np.hypot(ORDINARY, first.doubt[own])
    z = (strength * early + power * late) / np.hypot(strength, power)
    suspected = (early > LOOKED_INTO) & (_of_entered(ledger, everybody.cases, stage, first.owner[own]) < WINS_MORE)
    return np.where(suspected, special.ndtr(-z), 1.0)


def _won(ledger: Ledger, cases: Cases, stage: int) -> People | None:
    """The model of what went on from a stage, and is closed by now: was it won?"""
    status = ledger.deals.status[cases.deal]
    chosen = (cases.stage == stage) & cases.advanced & (status != Status.OPEN)
    own = cases.at(chosen)
    own = replace(own, advanced=ledger.deals.status[own.deal] == Status.WON)
    if min(len(own), 4 * int(own.advanced.sum()), 4 * int((~own.advanced).sum())) < FEWEST:
        return None
    return people(*cells(own))


def _of_entered(ledger: Ledger, cases: Cases, stage: int, owners: NDArray[np.int32]) -> Floats:
    """By how many standard deviations these people win more of what entered the stage than all do."""
    status = ledger.deals.status[cases.deal]
    chosen = (cases.stage == stage) & (status != Status.OPEN)
    most = int(max(cases.owner.max(), owners.max())) + 1
    n = np.bincount(cases.owner[chosen], minlength=most)[owners].astype(np.float64)
    k = np.bincount(cases.owner[chosen & (status == Status.WON)], minlength=most)[owners].astype(np.float64)
    whole = float((chosen & (status == Status.WON)).sum() / max(chosen.sum(), 1))
    noise = np.sqrt(np.maximum(n, 1) * whole * (1 - whole) * (1 + ORDINARY**2 * n * whole * (1 - whole)))
    return (k - n * whole) / np.maximum(noise, 1e-9)


def _candidate(ledger: Ledger, everybody: Everyone, stage: int, first: Outliers, entry: int, p: float) -> Candidate:
    person, one = int(first.owner[entry]), everybody.at(stage)
    row = int(first.row[entry])
    facts = _facts(ledger, everybody.cases, one, row, stage, person)
    return Candidate(
        "unqualified",
        Place(stage=stage, person=person),
        p,
        float(first.value[entry]),
        float(1 - first.high[entry]),
        None,
        facts,
        Act("deals", facts[0].opens, "stage_conversion", float(one.expected[row] / max(one.trials[row], 1))),
        scope="people",
    )


def _facts(ledger: Ledger, cases: Cases, one: People, row: int, stage: int, person: int) -> tuple[Fact, ...]:
    labels = {"owner": label(ledger, "owner", person), "stage": label(ledger, "stage", stage)}
    k, n = float(one.successes[row]), float(one.trials[row])
    rest = float(one.successes.sum() - k), float(one.trials.sum() - n)
    status, at, own = ledger.deals.status[cases.deal], cases.stage == stage, cases.owner == person
    over, won = at & (status != Status.OPEN), at & (status == Status.WON)
    after, after_won = over & cases.advanced, won & cases.advanced
    deals = tuple(cases.deal[after & own][::-1][:MOST].tolist())
    return (
        share("own_conversion", k, n, rest, Opens("stage_conversion", "", labels)),
        share("won_of_those", *_counts(after_won, after, own), _counts(after_won, after, ~own), deals=deals),
        share("won_of_entered", *_counts(won, over, own), _counts(won, over, ~own), Opens("stage_to_won", "", labels)),
    )


def _counts(k: NDArray[np.bool_], n: NDArray[np.bool_], which: NDArray[np.bool_]) -> tuple[float, float]:
    return float((k & which).sum()), float((n & which).sum())
