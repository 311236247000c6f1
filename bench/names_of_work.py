"""The log of what deals stand in and are broken down by: pipeline, stages, people, sources, organizations."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from bench.histories import SELLERS

BEGINNING = "2020-01-01 00:00:00"
FIRST = 1001  # numbers that no company begins with


def rows(organizations: int) -> Iterator[tuple[Any, ...]]:
    """Rows as `filling.COLUMNS` has them."""
    yield _made("pipeline", FIRST, name="Sales of the benchmark", position=9)
    for n in range(5):
        yield _made("stage", FIRST + n, name=f"Stage {n + 1}", pipeline_id=FIRST, position=n, rot_days=14)
    for n in range(4):
        yield _made("team", FIRST + n, name=f"Team {n + 1}")
    for n in range(-1, SELLERS):
        yield _made("user", FIRST + n, name=f"Seller {n + 1}", email=f"seller-{n}@sellers.example", role="seller",
                    team_id=FIRST + n % 4, is_active=True, hired_on="2020-01-01", carries_quota=True)  # fmt: skip
    for n in range(6):
        yield _made("source", FIRST + n, name=f"Source {n + 1}")
        yield _made("activity_type", FIRST + n, name=f"Type {n + 1}")
    for n in range(1, organizations + 1):
        yield _made("organization", n, name=f"Company {n}", industry=f"Industry {n % 12}")


def _made(entity: str, record: int, **values: Any) -> tuple[Any, ...]:
    return (BEGINNING, BEGINNING, None, "web", entity, record, "create", "{}", json.dumps(values), None)
