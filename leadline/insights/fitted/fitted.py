"""What is fitted to a ledger, and what may be changed in it.

Shapes: N draws of the posterior, G streams, K stages of the pipeline in order, Q past quarters, P people, W weeks.
A quarter is 13 weeks here, counted back from the ledger's `as_of`; quarter 0 is the oldest. A stream is what comes of
one source, as leads or as deals without a lead.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from leadline.insights.ledger.ledger import NOBODY, Flags, Floats, Places

Matrix = NDArray[np.float64]
Rows = NDArray[np.signedinteger[Any]]

DRAWS = 300
WEEK = 7.0
QUARTER_WEEKS = 13
QUARTER = WEEK * QUARTER_WEEKS  # days
AHEAD = 104  # weeks that may be simulated


@dataclass(frozen=True)
class Streams:
    """G streams: the place of the source (NOBODY: not recorded), and whether it comes as leads."""

    source: Places
    of_leads: Flags

    def __len__(self) -> int:
        return len(self.source)

    def of(self, source: int, *, leads: bool = True) -> int:
        """Which stream that is; -1 where nothing ever came of it."""
        found = np.flatnonzero((self.source == source) & (self.of_leads == leads))
        return int(found[0]) if len(found) else NOBODY


@dataclass(frozen=True)
class Window:
    """The time that stands for the present: from `start` to `end`, whole quarters. `reason`: why so many."""

    start: float
    end: float
    quarters: int
    reason: str  # recent: half a year holds enough; thin: more quarters were needed; short: there is not more


@dataclass(frozen=True)
class History:
    """The same factors quarter by quarter, oldest first; NaN where a quarter says nothing. `starts` (Q,) in days.

    `came` are leads, or deals without one, and `expected` what season alone would make of an even stream, in weeks.
    `lead_trials` and `trials` are the cases that a share is worth: conversions over the share. `log_size` is the mean
    of the logarithm of won values, `log_stay` of the days that deals which advanced had stayed.
    """

    starts: Floats
    came: Matrix  # (Q, G)
    expected: Floats  # (Q,)
    lead_conversion: Matrix  # (Q, G)
    lead_trials: Matrix
    lead_days: Matrix  # (Q, G): median days from a lead to its deal
    entered: Matrix  # (Q, K)
    conversion: Matrix
    trials: Matrix
    log_stay: Matrix
    log_stay_error: Matrix
    stays: Matrix  # (Q, K): how many of them
    won: Floats  # (Q,)
    booked: Floats  # (Q,): money won
    log_size: Floats
    log_size_error: Floats
    response_hours: Floats  # (Q,): median first response to leads

    def __len__(self) -> int:
        return len(self.starts)


@dataclass(frozen=True)
class Delays:
    """Quantiles, at (i + 1/2) / width, of days: of leads that become deals until they do, of deals in a stage."""

    lead: Matrix  # (G, width)
    lead_lost: Matrix  # (G, width): until a lead that becomes none is given up
    advance: Matrix  # (K, width): in the stage, of those that advance
    fail: Matrix  # (K, width): of those that are lost or parked there


@dataclass(frozen=True)
class Sizes:
    """Money per won deal. `values` are those seen in the window (all of them), base currency, over their stream's
    factor; `seen` is their mean as they stand (0: none); `priced` is the share of won deals on which an amount is
    recorded: others book nothing; `filled` is how likely an open deal without an amount has one when it is won.
    """

    values: Floats
    seen: float
    factor: Matrix  # (N, G)
    mean: Floats  # (N,): of `values` as they might be (Rubin's Bayesian bootstrap, 1981)
    priced: Floats  # (N,)
    filled: float

    @property
    def money(self) -> Matrix:
        """(N, G): booked by a won deal on average."""
        return self.factor * (self.mean * self.priced)[:, None]

    @property
    def unpriced(self) -> Floats:
        """(G,): booked on average by an open deal without an amount, once it is won."""
        return np.asarray((self.factor * self.mean[:, None]).mean(axis=0) * self.filled)


@dataclass(frozen=True)
class People:
    """Everybody in the names' order (P people). `load` (P, K): passages of the window that ended, by owner at entry.

    `skill` (P, K) is how much more than the mix of their streams explains they let advance, on the logit, drawn towards
    0 as the spread between people asks (`spread` (K,), `skill_error` (P, K)); `raw` and `raw_error` are untempered,
    with NaN where there are no cases. `busiest` (P,): new deals in a full quarter, the fourth part of theirs that took
    most; `usual` (P,): in the window, a quarter; `working` (P,): whether they took new deals in the window.
    """

    load: Matrix
    skill: Matrix
    skill_error: Matrix
    raw: Matrix
    raw_error: Matrix
    spread: Floats
    busiest: Floats
    usual: Floats
    working: Flags


@dataclass(frozen=True)
class Sellers:
    """What one seller does. `capacity` (N,): new deals a quarter at most, NaN where nobody's is known.

    `ramp` (N,) months until a new one does as the others; `ramp_known` false where it is a usual value (4 months).
    `own` is the share of their new deals that sellers find themselves: without a lead, originated by who sells it.
    `spare` (N,) are leads a quarter that nobody answers because too many come at once: more than would be left anyway,
    as in calm weeks. `unanswered` are all that nobody answers, a quarter; NaN where answers are not recorded.
    """

    capacity: Floats
    ramp: Floats
    ramp_known: bool
    own: float
    spare: Floats
    unanswered: float
    count: int


@dataclass(frozen=True)
class Standing:
    """What is open: D deals by stage (in K), stream, days in the stage, value (NaN: none), and what is still to come.

    `still` (D,) is the chance to advance from where it is. `money` (K, G, AHEAD) is what advances in which week, as
    money on the deals times that chance (a deal without an amount: its stream's mean, as often as one is filled in);
    `leads` (G, AHEAD) are open leads that become deals.
    """

    deal: Places  # rows of the ledger's deals
    stage: Places
    stream: Places
    age: Floats
    value: Floats
    still: Floats
    money: NDArray[np.float64]
    leads: Matrix


@dataclass(frozen=True, eq=False)
class Fitted:
    """One pipeline as it works at present. What is uncertain has draws, one row each."""

    pipeline: int
    as_of: float
    seed: int
    window: Window
    stages: Places  # (K,): their places in the ledger's names, in order
    streams: Streams
    arrivals: Matrix  # (N, G): a week, season taken out
    clumping: Floats  # (G,): variance of a week's count is m + clumping m²
    season: Floats  # (AHEAD,): factor of each week to come; all 1 where a year is not recorded
    seasonal: bool
    lead_conversion: Matrix  # (N, G): of leads to deals of this pipeline; 1 for streams without leads
    begins: Matrix  # (G, K): in which stage deals are first recorded
    conversion: NDArray[np.float64]  # (N, G, K): the share that advances
    trials: Matrix  # (G, K): passages of the window that ended
    delays: Delays
    sizes: Sizes
    people: People
    sellers: Sellers
    standing: Standing
    history: History
    won: int  # deals in the window
    says: tuple[str, ...] = ()  # what could not be fitted: no_deals, no_wins, few_wins, no_values, one_deal, no_leads

    @property
    def usable(self) -> bool:
        """Whether there is anything to simulate."""
        return bool(self.won) and len(self.stages) > 0

    @property
    def draws(self) -> int:
        """N."""
        return len(self.arrivals)

    def stage(self, place: int) -> int:
        """Where a stage of the names stands in the pipeline's order; -1: not in it."""
        found = np.flatnonzero(self.stages == place)
        return int(found[0]) if len(found) else NOBODY


@dataclass(frozen=True)
class Lift:
    """One factor of the pipeline times `factor`, a number or one for each draw; NOBODY: at every place.

    `what`: leads (of a source that brings none: its deals), deals (those that come without a lead), lead_conversion,
    lead_days, conversion, days, size.
    `stage`, `source` and `person` are places in the ledger's names. A person's conversion moves that of all by their
    share of the stage's passages.
    """

    what: str
    factor: float | Floats
    stage: int = NOBODY
    source: int = NOBODY
    person: int = NOBODY


@dataclass(frozen=True)
class Hired:
    """More sellers (or fewer, below 0): how many, after how many months they begin; NaN: as fitted.

    `own` is the share of their deals that they find themselves, so that they need no leads for it.
    """

    count: int
    after: float = 0.0
    ramp: float = np.nan  # months
    capacity: float = np.nan  # new deals a quarter
    own: float = np.nan


@dataclass(frozen=True)
class Change:
    """What is different. `capped`: no more new deals than people have been seen to take. `without` are open deals
    (rows of the ledger) that are taken out; `without_largest` takes so many of the largest values out of what may be
    won."""

    lifts: tuple[Lift, ...] = ()
    hired: Hired | None = None
    capped: bool = False
    without: tuple[int, ...] = ()
    without_largest: int = 0

    def and_also(self, *lifts: Lift) -> Change:
        """The same with more lifts."""
        return replace(self, lifts=(*self.lifts, *lifts))


NOTHING = Change()


def lifted(
    what: str, factor: float | Floats, *, stage: int = NOBODY, source: int = NOBODY, person: int = NOBODY
) -> Change:
    """A change of one factor."""
    return Change((Lift(what, factor, stage, source, person),))
