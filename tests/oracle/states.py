"""States, slowly: one record at a time, one change after the other, as the contract words it."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

CLOSED = ("won", "lost", "nurture")


@dataclass
class State:
    """How a record stood from a moment on."""

    since: dt.datetime
    actor: int | None
    values: dict[str, Any]

    def __getattr__(self, name: str) -> Any:
        return self.values.get(name)

    @property
    def gone(self) -> bool:
        return self.deleted_at is not None or self.merged_into_id is not None


def history(rows: list[tuple[Any, ...]], entity: str, until: dt.datetime) -> dict[int, list[State]]:
    """Every record's states that count, in their order."""
    changes = defaultdict(list)
    for row in rows:
        at = dt.datetime.fromisoformat(row[2])
        if row[6] == entity and at <= until:
            changes[row[7]].append((at, row[0], row))
    folded = {record: _fold(sorted(own)) for record, own in changes.items()}
    return {record: _instants(states) for record, states in folded.items() if states}


def _fold(changes: list[Any]) -> list[State]:
    states, values = [], None
    for at, _number, row in changes:
        after = json.loads(row[10])
        if row[8] == "create":
            values = after
        elif values is not None:
            values = values | {key: after.get(key) for key in json.loads(row[9])}
        if values is not None:
            states.append(State(at, row[3], values))
    return states


def _instants(states: list[State]) -> list[State]:
    kept: list[State] = []
    for at in dict.fromkeys(state.since for state in states):
        same = [state for state in states if state.since == at]
        last = same[-1]
        opened = [state for state in same if state.status == "open"]
        if last.status in CLOSED and not last.gone and opened:
            kept.append(opened[-1])
        kept.append(last)
    return kept


def moment(text: str | None) -> dt.datetime | None:
    """A time of the log as naive UTC."""
    return dt.datetime.fromisoformat(text.rstrip("Z")) if text else None
