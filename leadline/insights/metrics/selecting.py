"""The facts a question is about, as SQL, and its groups as Arrow."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol

import pyarrow as pa

from leadline.insights.facts.compiled import facts_sql
from leadline.insights.question import Question

Row = dict[str, Any]


class Tables(Protocol):
    """The relations as of the question's moment."""

    def arrow(self, sql: str, values: Sequence[Any] = ()) -> pa.Table:
        """The result of a SELECT over them."""


class Store(Protocol):
    """Where tables come from."""

    def as_of(self, moment: dt.datetime) -> AbstractContextManager[Tables]:
        """Inside, the relations are as of this moment (naive UTC)."""


@dataclass(frozen=True)
class Selection:
    """A SELECT of facts with its values."""

    sql: str
    values: tuple[Any, ...]


def selection(question: Question, *, dated: bool = True, extra: str = "") -> Selection:
    """The facts of the question. `dated=False` leaves out the period; `extra` is one more condition.

    `{as_of}` in it stands for the moment of the question: facts do not know it.
    """
    facts = facts_sql(question.metric.facts, question.dimensions, question.zone)
    conditions: list[str] = [extra.replace("{as_of}", moment(question)) if "{as_of}" in extra else extra] * bool(extra)
    values: list[Any] = []
    if dated and question.start:
        conditions.append("happened_on >= ?")
        values.append(question.start)
    if dated and question.end:
        conditions.append("happened_on <= ?")
        values.append(question.end)
    # Leads are of no pipeline before they are deals: what cannot be told apart by pipelines is not narrowed by one.
    of_leads = question.metric.rows == "lead" and "pipeline" not in question.metric.dimensions
    if question.pipeline is not None and not of_leads:
        conditions.append("pipeline = ?")
        values.append(question.pipeline)
    for n, (_dimension, label) in enumerate(question.where, len(question.by)):
        conditions.append(f"d{n} IS NOT DISTINCT FROM ?")
        values.append(label)
    for n, (_dimension, labels) in enumerate(question.among, len(question.by) + len(question.where)):
        conditions.append(f"d{n} IN ({', '.join('?' * len(labels))})")
        values.extend(labels)
    if question.seen is not None:
        conditions.append(f"{question.metric.rows} IN (SELECT unnest(?::BIGINT[]))")
        values.append(list(question.seen))
    return Selection(f"SELECT * FROM ({facts}) WHERE {' AND '.join(conditions) or 'true'}", tuple(values))


def moment(question: Question) -> str:
    """The moment of the question in SQL."""
    return f"TIMESTAMP '{question.as_of.isoformat(' ')}'"


def grouped(tables: Tables, question: Question, chosen: Selection, columns: str) -> pa.Table:
    """One row per group in the order in which groups are shown, with its labels d0, d1 … and these aggregates.

    Without dimensions there is one group, also of nothing. Stages come in their order, dates in theirs, names A to Z,
    what is not recorded last.
    """
    width = range(len(question.by))
    labels = "".join(f"d{n}, " for n in width)
    order = ", ".join(f"min(p{n}) NULLS LAST, d{n} IS NULL, lower(d{n}), d{n}" for n in width)
    tail = f"GROUP BY {labels.rstrip(', ')} ORDER BY {order}" if question.by else ""
    return tables.arrow(f"SELECT {labels}{columns} FROM ({chosen.sql}) {tail}", chosen.values)


def labelled(question: Question, groups: pa.Table) -> list[Row]:
    """The rows to be filled: the labels under their dimensions' names."""
    columns = [groups.column(f"d{n}").to_pylist() for n in range(len(question.by))]
    names = [dimension.name for dimension in question.by]
    return [dict(zip(names, labels, strict=True)) for labels in zip(*columns, strict=True)] if names else [{}]
