"""A company small enough to be counted by hand, in the simulator's own shape."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from leadline.insights.simulator.company import (
    DAY,
    NEVER,
    NOBODY,
    Activities,
    Batch,
    Company,
    Currency,
    Deals,
    Edits,
    Leads,
    Part,
    People,
    Pushes,
    Source,
    Targets,
    Truth,
    Visits,
)

UNTIL = 20_000 * DAY
START = UNTIL - 200 * DAY


def day(number: int, hour: int = 9) -> int:
    """A moment: so many days after the start."""
    return START + number * DAY + hour * 3600


def table(shape: Any, rows: int, /, **columns: Any) -> Any:
    """A structure of arrays; what is not named is nobody, never, nothing."""
    blank = {name: [NOBODY if name in PLACES else 0] * rows for name in shape.__annotations__}
    return shape(**{name: np.array(values) for name, values in {**blank, **columns}.items()})


PLACES = {"lead", "deal", "contact", "campaign", "lost_reason", "person", "team", "originator"}

PEOPLE = table(
    People, 3,
    part=[Part.LEADER, Part.CLOSER, Part.CLOSER], team=[0, 0, 0], hired_on=[19_000, 19_100, 19_200],
    carries_quota=[False, True, True],
)  # fmt: skip
LEADS = table(
    Leads, 4,
    key=[0, 1, 2, 3], created=[day(1), day(2), day(3), day(4)], source=[0, 1, 0, 1], owner=[1, 2, 1, 2],
    account=[0, 1, 2, 0], sal=[day(5), day(6), 0, 0], stage=[3, 3, 1, 0], status=[1, 1, 2, 0],
    closed=[day(5), day(6), day(9), 0], deal=[0, 1, NOBODY, NOBODY], campaign=[0, NOBODY, 0, NOBODY],
)  # fmt: skip
DEALS = table(
    Deals, 4,
    key=[0, 1, 2, 3], created=[day(5), day(6), day(30), day(50)], lead=[0, 1, NOBODY, NOBODY], account=[0, 1, 0, 2],
    contact=[0, 1, 0, NOBODY], owner=[1, 2, 1, 2], first_owner=[1, 2, 1, 2], source=[0, 1, 0, 1], revenue=[0, 0, 2, 0],
    status=[1, 2, 0, 3], closed=[day(40), day(60), 0, day(70)], stage=[4, 1, 2, 1],
    value=[10_000.0, 2_200.0, np.nan, 500.0], currency=[0, 1, 0, 0], amount=[10_000.0, 2_000.0, np.nan, 500.0],
    first_amount=[8_000.0, 2_000.0, np.nan, 500.0], expected=[19_860, 19_870, 20_020, 0],
    first_expected=[19_850, 19_870, 20_010, 0], lost_reason=[NOBODY, 1, NOBODY, NOBODY],
)  # fmt: skip
VISITS = Visits(
    offsets=np.array([0, 4, 6, 7, 8]),
    stage=np.array([0, 1, 2, 4, 0, 1, 2, 1]),
    entered=np.array([day(5), day(10), day(20), day(30), day(6), day(12), day(30), day(50)]),
    actor=np.array([1, 1, 1, 1, 2, 2, 1, 2]),
)
PUSHES = Pushes(
    offsets=np.array([0, 1, 1, 2, 2]),
    at=np.array([day(25), day(90)]),
    was=np.array([19_850, 20_010]),
    now=np.array([19_860, 20_020]),
)
EDITS = Edits(deal=np.array([0]), at=np.array([day(15)]), amount=np.array([10_000.0]))
ACTIVITIES = table(
    Activities, 4,
    kind=[0, 1, 2, 4], owner=[1, 2, 1, 1], lead=[0, NOBODY, NOBODY, NOBODY], deal=[NOBODY, 1, 0, 2],
    created=[day(1), day(6), day(10), day(190)], due=[day(1, 11), day(7), day(12), day(205)],
    done=[day(1, 11), day(7), day(12), NEVER], minutes=[5, 4, 45, 0], replied=[0, day(8), 0, 0],
)  # fmt: skip


@dataclass(frozen=True)
class Small:
    """A simulation of one batch."""

    company: Company
    batch: Batch

    def batches(self) -> Iterator[Batch]:
        yield self.batch


def simulation() -> Any:
    """Three people, three firms, four leads, four deals: one won, one lost, one open, one parked."""
    nothing = np.zeros(0)
    truth = Truth(
        "healthy", "", NEVER, {}, NOBODY, NOBODY, NOBODY, NOBODY, *(nothing,) * 6, 1.0,
    )  # fmt: skip
    targets = Targets(np.array([1]), np.array([NOBODY]), np.array([19_800]), np.array([19_889]), np.array([50_000]))
    company = Company(
        "healthy", 1, START, UNTIL, PEOPLE, 1, (Source("Inbound web", "inbound", 2), Source("Outreach", "outbound", 0)),
        (Currency("USD", 1.0), Currency("EUR", 1.1)), 7, targets, truth,
    )  # fmt: skip
    return Small(company, Batch(0, 0, 0, 3, LEADS, DEALS, VISITS, PUSHES, EDITS, ACTIVITIES))
