"""A diagnosis as pages, files and the command line tell it: records by their ids and names, days as days. No Django."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from leadline.insights.diagnosis.finding import Candidate, Fact, Finding, Opens, Place, Untold, Worth
from leadline.insights.ledger.freshness import ended
from leadline.insights.ledger.ledger import NOBODY, Ledger, Status
from leadline.insights.numbers.proportions import jeffreys

if TYPE_CHECKING:
    from leadline.insights.diagnosis.diagnose import Diagnosis
    from leadline.insights.diagnosis.people.verdicts import Verdict

EPOCH = dt.date(1970, 1, 1)
COUNTED = frozenset({"conversion", "lead_conversion", "one_side"})  # shares of their n
MOST_DEALS = 2000  # of a number that no metric opens


@dataclass(frozen=True)
class Named:
    """A record by its id, and what it is called in the numbers."""

    id: int
    label: str


@dataclass(frozen=True)
class Spot:
    """Where something is; None: it is about none."""

    stage: Named | None = None
    source: Named | None = None
    person: Named | None = None
    team: Named | None = None
    pipeline: Named | None = None

    @property
    def ids(self) -> dict[str, int]:
        """The ids of its records, by the words above."""
        found = {"stage": self.stage, "source": self.source, "person": self.person}
        found |= {"team": self.team, "pipeline": self.pipeline}
        return {name: named.id for name, named in found.items() if named}


@dataclass(frozen=True)
class Behind:
    """As `finding.Opens`, with days."""

    metric: str
    part: str = ""
    labels: Mapping[str, str | None] = field(default_factory=dict)
    start: dt.date | None = None
    end: dt.date | None = None


@dataclass(frozen=True)
class Number:
    """As `finding.Fact`, with the ids of deals. `value` None: it has no end, as the answer to leads never answered."""

    key: str
    value: float | None
    unit: str
    n: int = 0
    low: float | None = None
    high: float | None = None
    was: float | None = None
    was_n: int = 0
    opens: Behind | None = None
    deals: tuple[int, ...] = ()


@dataclass(frozen=True)
class Deed:
    """As `finding.Act`, with days."""

    kind: str
    opens: Behind | None = None
    metric: str = ""
    goal: float | None = None


@dataclass(frozen=True)
class Told:
    """A finding, or one that it explains (`key` is then "")."""

    key: str
    kind: str
    spot: Spot
    scope: str
    since: dt.date | None
    certainty: float
    effect: float
    worth: Worth | None
    facts: tuple[Number, ...]
    act: Deed


@dataclass(frozen=True)
class ToldFinding(Told):
    """A finding that stands, with those it explains. `q`: the false discovery rate at which it does."""

    q: float = 0.0
    shows: tuple[Told, ...] = ()


@dataclass(frozen=True)
class NotYet:
    """What cannot be told: see `finding.Untold`."""

    kind: str
    spot: Spot
    what: str = ""
    more: int = 0


@dataclass(frozen=True)
class Lifted:
    """As `levers.Lever`: what lifting a factor from `now` to `benchmark` brings a quarter, and how surely most."""

    area: str
    what: str
    spot: Spot
    unit: str
    now: float | None
    benchmark: float | None
    by: str
    since: dt.date | None
    gain: Worth
    largest: float
    moves: float


@dataclass(frozen=True)
class Area:
    """As `levers.Area`."""

    name: str
    gain: Worth
    largest: float


@dataclass(frozen=True)
class Levers:
    """As `levers.Levers`."""

    levers: tuple[Lifted, ...] = ()
    areas: tuple[Area, ...] = ()
    verdict: str = "short"
    booked: Worth | None = None


@dataclass(frozen=True)
class Estimate:
    """A number with its 90 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Stage:
    """As `people.verdicts.Verdict`: whose it is that too few go on (R18). `people` are how many were compared.

    `spread` is the standard deviation between people on the logit, `between` what its square is of all variance.
    """

    stage: Named | None  # None: deals that were never seen in a stage, from their creation to their end
    scope: str
    who: tuple[Named, ...]
    people: int
    cases: int
    level: float | None
    was: float | None
    spread: Estimate
    between: Estimate
    more: int = 0


@dataclass(frozen=True)
class First:
    """The constraint: see `finding.Constraint`."""

    key: str
    spot: Spot
    values: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Diagnosed:
    """All that a diagnosis says. `whole`: of all deals of the company; `closed` and `open`: how many it knows.

    `ended` is the day of the last record, where nothing was recorded for long (see `ledger.freshness`).
    """

    as_of: dt.datetime
    whole: bool
    closed: int
    open: int
    findings: tuple[ToldFinding, ...]
    cannot_tell: tuple[NotYet, ...]
    levers: Levers
    constraint: First
    failed: tuple[str, ...]
    looked_at: int
    stages: tuple[Stage, ...] = ()
    ended: dt.date | None = None


