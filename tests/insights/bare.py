"""Asking the bare relations of a company in tests, without a log."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from leadline.insights import catalogue
from leadline.insights.dimensions import find
from leadline.insights.metrics import answering
from leadline.insights.question import Question
from tests.strategies.streams import AS_OF, Bare

BARE = Bare()
Rows = list[dict[str, Any]]


def question(metric: str, *by: str, where: dict[str, Any] | None = None, **more: Any) -> Question:
    labels = tuple((find(name, ()), label) for name, label in (where or {}).items())
    dimensions = tuple(find(name, ()) for name in by)
    return Question(catalogue.find(metric), more.pop("as_of", AS_OF), dimensions, labels, **more)


def rows(metric: str, *by: str, **more: Any) -> Rows:
    return answering.answer(BARE, question(metric, *by, **more))


def behind(metric: str, part: str = "", **more: Any) -> list[int]:
    return answering.records_behind(BARE, question(metric, **more), part)


def same(found: Rows, expected: dict[Any, Any], by: str | None, metric: str) -> None:
    told = {row[by] if by else None: row for row in found}
    assert told.keys() == expected.keys(), metric
    for label, row in expected.items():
        for name, value in row.items():
            if isinstance(value, float | Decimal):
                assert float(told[label][name]) == pytest.approx(float(value)), (metric, label, name)
            else:
                assert told[label][name] == value, (metric, label, name)
