"""A simulated company as a ledger, without the detour over files: what its files say once they are imported.

Nothing hidden is in it. Places of pipeline, stage, owner, team, source and lost reason are those of the company, and so
of its `Truth`; campaigns stand one source behind the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Protocol

import numpy as np

from leadline.insights.ledger import ledger
from leadline.insights.ledger.laying import began, laid_out
from leadline.insights.ledger.ledger import Ledger, Names, Staff, Stages, Targets
from leadline.insights.ledger.rows import empty, stacked
from leadline.insights.simulator import ledger_deals, ledger_work
from leadline.insights.simulator.cast import Cast, cast_of
from leadline.insights.simulator.company import DAY, NOBODY, Batch, Company, Part
from leadline.insights.simulator.files.house import reviews
from leadline.insights.simulator.ledger_times import dates
from leadline.insights.simulator.words import firm
from leadline.insights.simulator.words.work import REVIEW, TYPES

TABLES = {
    "deals": ledger.Deals,
    "visits": ledger.Visits,
    "values": ledger.Facts,
    "expectations": ledger.Facts,
    "owners": ledger.Facts,
    "statuses": ledger.Facts,
    "leads": ledger.Leads,
    "touches": ledger.Touches,
    "activities": ledger.Activities,
}


class Simulated(Protocol):
    """A company, and what happened in it, batch by batch (`population.simulate`)."""

    @property
    def company(self) -> Company: ...

    def batches(self) -> Iterator[Batch]: ...


def ledger_of(simulation: Simulated) -> Ledger:
    """All that the records of the company hold at its end. Money is in the first of its currencies, the zone is UTC."""
    cast = cast_of(simulation.company)
    parts, number = [], len(reviews(cast))
    for batch in simulation.batches():
        parts.append(_part(cast, batch, number))
        number += len(batch.activities)
    columns: dict[str, Any] = {
        name: stacked([empty(table), *(part[name] for part in parts)]) for name, table in TABLES.items()
    }
    return laid_out(
        Ledger(
            as_of=cast.company.until / DAY,
            start=min(began(columns["deals"]), cast.company.until / DAY),
            zone="UTC",
            fiscal_start=1,
            names=_names(cast),
            stages=_stages(),
            staff=_staff(cast.company),
            targets=_targets(cast.company),
            **columns,
        )
    )


def _part(cast: Cast, batch: Batch, number: int) -> dict[str, Any]:
    """The tables of a batch; deals and leads are named by their numbers. `number` is that of the first activity."""
    return {
        "deals": ledger_deals.deals(cast, batch),
        "visits": ledger_deals.visits(batch),
        "values": ledger_deals.values(cast, batch),
        "expectations": ledger_deals.expectations(batch),
        "owners": ledger_deals.owners(batch),
        "statuses": ledger_deals.statuses(batch),
        "leads": ledger_work.leads(cast, batch),
        "touches": ledger_work.touches(batch),
        "activities": ledger_work.activities(batch, number),
    }


def _names(cast: Cast) -> dict[str, Names]:
    words: dict[str, Sequence[str]] = {
        "pipeline": (firm.PIPELINE,),
        "stage": [step.name for step in firm.STEPS],
        "owner": cast.people,
        "team": cast.teams,
        "source": cast.sources,
        "campaign": [name for names in cast.campaigns for name in names],
        "lost_reason": cast.lost_reasons,
        "type": (*TYPES, REVIEW),
    }
    return {kind: Names(np.arange(len(labels)), tuple(labels)) for kind, labels in words.items()}


def _stages() -> Stages:
    count = len(firm.STEPS)
    return Stages(
        pipeline=np.zeros(count, np.int32),
        rank=np.arange(count, dtype=np.int32),
        rot_days=np.array([step.rot_days for step in firm.STEPS], np.float64),
        probability=np.array([step.probability for step in firm.STEPS]) / 100,
        gone=np.zeros(count, bool),
    )


def _staff(company: Company) -> Staff:
    people = company.people
    left = dates(people.left_on)
    return Staff(
        team=people.team.astype(np.int32),
        role=tuple("leader" if part == Part.LEADER else "seller" for part in people.part),
        hired=dates(people.hired_on),
        left=left,
        quota=people.carries_quota.astype(bool),
        active=~(left <= company.until / DAY),
    )


def _targets(company: Company) -> Targets:
    """Of people and teams, and of the company what its teams add up to."""
    some = company.targets
    own = np.flatnonzero(some.amount > 0)
    teams = own[some.team[own] != NOBODY]
    periods, of = np.unique(np.column_stack([some.start_on, some.end_on])[teams], axis=0, return_inverse=True)
    whole = np.bincount(of.ravel(), some.amount[teams], minlength=len(periods))
    none = np.full(len(periods), NOBODY)
    count = len(own) + len(periods)
    return Targets(
        id=np.arange(count),
        metric=("booked_revenue",) * count,
        person=np.concatenate([some.person[own], none]).astype(np.int32),
        team=np.concatenate([some.team[own], none]).astype(np.int32),
        pipeline=np.full(count, NOBODY, np.int32),
        start=np.concatenate([some.start_on[own], periods[:, 0]]).astype(np.float64),
        end=np.concatenate([some.end_on[own], periods[:, 1]]).astype(np.float64),
        amount=np.concatenate([some.amount[own], whole]).astype(np.float64),
    )
