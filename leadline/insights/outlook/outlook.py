"""What a forecast says, in plain numbers.

Money is in the base currency, NaN where it is not known. Ids are those of the records; None: nobody, or not recorded.
What a quantile is called: `p5` is reached or passed in 19 of 20 cases, `p95` in one.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Cannot:
    """Why something cannot be told, as a word of `forecast.answer.Reason`; `more` of it would be needed."""

    reason: str
    more: int = 0


@dataclass(frozen=True)
class Stretch:
    """A month, a quarter or the whole horizon, both ends included."""

    kind: str
    label: str
    start: dt.date
    end: dt.date


@dataclass(frozen=True)
class Said:
    """Bookings of one stretch: `won` so far by `wins` deals, what it will be in all, and where the rest comes from.

    `opened`, `new` and `again` are means: of open deals, of deals not created yet, of add-ons and renewals to come.
    """

    won: float
    wins: int
    mean: float
    p5: float
    p25: float
    p50: float
    p75: float
    p95: float
    opened: float = 0.0
    new: float = 0.0
    again: float = 0.0


@dataclass(frozen=True)
class Group:
    """Everything ("all"), or one owner, team, source, pipeline or revenue type; `said` by stretch, in their order."""

    by: str
    id: int | None
    said: tuple[Said, ...]


@dataclass(frozen=True)
class Mark:
    """Cumulative bookings at the end of a day since the fan began: `won` so far, or the quantiles of what is to be."""

    day: dt.date
    won: float | None = None
    p5: float | None = None
    p25: float | None = None
    p50: float | None = None
    p75: float | None = None
    p95: float | None = None


@dataclass(frozen=True)
class OpenDeal:
    """What an open deal is expected to bring, within the horizon and by the end of the running quarter, and why.

    `usual` is the mean chance of the open deals of its stage (NaN: too few), `waiting` the days it stands there,
    `quiet` the days since anything was done about it, `pushes` how often its expected close was put off.
    """

    id: int
    owner: int | None
    source: int | None
    stage: int | None
    value: float
    chance: float
    chance_in_quarter: float
    money: float
    money_in_quarter: float
    likely: dt.date | None
    expected: dt.date | None
    usual: float
    waiting: float
    quiet: float
    pushes: int


@dataclass(frozen=True)
class Beside:
    """A simple forecast beside ours ("weighted", "last_year", "sellers"), by stretch."""

    key: str
    money: tuple[float, ...]
    cannot: Cannot | None = None


@dataclass(frozen=True)
class Goal:
    """A target of won value and the chance that it is met. Of a person, a team or (neither) the company."""

    metric: str
    person: int | None
    team: int | None
    pipeline: int | None
    start: dt.date
    end: dt.date
    amount: float
    so_far: float
    low: float
    middle: float
    high: float
    probability: float | None
    cannot: Cannot | None = None


@dataclass(frozen=True)
class Step:
    """A bar of the waterfall, with the deals behind it."""

    key: str
    money: float
    deals: tuple[int, ...]


@dataclass(frozen=True)
class Moved:
    """From what was expected of a stretch on a past day to what is expected now."""

    stretch: Stretch
    since: dt.date
    before: float
    after: float
    steps: tuple[Step, ...]
    cannot: Cannot | None = None


@dataclass(frozen=True)
class Outlook:
    """All of it. `cannot` set: there is no number to be confident in, and no groups.

    `method` is what it rests on: "hazards", "table" or "none"; `checked` past forecasts have corrected it.
    """

    day: dt.date
    weeks: int
    stretches: tuple[Stretch, ...]
    groups: tuple[Group, ...]
    fan: tuple[Mark, ...]
    deals: tuple[OpenDeal, ...]
    beside: tuple[Beside, ...]
    goals: tuple[Goal, ...]
    moved: Moved | None
    method: str
    closed: int
    won: int
    open: int
    checked: int
    cannot: Cannot | None = None

    def group(self, by: str = "all", of: int | None = None) -> Group | None:
        """What is said of one group; None where nothing is."""
        return next((one for one in self.groups if (one.by, one.id) == (by, of)), None)

    def places(self, *kinds: str) -> list[int]:
        """Which of the stretches are of these kinds."""
        return [place for place, stretch in enumerate(self.stretches) if stretch.kind in kinds]

    @property
    def quarter(self) -> int | None:
        """The place of the running quarter."""
        return next((place for place in self.places("quarter") if self.stretches[place].start <= self.day), None)
