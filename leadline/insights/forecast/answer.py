"""What the forecast says.

Days are whole float64 days since 1970-01-01 of the company's calendar; money is base currency. N draws, S spans, L =
len(LEVELS) quantiles, O open deals. Every number of a group is the sum over the same draws, so groups of one kind add
up to everything, draw by draw.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from leadline.insights.ledger.ledger import NOBODY, Floats, Ids, Places

LEVELS: Floats = np.round(np.arange(1, 20) * 0.05, 2)  # 5 to 95 %
MEDIAN, LOW, HIGH = 9, 0, 18  # their places: the median and the 90 % interval

Kind = Literal["week", "month", "quarter", "horizon"]
By = Literal["all", "owner", "team", "source", "pipeline", "revenue"]
Part = Literal["open", "new", "again"]
PARTS: tuple[Part, ...] = ("open", "new", "again")  # open deals; deals not created yet; add-ons, renewals not created

# Why there is no (confident) number; the pages have a sentence for each, `SENTENCES` a plain one.
Reason = Literal[
    "no_deals",
    "few_closed",
    "none_won",
    "short_history",
    "one_day",
    "no_amounts",
    "unsound",
    "no_past_year",
    "no_dates",
    "beyond",
    "over",
    "ended",
]
SENTENCES: Mapping[str, str] = {
    "no_deals": "There are no deals yet.",
    "few_closed": "Too few deals are closed to tell how deals here go: {more} more are needed.",
    "none_won": "Too few deals are won to tell what winning takes here: {more} more are needed.",
    "short_history": "The records are too short to tell the pace: {more} more weeks are needed.",
    "one_day": "All closed deals were closed on one and the same day, which tells no pace.",
    "no_amounts": "Hardly any won deal has an amount: {more} more are needed for a forecast of money.",
    "unsound": "The numbers that come of these records are not finite, so nothing is said of them.",
    "no_past_year": "The records do not reach back to the same days of last year.",
    "no_dates": "No open deal has an expected close date.",
    "beyond": "It ends after the horizon of this forecast.",
    "over": "It is over.",
    "ended": "Nothing was recorded since {day}: look at it as of that day.",
}
EPOCH = dt.date(1970, 1, 1)


@dataclass(frozen=True)
class Cannot:
    """What cannot be told: a word of SENTENCES, and how much more (deals, weeks) it would take.

    Where the records have "ended" `more` is their last day, in days since 1970.
    """

    reason: Reason
    more: int = 0

    @property
    def sentence(self) -> str:
        """In plain English; pages say it in the reader's language by `reason`."""
        day = EPOCH + dt.timedelta(days=self.more) if self.reason == "ended" else None
        return SENTENCES[self.reason].format(more=self.more, day=day)


@dataclass(frozen=True)
class Span:
    """A stretch of days for which bookings are forecast, both ends included.

    Weeks are sevens of days from the day of `as_of` on; months and quarters those of the company's (fiscal) calendar,
    the running one whole: what is won in it so far counts in. The horizon is all its weeks.
    """

    kind: Kind
    label: str  # as insights.periods labels it: 2026-11, 2026-Q4, FY2027-Q1; weeks "+1" …; the horizon "13w"
    start: float
    end: float


@dataclass(frozen=True)
class Bookings:
    """The money of one group: `won` so far in each span, and `draws` of what each span will have brought in all."""

    won: Floats  # (S,)
    wins: Floats  # (S,): deals won so far
    draws: NDArray[np.float32]  # (N, S), `won` included
    parts: Mapping[Part, Floats]  # (S,): the mean of what is to come, by where it comes from

    @property
    def mean(self) -> Floats:
        """(S,)."""
        return np.asarray(self.draws.mean(axis=0, dtype=np.float64))

    @property
    def quantiles(self) -> Floats:
        """(S, L), at LEVELS."""
        return np.asarray(np.quantile(self.draws, LEVELS, axis=0).T, np.float64)


@dataclass(frozen=True)
class OpenDeals:
    """The open deals, one row each, in order of the ledger."""

    deal: Places  # row of the ledger's deals
    id: Ids
    stage: Places
    owner: Places
    value: Floats  # as it stands; NaN: no amount
    won: Floats  # chance to be won within the horizon
    lost: Floats  # chance to be lost or parked within the horizon
    won_in_quarter: Floats  # chance to be won by the end of the running quarter
    money: Floats  # expected within the horizon
    money_in_quarter: Floats
    likely: Floats  # the day by which half of its chance within the horizon has come
    expected: Floats  # the seller's own day; NaN: none

    def __len__(self) -> int:
        return len(self.deal)


@dataclass(frozen=True)
class Baseline:
    """A simple forecast beside ours, from the same data; (S,), NaN where `cannot`. Won so far is counted in."""

    key: Literal["weighted", "last_year", "sellers"]
    money: Floats
    cannot: Cannot | None = None


@dataclass(frozen=True)
class TargetChance:
    """The probability that one of the ledger's targets (`row`) is met; None where it cannot be told."""

    row: int
    so_far: float
    low: float  # 5 % quantile of what it will be
    middle: float
    high: float
    probability: float | None
    cannot: Cannot | None = None


@dataclass(frozen=True)
class Past:
    """A forecast as it would have stood at a past moment, for weeks from then on, and what came of it."""

    as_of: float
    weeks: int
    quantiles: Floats  # (L,), before correction
    weighted: float  # the baselines, NaN: none
    last_year: float
    sellers: float
    outcome: float


@dataclass(frozen=True)
class Correction:
    """What past errors taught: the logarithm of money to come is shifted, and its spread about the median widened."""

    origins: int  # past forecasts it rests on
    shift: float = 0.0
    spread: float = 1.0


@dataclass(frozen=True)
class Basis:
    """What the forecast rests on."""

    method: Literal["hazards", "table", "none"]
    closed: int  # 0: it rests on more deals than those it is about
    won: int
    open: int
    weeks: float  # of records
    amounts: float  # share of won deals with an amount


@dataclass(frozen=True)
class Forecast:
    """The answer. Where `cannot` is set, `groups` is empty: there is no number to be confident in."""

    as_of: float
    weeks: int
    spans: tuple[Span, ...]
    groups: Mapping[tuple[By, int], Bookings]  # ("all", NOBODY) is everything; places are those of the ledger's names
    deals: OpenDeals
    baselines: tuple[Baseline, ...]
    targets: tuple[TargetChance, ...]
    past: tuple[Past, ...]
    correction: Correction
    basis: Basis
    cannot: Cannot | None = None

    @property
    def all(self) -> Bookings | None:
        """Everything together."""
        return self.groups.get(("all", NOBODY))

    def places(self, kind: Kind) -> list[int]:
        """Which of the spans are weeks, months …"""
        return [place for place, span in enumerate(self.spans) if span.kind == kind]


@dataclass(frozen=True)
class Step:
    """One bar of the waterfall: `money` of the change, and the rows of the ledger's deals behind it."""

    key: Literal["won", "lost", "slipped", "added", "revalued", "chances", "to_come"]
    money: float
    deals: Places


@dataclass(frozen=True)
class Waterfall:
    """From the expected bookings of a span then to those now: before + the steps = after, exactly."""

    span: Span
    since: float
    before: float
    after: float
    steps: tuple[Step, ...]
    cannot: Cannot | None = None
