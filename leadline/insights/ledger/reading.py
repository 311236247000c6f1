"""The ledger out of the warehouse's relations, as things stand or as of the moment of the tables."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from leadline.insights.ledger.laying import began, laid_out
from leadline.insights.ledger.ledger import (
    NEVER,
    NOBODY,
    Activities,
    Deals,
    Facts,
    Floats,
    Leads,
    LeadStatus,
    Ledger,
    Names,
    Places,
    Staff,
    Stages,
    Status,
    Targets,
    Touches,
    Visits,
)
from leadline.insights.ledger.rows import places_of
from leadline.insights.ledger.selects import SELECTS, facts_sql, statuses_sql

if TYPE_CHECKING:
    from leadline.insights.metrics.selecting import Tables

KINDS = ("pipeline", "stage", "owner", "team", "source", "campaign", "lost_reason", "type")
EPOCH = dt.datetime(1970, 1, 1)  # noqa: DTZ001  naive UTC, as the warehouse has it


def days(moment: dt.datetime) -> float:
    """Days since 1970 of a moment (naive UTC)."""
    return (moment - EPOCH) / dt.timedelta(days=1)


def ledger(tables: Tables, as_of: dt.datetime, zone: str = "UTC", fiscal_start: int = 1) -> Ledger:
    """All that the tables tell; they are as of `as_of` (naive UTC). Deals and leads in the trash are not there."""
    read = _Reading(tables, as_of)
    statuses = read.statuses("deal")
    deals = read.deals(statuses)
    told = read.columns(facts_sql(as_of))
    return laid_out(
        Ledger(
            as_of=days(as_of),
            start=min(began(deals), days(as_of)),
            zone=zone,
            fiscal_start=fiscal_start,
            names=read.names,
            deals=deals,
            visits=read.visits(),
            values=Facts(told["deal"], told["since"], told["value"]),
            expectations=Facts(told["deal"], told["since"], told["expected"]),
            owners=Facts(told["deal"], told["since"], read.place("owner", told["owner"]).astype(np.float64)),
            statuses=statuses,
            touches=read.touches(),
            activities=read.activities(),
            leads=read.leads(),
            stages=read.stages(),
            staff=read.staff(),
            targets=read.targets(),
        )
    )


class _Reading:
    """The tables, read one by one; ids of what has names become places."""

    def __init__(self, tables: Tables, as_of: dt.datetime) -> None:
        self._tables, self._as_of = tables, as_of
        self._stages = self.columns(SELECTS["stages"])
        self.names = self._names()

    def columns(self, sql: str) -> dict[str, Any]:
        """The columns of a SELECT as arrays; floats are NaN where null."""
        found = self._tables.arrow(sql)
        return {name: found.column(name).to_numpy() for name in found.column_names}

    def place(self, kind: str, ids: NDArray[Any]) -> Places:
        """At which places of the names these records stand."""
        return places_of(self.names[kind].ids, ids)

    def statuses(self, entity: str) -> Facts:
        """Of deals, or of leads: then `deal` is the lead."""
        told = self.columns(statuses_sql(self._as_of, entity))
        return Facts(told[entity], told["since"], told["was"])

    def _names(self) -> dict[str, Names]:
        kinds = {"activity_type" if kind == "type" else kind: kind for kind in KINDS if kind != "stage"}
        told = self.columns(SELECTS["names"].format(kinds=", ".join(f"'{kind}'" for kind in kinds)))
        found = {}
        for named, kind in kinds.items():
            own = told["kind"] == named
            found[kind] = Names(told["id"][own].astype(np.int64), tuple(map(str, told["label"][own])))
        found["stage"] = Names(self._stages["id"].astype(np.int64), tuple(map(str, self._stages["label"])))
        return found

    def stages(self) -> Stages:
        told = self._stages
        return Stages(
            pipeline=self.place("pipeline", told["pipeline"]),
            rank=told["rank"].astype(np.int32),
            rot_days=_floats(told["rot_days"]),
            probability=_floats(told["probability"]),
            gone=told["gone"].astype(bool),
        )

    def staff(self) -> Staff:
        told = self.columns(SELECTS["staff"])
        at = self.place("owner", told["member"])
        order = np.argsort(at[at != NOBODY])
        told = {name: column[at != NOBODY][order] for name, column in told.items()}
        return Staff(
            team=self.place("team", told["team"]),
            role=tuple(map(str, told["role"])),
            hired=_floats(told["hired"]),
            left=_floats(told["leaving"]),
            quota=told["quota"].astype(bool),
            active=~(told["leaving"] <= days(self._as_of)),
        )

    def targets(self) -> Targets:
        told = self.columns(SELECTS["targets"])
        return Targets(
            id=told["target"],
            metric=tuple(map(str, told["metric"])),
            person=self.place("owner", told["member"]),
            team=self.place("team", told["team"]),
            pipeline=self.place("pipeline", told["pipeline"]),
            start=_floats(told["start_on"]),
            end=_floats(told["end_on"]),
            amount=_floats(told["amount"]),
        )

    def deals(self, statuses: Facts) -> Deals:
        told = self.columns(SELECTS["deals"])
        return Deals(
            id=told["deal"],
            created=_floats(told["created"]),
            closed=_closed(told["deal"], _floats(told["closed"]), told["status"], Status.NURTURE, statuses),
            status=told["status"],
            pipeline=self.place("pipeline", told["pipeline"]),
            stage=self.place("stage", told["stage"]),
            owner=self.place("owner", told["owner"]),
            originator=self.place("owner", told["originator"]),
            source=self.place("source", told["source"]),
            campaign=self.place("campaign", told["campaign"]),
            organization=told["organization"],
            person=told["person"].astype(bool),
            revenue=told["revenue"],
            value=_floats(told["value"]),
            expected=_floats(told["expected"]),
            lead=np.full(len(told["deal"]), NOBODY, np.int32),  # found when the ledger is laid out
            lost_reason=self.place("lost_reason", told["lost_reason"]),
            title_key=told["title_key"],
        )

    def visits(self) -> Visits:
        told = self.columns(SELECTS["visits"])
        return Visits(
            deal=told["deal"],
            stage=self.place("stage", told["stage"]),
            entered=_floats(told["entered"]),
            left=np.where(told["there"].astype(bool), NEVER, _floats(told["leaving"])),
            owner=self.place("owner", told["owner"]),
        )

    def touches(self) -> Touches:
        told = self.columns(SELECTS["touches"])
        actor = self.place("owner", told["actor"])
        return Touches(told["deal"], told["lead"], _floats(told["touched"]), told["kind"], actor)

    def activities(self) -> Activities:
        told = self.columns(SELECTS["activities"])
        return Activities(
            deal=told["deal"],
            lead=told["lead"],
            type=self.place("type", told["activity_type"]),
            owner=self.place("owner", told["owner"]),
            created=_floats(told["created"]),
            due=_come(told["due"]),
            done=_come(told["done"]),
        )

    def leads(self) -> Leads:
        told = self.columns(SELECTS["leads"])
        statuses = self.statuses("lead")
        return Leads(
            id=told["lead"],
            created=_floats(told["created"]),
            source=self.place("source", told["source"]),
            campaign=self.place("campaign", told["campaign"]),
            originator=self.place("owner", told["originator"]),
            owner=self.place("owner", told["owner"]),
            organization=told["organization"],
            responded=np.full(len(told["lead"]), NEVER),  # found when the ledger is laid out
            mql=_come(told["mql_at"]),
            sql=_come(told["sql_at"]),
            sal=_come(told["sal_at"]),
            handed=_come(told["handed_at"]),
            closed=_closed(told["lead"], told["closed"], told["status"], LeadStatus.NURTURE, statuses),
            status=told["status"],
            deal=told["deal"],
        )


def _floats(column: Any) -> Floats:
    return np.asarray(column, np.float64)


def _come(column: Any) -> Floats:
    """Moments that did not come are NEVER."""
    found = _floats(column)
    return np.where(np.isnan(found), NEVER, found)


def _closed(ids: Any, closed: Any, status: Any, parked: int, changes: Facts) -> Floats:
    """NEVER for what is open; for what is parked, which has no date of its own, when it came to be."""
    since = np.append(changes.since, np.nan)[_last(changes.deal, ids)]
    found = np.where((status == parked) & np.isnan(closed), since, _floats(closed))
    return np.where(status == Status.OPEN, NEVER, found)


def _last(sorted_ids: NDArray[Any], ids: NDArray[Any]) -> NDArray[np.int64]:
    """The last row of each id; -1 where it has none."""
    after = np.searchsorted(sorted_ids, ids, "right")
    there = after > np.searchsorted(sorted_ids, ids, "left")
    return np.where(there, after - 1, -1)
