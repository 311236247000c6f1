"""What the simulator hands over: a company, and batch by batch what happened to its leads and deals.

Every table is a structure of arrays, one entry per row. Moments are int64 seconds since 1970 (UTC), days are int32 days
since 1970, NEVER (0) is a moment or a day that did not come. A place (`owner`, `source` ...) is a number from 0 in the
company's own tuple or table; NOBODY (-1) is none. A ragged table lies in order of its deal: the rows of deal i are
`offsets[i]:offsets[i + 1]`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

Moments = NDArray[np.int64]  # seconds since 1970, UTC
Days = NDArray[np.int32]  # days since 1970
Places = NDArray[np.int16]
Numbers = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

NEVER = 0
NOBODY = -1
DAY = 86_400  # seconds
STAGES = 5  # of the one pipeline, in order
QUALIFYING, MIDDLE = 1, 2  # the stage in which a deal is qualified, and the middle one, in which faults are planted


class Part(IntEnum):
    """What a person does here."""

    LEADER = 0
    CLOSER = 1
    ACCOUNT_MANAGER = 2
    INBOUND = 3  # develops leads that come by themselves
    OUTBOUND = 4  # makes leads


class Status(IntEnum):
    """Where a deal stands in its life."""

    OPEN = 0
    WON = 1
    LOST = 2
    NURTURE = 3


class Revenue(IntEnum):
    """What kind of money a deal is."""

    NEW = 0
    ADD_ON = 1
    RENEWAL = 2


class LeadStage(IntEnum):
    """How far a lead got."""

    TARGET = 0
    MQL = 1
    SQL = 2
    SAL = 3


class LeadStatus(IntEnum):
    """What became of a lead."""

    OPEN = 0
    CONVERTED = 1
    DISCARDED = 2
    NURTURE = 3


class Work(IntEnum):
    """Kinds of activity."""

    CALL = 0
    EMAIL = 1
    MEETING = 2
    DEMO = 3
    TASK = 4


@dataclass(frozen=True)
class Source:
    """A stream of leads. `kind` is inbound, outbound, referral or partner; `campaigns` is how many run under it."""

    name: str
    kind: str
    campaigns: int


@dataclass(frozen=True)
class People:
    """Who works here: one row per person, leaders first. `team` counts from 0; the leader of a team is in it."""

    part: Places  # a Part
    team: Places
    hired_on: Days
    left_on: Days
    carries_quota: Flags

    def __len__(self) -> int:
        return len(self.part)


@dataclass(frozen=True)
class Targets:
    """Bookings wanted per quarter: of a person (`team` is NOBODY) or of a team (`person` is NOBODY)."""

    person: Places
    team: Places
    start_on: Days
    end_on: Days  # included
    amount: Numbers  # base currency, whole units

    def __len__(self) -> int:
        return len(self.amount)


@dataclass(frozen=True)
class Currency:
    """The first one of a company is its base; `rate` is what one unit is worth in it."""

    code: str
    rate: float


@dataclass(frozen=True)
class Truth:
    """What was planted, and the parameters behind the company, for tests and for judging a diagnosis.

    Shapes: P people, S sources, K = STAGES. `conversion` and the like are those of an average deal before the fault.
    """

    scenario: str
    fault: str  # which mechanism was planted, "" for none
    begins: int  # the moment from which on it works; the company's start where always; NEVER for none
    strength: dict[str, float]  # from scenarios.toml
    person: int  # of the fault, or NOBODY
    stage: int  # of the fault, or NOBODY
    source: int  # of the fault, or NOBODY
    team: int  # of the fault, or NOBODY
    skill: Floats  # (P, K): added to the logit of advancing
    capacity: Floats  # (P,): new deals, or leads, a month at most when ramped up
    conversion: Floats  # (K,): the share that advances
    days_on: Floats  # (K,): median days in the stage of those that advance
    source_share: Floats  # (S,): of leads
    source_conversion: Floats  # (S,): of leads, to deals
    deals_per_lead: float  # as measured in a trial run of the same company without fault, add-ons and renewals included


@dataclass(frozen=True)
class Company:
    """Everything that does not grow with the number of deals. `start` and `until` are moments: 0:00 UTC of days."""

    scenario: str
    seed: int
    start: int
    until: int
    people: People
    teams: int
    sources: tuple[Source, ...]
    currencies: tuple[Currency, ...]
    lost_reasons: int  # how many there are; the later ones are given for deals lost late
    targets: Targets
    truth: Truth


@dataclass(frozen=True)
class Leads:
    """L leads, in order of creation. A batch's leads are numbered on from `Batch.first_lead`."""

    key: Numbers  # the same lead in every scenario of a seed
    created: Moments
    source: Places  # as recorded
    campaign: Places  # within the source
    originator: Places  # the person credited with it
    owner: Places  # who develops it; the one who closes it where nobody develops leads
    account: Numbers  # the organization, counted over all batches; also of deals
    fit: Floats  # standard normal: how well it suits
    responded: Moments  # first touch by the owner
    mql: Moments
    sql: Moments
    sal: Moments  # accepted: its deal is created
    handed: Moments  # to the one who closes
    stage: Places  # a LeadStage
    status: Places  # a LeadStatus
    closed: Moments  # discarded, parked or converted
    deal: Numbers  # the place of its deal within the batch, or NOBODY
    true_source: Places  # hidden: where it came from

    def __len__(self) -> int:
        return len(self.key)


