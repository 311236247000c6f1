"""Asking a warehouse in tests, without Django."""

from __future__ import annotations

import datetime as dt
from typing import Any

from leadline.insights import catalogue
from leadline.insights.dimensions import Dimension, find
from leadline.insights.metrics import answering
from leadline.insights.question import Question
from leadline.insights.store.warehouse import Warehouse
from tests.strategies.ledger import Ledger

LATER = dt.datetime(2099, 1, 1)
SIZE = Dimension("Size", "a" * 40)
Rows = list[dict[str, Any]]


def question(
    metric: str, *by: str, as_of: dt.datetime = LATER, where: dict[str, Any] | None = None, **more: Any
) -> Question:
    labels = tuple((find(name, [SIZE]), label) for name, label in (where or {}).items())
    dimensions = tuple(find(name, [SIZE]) for name in by)
    return Question(metric=catalogue.find(metric), by=dimensions, as_of=as_of, where=labels, **more)


def rows(warehouse: Warehouse, metric: str, *by: str, **more: Any) -> Rows:
    asked = question(metric, *by, **more)
    with warehouse.as_of(asked.as_of) as tables:
        return answering.answer(tables, asked)


def behind(warehouse: Warehouse, metric: str, part: str = "", **more: Any) -> list[int]:
    asked = question(metric, **more)
    with warehouse.as_of(asked.as_of) as tables:
        return answering.records_behind(tables, asked, part)


def followed(ledger: Ledger) -> Warehouse:
    warehouse = Warehouse()
    warehouse.follow(ledger)
    return warehouse
