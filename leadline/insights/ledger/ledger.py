"""The ledger of a company's sales: structures of arrays, one entry per row, with the times at which things changed.

Moments are float64 days since 1970-01-01 0:00 UTC (NEVER, infinity: did not come; NaN: it came, nobody knows when).
Days that people set are whole float64 days of the same count (NaN: none). A category (`stage`, `source`, `owner` …) is
a place from 0 in the ledger's `names`, NOBODY (-1) where it is not recorded. `deal` and `lead` in other tables are rows
of `deals` and `leads`, -1 for none. Money is float64 in the base currency, NaN where no amount is recorded. Tables that
hang on deals lie in order of deal, then time.

Nothing here knows where it came from: `reading` makes it of the warehouse, `simulator.ledgers` of a simulated company.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

Moments = NDArray[np.float64]
Floats = NDArray[np.float64]
Places = NDArray[np.int32]
Ids = NDArray[np.int64]
Flags = NDArray[np.bool_]

NEVER = np.inf
NOBODY = -1


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


class LeadStatus(IntEnum):
    """What became of a lead."""

    OPEN = 0
    CONVERTED = 1
    DISCARDED = 2
    NURTURE = 3


class Touch(IntEnum):
    """What a touch was (R3)."""

    ACTIVITY = 0
    MOVE = 1
    EDIT = 2
    NOTE = 3


@dataclass(frozen=True)
class Names:
    """What the places of one category stand for: ids of records and their labels, in the order of the places."""

    ids: Ids
    labels: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.labels)


@dataclass(frozen=True)
class Deals:
    """D deals in order of creation, as they stand at the ledger's `as_of`."""

    id: Ids
    created: Moments
    closed: Moments  # won, lost or parked; NEVER while open
    status: NDArray[np.int8]  # a Status
    pipeline: Places
    stage: Places  # where it stands, or stood when it closed
    owner: Places
    originator: Places
    source: Places
    campaign: Places
    organization: Ids  # the record's id, -1 for none
    person: Flags  # whether a person is on it
    revenue: NDArray[np.int8]  # a Revenue
    value: Floats
    expected: Floats  # the day on which it is expected to close
    lead: Places  # the row of the lead it came from
    lost_reason: Places
    title_key: Ids  # equal for equal titles

    def __len__(self) -> int:
        return len(self.id)


@dataclass(frozen=True)
class Visits:
    """Stays of deals in stages, as the warehouse knows them (moves undone at once left out)."""

    deal: Places
    stage: Places
    entered: Moments
    left: Moments  # NEVER: still there
    owner: Places  # at entry

    def __len__(self) -> int:
        return len(self.deal)


@dataclass(frozen=True)
class Facts:
    """How one thing about deals stood from a moment on: its value, its expected day, its owner, its status.

    The first row of a deal is how it stood at its creation; deals about which it never was known may have no row.
    """

    deal: Places
    since: Moments
    was: Floats  # the value then; NaN (or -1 for an owner): none

    def __len__(self) -> int:
        return len(self.deal)


@dataclass(frozen=True)
class Touches:
    """What somebody did about a deal or a lead."""

    deal: Places
    lead: Places
    when: Moments
    kind: NDArray[np.int8]  # a Touch
    actor: Places

    def __len__(self) -> int:
        return len(self.deal)


@dataclass(frozen=True)
class Activities:
    """Planned and done work; `done` is NEVER where it is not done (by `as_of`)."""

    deal: Places
    lead: Places
    type: Places
    owner: Places
    created: Moments
    due: Moments
    done: Moments

    def __len__(self) -> int:
        return len(self.deal)


@dataclass(frozen=True)
class Leads:
    """L leads in order of creation; steps of their path are NEVER where they did not come."""

    id: Ids
    created: Moments
    source: Places
    campaign: Places
    originator: Places
    owner: Places
    organization: Ids
    responded: Moments  # first touch by anybody after creation
    mql: Moments
    sql: Moments
    sal: Moments  # accepted: its deal was created
    handed: Moments
    closed: Moments
    status: NDArray[np.int8]  # a LeadStatus
    deal: Places

    def __len__(self) -> int:
        return len(self.id)


@dataclass(frozen=True)
class Stages:
    """Stages by place (`names["stage"]`)."""

    pipeline: Places
    rank: NDArray[np.int32]  # from 0, in the order of the pipeline
    rot_days: Floats
    probability: Floats  # 0 to 1, as the users set it; NaN: not set
    gone: Flags


@dataclass(frozen=True)
class Staff:
    """People by place (`names["owner"]`)."""

    team: Places
    role: tuple[str, ...]
    hired: Floats  # days; NaN: not recorded
    left: Floats  # days; NaN: still here, or not recorded
    quota: Flags
    active: Flags  # has not left by `as_of`, as far as is recorded


@dataclass(frozen=True)
class Targets:
    """Who should reach how much from one day to another, both included (`person` and `team` -1: the company)."""

    id: Ids
    metric: tuple[str, ...]
    person: Places
    team: Places
    pipeline: Places
    start: Floats
    end: Floats
    amount: Floats


@dataclass(frozen=True)
class Ledger:
    """All that happened up to `as_of`. `names` has pipeline, stage, owner, team, source, campaign, lost_reason, type.

    `start` is when the records begin. `zone` is the company's time zone, `fiscal_start` the month (1 to 12) in which
    its year begins. `whole` is false where somebody sees only a part of the company's deals.
    """

    as_of: float
    start: float
    zone: str
    fiscal_start: int
    names: Mapping[str, Names]
    deals: Deals
    visits: Visits
    values: Facts
    expectations: Facts
    owners: Facts
    statuses: Facts
    touches: Touches
    activities: Activities
    leads: Leads
    stages: Stages
    staff: Staff
    targets: Targets
    whole: bool = True
