"""What the diagnosis says: findings, each with its place, its evidence, its worth, its certainty and an act."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from leadline.insights.ledger.ledger import NOBODY


@dataclass(frozen=True)
class Place:
    """Where a finding is: places in the ledger's names, NOBODY where it is about none."""

    stage: int = NOBODY
    source: int = NOBODY
    person: int = NOBODY
    team: int = NOBODY
    pipeline: int = NOBODY


@dataclass(frozen=True)
class Worth:
    """Money per quarter, base currency: median and 90 % interval of the posterior draws."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Opens:
    """The records behind a number: of a part of a metric of the catalogue, with these labels, over a period of days."""

    metric: str
    part: str = ""
    labels: Mapping[str, str | None] = field(default_factory=dict)
    start: float | None = None  # days since 1970, both included
    end: float | None = None


@dataclass(frozen=True)
class Fact:
    """One number that speaks for a finding.

    `key` is a word that the pages have a sentence for; `was` is what it is held against (before, the others, the
    benchmark) with its own n. `unit`: share, money, days, hours, deals, leads, number. `deals` are rows of the ledger's
    deals behind it, where no metric opens them.
    """

    key: str
    value: float
    unit: str
    n: int = 0
    low: float | None = None
    high: float | None = None
    was: float | None = None
    was_n: int = 0
    opens: Opens | None = None
    deals: tuple[int, ...] = ()


@dataclass(frozen=True)
class Act:
    """One thing to do about it. `kind`: deals (open the list), rock, coaching, stage, source, response, targets."""

    kind: str
    opens: Opens | None = None
    metric: str = ""  # what a Rock would move
    goal: float | None = None  # to where


@dataclass(frozen=True)
class Candidate:
    """What a check has looked at: one hypothesis, before multiplicity is minded.

    `p` is the chance of evidence like this or stronger where nothing is wrong. `effect` is the size of the departure on
    the check's own scale (log ratio or logit difference), `enough` false where the data could not have shown an effect
    that matters; `more` closed deals would then be needed. `since` is when it began (days since 1970), None: always.
    """

    kind: str
    place: Place
    p: float
    effect: float
    certainty: float  # posterior probability that it is real and in this direction
    worth: Worth | None
    facts: tuple[Fact, ...]
    act: Act
    scope: str = "everyone"  # everyone, people, mix, unknown (R18)
    since: float | None = None
    enough: bool = True
    more: int = 0
    explains: tuple[str, ...] = ()  # kinds of other findings that come of this one at the same place or time
    apart: float | None = None  # how many standard errors what matters lies from none, before anything is seen


@dataclass(frozen=True)
class Finding:
    """A candidate that stood: `key` names it from one diagnosis to the next; `shows` are those it explains."""

    key: str
    candidate: Candidate
    q: float  # the false discovery rate at which it stands
    shows: tuple[Candidate, ...] = ()


@dataclass(frozen=True)
class Untold:
    """What cannot be told yet: of this kind, at this place, for want of `what` (see `Missing`; "": of more deals).

    `more` closed deals are needed, 0 where no number of them would help.
    """

    kind: str
    place: Place
    what: str = ""
    more: int = 0


@dataclass(frozen=True)
class Constraint:
    """What the first sentence of the page says: `key` names it, `values` are its numbers, `place` where it is.

    `key` is the kind of the first finding; "lever" where nothing is wrong and a lever is worth most; "sound" where
    nothing stands out; "early" where too little is recorded to say.
    """

    key: str
    place: Place = field(default_factory=Place)
    values: Mapping[str, float] = field(default_factory=dict)