def told(diagnosis: Diagnosis, ledger: Ledger) -> Diagnosed:
    """The diagnosis of a ledger, so that it means the same when the ledger is gone."""
    status, first = ledger.deals.status, diagnosis.constraint
    return Diagnosed(
        dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(days=diagnosis.as_of),
        ledger.whole,
        int(((status == Status.WON) | (status == Status.LOST)).sum()),
        int((status == Status.OPEN).sum()),
        tuple(_finding(ledger, one) for one in diagnosis.findings),
        tuple(_not_yet(ledger, one) for one in diagnosis.cannot_tell),
        _levers(ledger, diagnosis.levers),
        First(first.key, spot(ledger, first.place), {name: float(value) for name, value in first.values.items()}),
        diagnosis.failed,
        diagnosis.looked_at,
        tuple(_stage(ledger, one) for one in diagnosis.stages),
        day(ended(ledger)),
    )


def spot(ledger: Ledger, place: Place) -> Spot:
    """A place by its records."""
    of = {"stage": "stage", "source": "source", "person": "owner", "team": "team", "pipeline": "pipeline"}
    return Spot(**{word: _named(ledger, category, getattr(place, word)) for word, category in of.items()})


def day(moment: float | None) -> dt.date | None:
    """The day of so many days since 1970."""
    return None if moment is None or not math.isfinite(moment) else EPOCH + dt.timedelta(days=math.floor(moment))


def _named(ledger: Ledger, category: str, place: int) -> Named | None:
    return None if place == NOBODY else _known(ledger, category, place)


def _known(ledger: Ledger, category: str, place: int) -> Named:
    names = ledger.names[category]
    return Named(int(names.ids[place]), names.labels[place])


def _finding(ledger: Ledger, one: Finding) -> ToldFinding:
    shows = tuple(Told("", **_told(ledger, other)) for other in one.shows)
    return ToldFinding(one.key, **_told(ledger, one.candidate), q=one.q, shows=shows)


def _told(ledger: Ledger, one: Candidate) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "spot": spot(ledger, one.place),
        "scope": one.scope,
        "since": day(one.since),
        "certainty": one.certainty,
        "effect": one.effect,
        "worth": one.worth,
        "facts": tuple(_number(ledger, fact) for fact in one.facts),
        "act": Deed(one.act.kind, _behind(one.act.opens), one.act.metric, _finite(one.act.goal)),
    }


def _number(ledger: Ledger, fact: Fact) -> Number:
    deals = tuple(int(pk) for pk in ledger.deals.id[list(fact.deals[:MOST_DEALS])]) if fact.deals else ()
    ends = (*_ends(fact), _finite(fact.was))
    return Number(
        fact.key, _finite(fact.value), fact.unit, int(fact.n), *ends, int(fact.was_n), _behind(fact.opens), deals
    )


def _ends(fact: Fact) -> tuple[float | None, float | None]:
    """Its 90 % interval; where its check gives none of a share of what was counted, that of Jeffreys."""
    low, high = _finite(fact.low), _finite(fact.high)
    if low is not None or fact.key not in COUNTED or not fact.n or not 0 <= fact.value <= 1:
        return low, high
    ends = jeffreys(np.array([fact.value * fact.n]), np.array([float(fact.n)]))
    return float(ends[0][0]), float(ends[1][0])


def _behind(opens: Opens | None) -> Behind | None:
    if opens is None:
        return None
    return Behind(opens.metric, opens.part, dict(opens.labels), day(opens.start), day(opens.end))


def _levers(ledger: Ledger, found: Any) -> Levers:
    if not found:
        return Levers()
    each = tuple(
        Lifted(
            one.area, one.what, spot(ledger, one.place), one.unit, _finite(one.now), _finite(one.benchmark), one.by,
            day(one.since), one.gain, one.largest, one.moves,
        )
        for one in found.levers
    )  # fmt: skip
    areas = tuple(Area(one.name, one.gain, one.largest) for one in found.areas)
    return Levers(each, areas, found.verdict, found.booked)


def _stage(ledger: Ledger, one: Verdict) -> Stage:
    found = one.people
    return Stage(
        _named(ledger, "stage", one.stage),
        one.scope,
        tuple(_known(ledger, "owner", who) for who in one.who),
        len(found.owner),
        int(found.trials.sum()),
        _finite(one.level),
        _finite(one.was),
        Estimate(found.spread.value, found.spread.low, found.spread.high),
        Estimate(found.share.value, found.share.low, found.share.high),
        one.more,
    )


def _not_yet(ledger: Ledger, one: Untold) -> NotYet:
    return NotYet(one.kind, spot(ledger, one.place), one.what, int(one.more))


def _finite(value: float | None) -> float | None:
    return None if value is None or not math.isfinite(value) else float(value)
