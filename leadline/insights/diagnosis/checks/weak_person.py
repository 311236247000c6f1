"""One person whose conversion at one stage is further from the others' than people ordinarily are."""

from __future__ import annotations

import numpy as np

from leadline.insights.diagnosis.finding import Act, Candidate, Fact, Opens, Place
from leadline.insights.diagnosis.missing import Missing
from leadline.insights.diagnosis.people.everyone import Everyone, compared
from leadline.insights.diagnosis.people.model import ORDINARY, People
from leadline.insights.diagnosis.people.outliers import MATTERS, Outliers, outliers
from leadline.insights.diagnosis.people.telling import here, label, log_ratio, put_back, share
from leadline.insights.fitted.fitted import Fitted
from leadline.insights.ledger.ledger import NOBODY, Ledger

STANDS = 0.02  # the chance, after the search, below which a second person is named as well
SEEN = 3.0  # standard deviations at which one person among some would be seen
MOST = 500  # deals behind a number that no metric opens
QUICKLY = 0.5  # doubt of a person's own cases above which nothing that matters can be seen


def check(ledger: Ledger, fitted: Fitted | None) -> list[Candidate]:
    """The person and stage furthest below the others, and others as clearly so; p minds that all were looked at.

    Only who is still here is looked at, but all are compared with. Mix, tenure and quarter are in the model, passages
    that changed hands left out (`people.cases`).
    """
    everybody = compared(ledger)
    found = outliers(everybody.people)
    found = found.of(here(ledger, found.owner))
    if not len(found.owner):
        raise Missing("people")
    p = found.family(found.low)
    order = np.argsort(p, kind="stable")
    named: list[int] = []
    for entry in order:
        fresh = found.owner[entry] not in found.owner[named]
        if fresh and (not named or p[entry] < STANDS):
            named.append(int(entry))
    return [_candidate(ledger, fitted, everybody, found, entry, float(p[entry])) for entry in named]


def _candidate(
    ledger: Ledger, fitted: Fitted | None, everybody: Everyone, found: Outliers, entry: int, p: float
) -> Candidate:
    stage, one = everybody.stages[found.stage[entry]], everybody.people[found.stage[entry]]
    row, person = int(found.row[entry]), int(found.owner[entry])
    cases = everybody.cases
    deals = tuple(cases.deal[(cases.stage == stage) & (cases.owner == person)][::-1][:MOST].tolist())
    facts = _facts(ledger, one, row, stage, person, deals)
    own, usual = facts[0].value, facts[1].value
    doubt = float(found.doubt[entry])
    worth = put_back(fitted, log_ratio(usual, own), doubt * (1 - own), stage=stage, person=person)
    enough = doubt < QUICKLY or p < STANDS
    return Candidate(
        "weak_person",
        Place(stage=stage, person=person),
        p,
        float(found.value[entry]),
        float(1 - found.low[entry]),
        worth,
        facts,
        Act("coaching", facts[0].opens, "win_rate" if stage == NOBODY else "stage_conversion", usual),
        scope="people",
        enough=enough,
        more=0 if enough else _more(ledger, doubt),
    )


def _facts(ledger: Ledger, one: People, row: int, stage: int, person: int, deals: tuple[int, ...]) -> tuple[Fact, ...]:
    k, n = float(one.successes[row]), float(one.trials[row])
    others = float(one.successes.sum() - k), float(one.trials.sum() - n)
    usual = float(one.expected[row]) / n if n else 0.0
    own, whole, keys = _opens(ledger, stage, person)
    spread = one.spread
    return (
        share(keys[0], k, n, others, own),
        Fact(keys[1], usual, "share", round(n), deals=deals),
        Fact("people_spread", spread.value, "number", len(one.owner), spread.low, spread.high, was=ORDINARY),
        share(keys[2], float(one.successes.sum()), float(one.trials.sum()), None, whole),
    )


def _opens(ledger: Ledger, stage: int, person: int) -> tuple[Opens, Opens, tuple[str, str, str]]:
    """(what opens the person's cases, everybody's, the words of the numbers)."""
    who, name = {"owner": label(ledger, "owner", person)}, {"stage": label(ledger, "stage", stage)}
    if stage == NOBODY:
        keys = ("own_win_rate", "expected_win_rate_alike", "raw_win_rate")
        return Opens("win_rate", "", who), Opens("win_rate"), keys
    keys = ("own_conversion", "expected_conversion", "raw_everyone")
    return Opens("stage_conversion", "", {**who, **name}), Opens("stage_conversion", "", name), keys


def _more(ledger: Ledger, doubt: float) -> int:
    """Closed deals that would bring the doubt down to where what matters is seen."""
    closed = int((ledger.deals.status > 0).sum())
    wanted = max((MATTERS / SEEN) ** 2 - ORDINARY**2, 0.01)
    return max(1, round(closed * (doubt**2 / wanted - 1)))
