"""Rows and log entries of one transaction, collected and written together."""

from collections import defaultdict
from datetime import datetime
from functools import cache
from typing import Any

from leadline.accounts.actors import Actor
from leadline.crm.models import Deal, Lead, Status
from leadline.crm.models.qualifying import requalify
from leadline.history.models import Change
from leadline.history.values import plain
from leadline.history.writing import Entry, append
from leadline.imports.writing import bulk
from leadline.imports.writing.ids import Ids

State = dict[str, Any]
EMPTY: tuple[Any, ...] = (None, "", [], {})


class Batch:
    """What the transaction under way will write. `state` is always a record's tracked fields as plain values."""

    def __init__(self, ids: Ids) -> None:
        self.ids = ids
        self.inserts: dict[Any, dict[int, State]] = defaultdict(dict)
        self.updates: dict[Any, dict[int, State]] = defaultdict(dict)
        self.entries: list[Entry] = []

    def create(
        self, model: Any, state: State, at: str, untracked: State | None = None, by_id: int | None = None
    ) -> int:
        """A new row that came to be at `at` (plain UTC text); returns its id."""
        for name, value in defaults(model):
            state.setdefault(name, value)
        pk = self.ids.take(model)
        self.inserts[model][pk] = {**state, **(untracked or {}), "id": pk}
        self.entries.append(Entry(model.ENTITY, pk, Change.CREATE, moment(at), dict(state), by_id=by_id))
        return pk

    def change(
        self,
        model: Any,
        pk: int,
        before: State,
        state: State,
        at: str,
        verb: str = Change.CHANGE,
        by_id: int | None = None,
    ) -> None:
        """A change at `at`: `before` holds the old values of what changed, `state` the record after it."""
        self.entries.append(Entry(model.ENTITY, pk, verb, moment(at), dict(state), before, by_id=by_id))

    def set(self, model: Any, pk: int, values: State) -> None:
        """Columns of a row, logged or not, as they shall stand in the end."""
        if pk in self.inserts[model]:
            self.inserts[model][pk].update(values)
        else:
            self.updates[model].setdefault(pk, {}).update(values)

    def flush(self, by: Actor) -> None:
        """Write it all: rows, then the log, then what follows from it. Must stand in the transaction."""
        leads = [e.record_id for e in self.entries if e.entity == Lead.ENTITY and e.record_id not in self.inserts[Lead]]
        for model, rows in self.inserts.items():
            if rows:
                bulk.insert(model, list(rows.values()))
        for model, changed in self.updates.items():
            if changed:
                bulk.update(model, changed.items())
        append(self.entries, by)
        Lead.wind_clocks(leads)
        deals = {entry.record_id: entry.after.get("status") for entry in self.entries if entry.entity == Deal.ENTITY}
        requalify(pk for pk, status in deals.items() if status == Status.OPEN)
        self.clear()

    def clear(self) -> None:
        """Forget it all (a dry run)."""
        self.inserts.clear()
        self.updates.clear()
        self.entries.clear()


@cache
def defaults(model: Any) -> list[tuple[str, Any]]:
    """What a row says that nobody has said: tracked fields whose default is not empty, as plain values."""
    fields = [field for field in model._meta.concrete_fields if field.attname in model.TRACKED and field.has_default()]
    known = {field.attname: plain(field.get_default()) for field in fields}
    return [(name, value) for name, value in known.items() if value not in EMPTY]


def moment(text: str) -> datetime:
    """A time from plain UTC text."""
    return datetime.fromisoformat(text)


def difference(old: State, wanted: State) -> State:
    """What `wanted` would change: name -> new value. Null, "", [] and {} are one and the same emptiness."""
    changed = {}
    for name, value in wanted.items():
        now = old.get(name)
        if now != value and not (now in EMPTY and value in EMPTY):
            changed[name] = value
    return changed
