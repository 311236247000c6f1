"""Per stage: everyone, these people, the mix they are given, or cannot tell yet (R18)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from leadline.insights.diagnosis.missing import Missing
from leadline.insights.diagnosis.money import closed
from leadline.insights.diagnosis.people.cases import Cases
from leadline.insights.diagnosis.people.everyone import Everyone, compared
from leadline.insights.diagnosis.people.favouring import worst_dealt
from leadline.insights.diagnosis.people.model import ORDINARY, People
from leadline.insights.diagnosis.people.outliers import outliers
from leadline.insights.diagnosis.people.telling import here
from leadline.insights.ledger.ledger import NOBODY, Floats, Ledger

SURE = 0.05  # chance of being wrong at which a verdict is given
SURELY = 0.01  # the same, of a fall: it is asked of every stage
LATELY = 2  # quarters
TELLING = 0.5  # spread between people below whose upper end it can be said that people do not differ much
WIDE = 1.5  # times the ordinary spread: from there on people differ
FEWEST = 30  # decided cases of a stage, lately and before


@dataclass(frozen=True)
class Verdict:
    """What is said of a stage. `scope`: everyone (all do worse than they did: approach or process), people (skill; who
    in `who`, empty where they differ all over), mix (who looks weak only for what they were given), unknown (`more`
    closed deals would tell) or "" where neither the stage nor anybody stands out.

    `level` and `was` are the share that goes on lately and before, of an average mix; `p` the chance of such a fall.
    """

    stage: int
    scope: str
    who: tuple[int, ...]
    people: People
    level: float
    was: float
    p: float
    more: int = 0


def verdicts(ledger: Ledger) -> tuple[Verdict, ...]:
    """Of every stage with enough cases, in the order of the pipelines. Raises Missing."""
    everybody = compared(ledger)
    found = outliers(everybody.people)
    found = found.of(here(ledger, found.owner))
    weak = found.family(found.low) < SURE
    names = [tuple(int(who) for who in found.owner[weak & (found.stage == n)]) for n in range(len(everybody.stages))]
    dealt = _badly_dealt(ledger)
    return tuple(_verdict(ledger, everybody, n, names[n], dealt) for n in range(len(everybody.stages)))


def _verdict(ledger: Ledger, everybody: Everyone, number: int, weak: tuple[int, ...], dealt: int) -> Verdict:
    stage, one = everybody.stages[number], everybody.people[number]
    own = everybody.cases.at(everybody.cases.stage == stage)
    level, was, p = _fallen(own)
    scope, who, more = "", weak, 0
    if weak or one.spread.low > WIDE * ORDINARY:
        scope = "people"
    elif p < SURELY:
        scope = "everyone"
    elif dealt != NOBODY and _looks_weak(one, dealt):
        scope, who = "mix", (dealt,)
    elif one.spread.high > TELLING:
        scope = "unknown"
        more = max(1, round(closed(ledger) * ((one.spread.high / TELLING) ** 2 - 1)))
    return Verdict(stage, scope, who, one, level, was, p, more)


def _fallen(own: Cases) -> tuple[float, float, float]:
    """(level lately, level before, chance of such a fall), of an average mix: logistic, by quarter."""
    late = own.quarter < LATELY
    if min(late.sum(), (~late).sum()) < FEWEST:
        return float(own.advanced.mean()), float(own.advanced.mean()), 1.0
    shares = [(float(own.advanced[when].sum()), float(when.sum())) for when in (late, ~late)]
    odds = [float(special.logit((k + 0.5) / (n + 1))) for k, n in shares]
    shift = _mix_of(own)[late].mean() - _mix_of(own)[~late].mean()
    noise = sum(1 / (k + 0.5) + 1 / (n - k + 0.5) for k, n in shares) * _restless(own)
    change = odds[0] - odds[1] - shift
    before = odds[1]
    return float(special.expit(before + change)), float(special.expit(before)), float(special.ndtr(change / noise**0.5))


def _mix_of(own: Cases) -> Floats:
    """What each case's source adds, on the logit: all cases of the source against all cases."""
    width = int(own.source.max()) + 1
    k, n = (np.bincount(own.source, weights, width) for weights in (own.advanced.astype(float), None))
    whole = float(own.advanced.mean())
    found: Floats = special.logit((k + 5 * whole) / (n + 5)) - special.logit(min(max(whole, 1e-3), 1 - 1e-3))
    return found[own.source]


def _restless(own: Cases) -> float:
    """How many times the variance of chance the quarters have, before the latest; 1 at the least."""
    early = own.at(own.quarter >= LATELY)
    n = np.bincount(early.quarter).astype(float)
    k = np.bincount(early.quarter, early.advanced.astype(float))[n > 0]
    n = n[n > 0]
    share = k.sum() / n.sum()
    chi = float(((k - n * share) ** 2 / np.maximum(n * share * (1 - share), 1e-9)).sum())
    return max(1.0, (chi + 4) / (len(n) - 1 + 4))


def _badly_dealt(ledger: Ledger) -> int:
    """Who is given a mix that makes them look weak, or NOBODY."""
    try:
        dealt = worst_dealt(ledger)
    except Missing:
        return NOBODY
    return dealt.person if dealt.p < SURE else NOBODY


def _looks_weak(one: People, person: int) -> bool:
    """Whether somebody converts less than all together as it is, and not much less than others of the same cases."""
    at = np.flatnonzero(one.owner == person)
    if not len(at):
        return False
    row = int(at[0])
    raw = one.successes[row] / one.trials[row] < one.successes.sum() / one.trials.sum()
    return bool(raw and one.alone[row] > -2 * np.hypot(one.doubt[row], ORDINARY))