@dataclass(frozen=True)
class Deals:
    """D deals: those that leads became, then add-ons and renewals, then fluff. Numbered on from `Batch.first_deal`."""

    key: Numbers  # the same deal in every scenario of a seed; below 0: fluff
    created: Moments
    lead: Numbers  # the place of its lead within the batch, or NOBODY
    account: Numbers
    contact: Places  # which of the people there, 0 to 2; NOBODY: no person on the deal
    owner: Places  # now
    first_owner: Places
    handed: Moments  # when another became owner because the first left
    originator: Places
    source: Places
    campaign: Places
    revenue: Places  # a Revenue
    band: Places  # of size: 0 small, 1 middle, 2 large
    status: Places  # a Status
    closed: Moments  # won, lost or parked
    stage: Places  # where it stands, or stood when it closed
    value: Floats  # base currency; NaN: no amount
    currency: Places
    amount: Floats  # the same in its currency, as typed
    first_amount: Floats  # as typed at creation; NaN: none then
    expected: Days  # expected close, as of now
    first_expected: Days
    lost_reason: Places
    fluff: Flags  # hidden: nobody believes in it
    unqualified: Flags  # hidden: was carried along
    late: Flags  # hidden: recorded in one go on the day it closed

    def __len__(self) -> int:
        return len(self.key)


@dataclass(frozen=True)
class Visits:
    """Stages of deals as recorded: ragged, (D + 1) offsets. The first row of a deal is where it was created."""

    offsets: Numbers
    stage: Places
    entered: Moments
    actor: Places


@dataclass(frozen=True)
class Pushes:
    """Moves of the expected close date: ragged, (D + 1) offsets."""

    offsets: Numbers
    at: Moments
    was: Days
    now: Days


@dataclass(frozen=True)
class Edits:
    """Later changes of the amount: one row each, at most one a deal."""

    deal: Numbers  # the place within the batch
    at: Moments
    amount: Floats  # what it became, in the deal's currency


@dataclass(frozen=True)
class Activities:
    """Work on leads and deals, in no order. Planned and not done: `done` is NEVER."""

    kind: Places  # a Work
    owner: Places
    lead: Numbers  # the place within the batch, or NOBODY
    deal: Numbers  # the place within the batch, or NOBODY
    created: Moments
    due: Moments
    done: Moments
    minutes: Places
    replied: Moments  # an answer came, as from a mailbox

    def __len__(self) -> int:
        return len(self.kind)


@dataclass(frozen=True)
class Batch:
    """What became of the leads of some weeks. Nothing in a batch refers to another batch."""

    first_lead: int
    first_deal: int
    first_account: int
    accounts: int  # how many are met in it: `first_account` to `first_account + accounts - 1`
    leads: Leads
    deals: Deals
    visits: Visits
    pushes: Pushes
    edits: Edits
    activities: Activities
