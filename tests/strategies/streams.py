"""Leads, the deals they became and what was done about them, straight as the relations that facts are made of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import duckdb
import ibis.expr.datatypes as dtypes
import pyarrow as pa
from hypothesis import strategies as st

from leadline.insights.facts import inputs
from tests.strategies.derived import TOLD, derive_here

START = dt.datetime(2024, 2, 20)  # before a leap day, and before summer time begins in New York
AS_OF = dt.datetime(2024, 4, 20)
SOURCES, PEOPLE, PARTIES = {1: "Inbound", 2: "Referral"}, {1: "Ann", 2: "Bob"}, (1, 2)
TYPES = {"int64": "BIGINT", "int32": "INTEGER", "string": "VARCHAR", "timestamp(6)": "TIMESTAMP", "float64": "DOUBLE"}
Record = dict[str, Any]


@dataclass
class Company:
    """Rows by relation."""

    leads: list[Record] = field(default_factory=list)
    lead_holds: list[Record] = field(default_factory=list)  # none: each lead has one, of its owner
    deals: list[Record] = field(default_factory=list)
    touches: list[Record] = field(default_factory=list)
    activities: list[Record] = field(default_factory=list)
    passages: list[Record] = field(default_factory=list)
    names: list[Record] = field(
        default_factory=lambda: [
            {"kind": kind, "id": number, "place": 0, "label": label}
            for kind, labels in (("source", SOURCES), ("owner", PEOPLE))
            for number, label in labels.items()
        ]
    )


class Bare:
    """The relations alone, in DuckDB, as `metrics.selecting.Tables`."""

    def __init__(self) -> None:
        self.db = duckdb.connect()
        for table in vars(inputs).values():
            if isinstance(table, inputs.ir.Table):
                columns = ", ".join(f'"{name}" {_type(kind)}' for name, kind in table.schema().items())
                self.db.execute(f"CREATE TABLE {table.get_name()} ({columns})")
        derive_here(self.db)

    def hold(self, company: Company) -> Bare:
        """Only this company's rows."""
        owned = [
            {"lead": one["lead"], "owner": one.get("owner"), "since": one.get("handed_at")} for one in company.leads
        ]
        for relation, rows in (vars(company) | {"lead_holds": company.lead_holds or owned}).items():
            name = TOLD if relation == "passages" else relation
            self.db.execute(f"DELETE FROM {name}")
            for row in rows:
                marks = ", ".join("?" * len(row))
                self.db.execute(f"INSERT INTO {name} ({', '.join(row)}) VALUES ({marks})", list(row.values()))
        return self

    def arrow(self, sql: str, values: Sequence[Any] = ()) -> pa.Table:
        return self.db.execute(sql, list(values)).to_arrow_table()


def _type(kind: dtypes.DataType) -> str:
    return TYPES.get(str(kind), "TIMESTAMP" if kind.is_timestamp() else str(kind).upper())


_moment = st.integers(0, 80_000).map(lambda minutes: START + dt.timedelta(minutes=minutes))
_maybe = st.none() | _moment
_money = st.none() | st.sampled_from((Decimal(0), Decimal("10.50"), Decimal(99), Decimal(12_345)))
_who = st.none() | st.sampled_from(tuple(PEOPLE))
_source = st.none() | st.sampled_from(tuple(SOURCES))
_party = st.none() | st.sampled_from(PARTIES)


@st.composite
def companies(draw: st.DrawFn, size: int = 7) -> Company:
    """A few leads, deals and touches in every combination, sensible or not."""
    company = Company()
    for number in range(1, draw(st.integers(0, size)) + 1):
        company.deals.append(
            {
                "deal": number,
                "status": draw(st.sampled_from(("won", "won", "lost", "open", "nurture"))),
                "revenue_type": draw(st.sampled_from(("new", "renewal"))),
                "created_at": draw(_maybe),
                "closed_at": draw(_maybe),
                "value_base": draw(_money),
                "pipeline": draw(st.sampled_from((1, 2))),
                "source": draw(_source),
                "owner": draw(_who),
                "organization": draw(_party),
                "person": draw(_party),
            }
        )
    for number in range(1, draw(st.integers(0, size)) + 1):
        company.leads.append(_lead(draw, number, len(company.deals)))
    for _ in range(draw(st.integers(0, 2 * size))):
        about = draw(st.sampled_from(("lead", "deal", "both")))
        record = draw(st.integers(1, size))
        company.touches.append(
            {
                "lead": record if about != "deal" else None,
                "deal": record if about != "lead" else None,
                "touched_at": draw(_moment),
                "kind": "activity",
                "actor": draw(_who),
            }
        )
    return company


def _lead(draw: st.DrawFn, number: int, deals: int) -> Record:
    converted = draw(st.booleans())
    return {
        "lead": number,
        "status": "converted" if converted else draw(st.sampled_from(("open", "discarded", "nurture"))),
        # The last but one there is: of a deal that is not there.
        "deal": draw(st.none() | st.integers(1, deals + 1)) if converted else None,
        "created_at": draw(_maybe),
        "closed_at": draw(_maybe),
        "mql_at": draw(_maybe),
        "sql_at": draw(_maybe),
        "sal_at": draw(_moment) if converted else draw(st.none() | _maybe),
        "handed_at": draw(_maybe),
        "value_base": draw(_money),
        "source": draw(_source),
        "owner": draw(_who),
    }


@st.composite
def audits(draw: st.DrawFn) -> Company:
    """The same with who is credited with each lead, some created on a day without a time, and who did what when."""
    company = draw(companies())
    for lead in company.leads:
        lead |= {"originator": draw(st.sampled_from((1, 1, 2, None))), "person": draw(_party)}
        lead["organization"] = draw(_party)
        lead["created_at"] = lead["created_at"] or draw(_maybe)
        if lead["created_at"] and draw(st.booleans()):
            lead["created_at"] = lead["created_at"].replace(hour=0, minute=0)
    for lead in company.leads:
        for _ in range(draw(st.sampled_from((0, 1, 1, 2)))):
            at = (lead["created_at"] or START) + draw(st.sampled_from((-5, 3, 3, 30))) * dt.timedelta(hours=1)
            about = draw(st.sampled_from((("lead",), ("deal",), ("person",), ("organization",), ("deal", "person"))))
            told = {key: lead[key] if key in about else None for key in ("lead", "deal", "person", "organization")}
            if about == ("deal", "person"):  # the same person, another deal
                told["deal"] = 99
            done = {"activity": len(company.activities) + 1, "done_at": draw(st.sampled_from((at, at, at, None)))}
            company.activities.append({**told, **done, "owner": draw(st.sampled_from((1, lead["originator"])))})
    return company
