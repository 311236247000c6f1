"""A company as the relations of `facts.inputs`, written straight into DuckDB."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import duckdb
import pyarrow as pa

from leadline.insights import catalogue
from leadline.insights.dimensions import find
from leadline.insights.facts import inputs
from leadline.insights.metrics import answering
from leadline.insights.question import Question
from tests.strategies.derived import derive_here

DAY = dt.timedelta(days=1)
START = dt.datetime(2024, 1, 1, 9)  # a Monday
LATER = dt.datetime(2025, 7, 1)
RELATIONS = (
    inputs.DEALS, inputs.PASSAGES, inputs.VISITS, inputs.NAMES, inputs.MEMBERS, inputs.LABELS, inputs.SHARES,
    inputs.ACTIVITIES, inputs.TOUCHES, inputs.PUSHES, inputs.PEOPLE, inputs.TARGETS, inputs.STAGES,
)  # fmt: skip


class Company:
    """Rows by relation; what is not said is null. As `Tables` it answers SELECTs."""

    def __init__(self) -> None:
        self.rows: dict[str, list[dict[str, Any]]] = {table.get_name(): [] for table in RELATIONS}
        self._db: duckdb.DuckDBPyConnection | None = None

    def add(self, relation: str, **values: Any) -> None:
        self.rows[relation].append(values)
        self._db = None

    def arrow(self, sql: str, values: Sequence[Any] = ()) -> pa.Table:
        if self._db is None:
            self._db = _filled(self.rows)
        return self._db.execute(sql, list(values)).to_arrow_table()

    # What selling is made of, in one line each.

    def name(self, kind: str, number: int, label: str) -> int:
        self.add("names", kind=kind, id=number, place=number, label=label)
        return number

    def person(self, number: int, label: str, team: int | None = None, **values: Any) -> int:
        self.add("staff", member=number, team=team, **{"active": True, **values})
        self.add("members", member=number, team=team)
        return self.name("owner", number, label)

    def deal(self, status: str = "open", created: dt.datetime = START, closed: dt.datetime | None = None,
             **values: Any) -> int:  # fmt: skip
        deal = len(self.rows["deals"]) + 1
        if status in ("won", "lost") and closed is None:
            closed = created + 10 * DAY
        first = {"deal": deal, "status": status, "pipeline": 1, "custom": "{}", "created_at": created}
        self.add("deals", **{**first, "closed_at": closed, **values})
        return deal

    def passage(self, deal: int, stage: int, outcome: str, entered: dt.datetime | None = None, **values: Any) -> None:
        of = self.rows["deals"][deal - 1]
        entered = entered or of["created_at"]
        self.add("passages", **{
            "deal": deal, "pipeline": 1, "stage": stage, "entered_at": entered, "skipped": False, "outcome": outcome,
            "owner": of.get("owner"), "source": of.get("source"), **values,
        })  # fmt: skip

    def done(self, kind: int, at: dt.datetime, deal: int | None = None, **values: Any) -> int:
        activity = len(self.rows["activities"]) + 1
        self.add("activities", activity=activity, activity_type=kind, deal=deal, done_at=at, created_at=at, **values)
        return activity


def _filled(rows: dict[str, list[dict[str, Any]]]) -> duckdb.DuckDBPyConnection:
    db = duckdb.connect()
    for table in RELATIONS:
        name, schema = table.get_name(), table.schema().to_pyarrow()
        columns = {field.name: [row.get(field.name) for row in rows[name]] for field in schema}
        for field in schema:
            if pa.types.is_decimal(field.type):
                columns[field.name] = [None if v is None else Decimal(v) for v in columns[field.name]]
        plain = pa.schema([pa.field(f.name, pa.string() if f.name == "custom" else f.type) for f in schema])
        db.register("filled", pa.table(columns, plain))
        custom = " REPLACE (custom::JSON AS custom)" if "custom" in columns else ""
        db.execute(f"CREATE TABLE {name} AS SELECT *{custom} FROM filled")
        db.unregister("filled")
    derive_here(db)
    return db


def question(metric: str, *by: str, where: dict[str, Any] | None = None, **more: Any) -> Question:
    labels = tuple((find(name, []), label) for name, label in (where or {}).items())
    return Question(
        metric=catalogue.find(metric), by=tuple(find(name, []) for name in by), where=labels,
        **{"as_of": LATER, **more},
    )  # fmt: skip


def rows(company: Company, metric: str, *by: str, **more: Any) -> list[dict[str, Any]]:
    return answering.answer(company, question(metric, *by, **more))


def behind(company: Company, metric: str, part: str = "", **more: Any) -> list[int]:
    return answering.records_behind(company, question(metric, **more), part)
